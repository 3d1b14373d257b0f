"""What the coordinator's pages say in words of their own."""
