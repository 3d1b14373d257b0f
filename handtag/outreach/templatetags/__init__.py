"""What templates of the room outreach say."""
