"""The first pages, the coordinator's overview, and the sample's door."""
