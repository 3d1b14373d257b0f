"""Reading what the pages of several rooms show together."""
