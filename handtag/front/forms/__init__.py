"""Forms of the room front."""
