"""The pages of asking, of meeting and of the errand."""
