"""Pure rules of people: how somebody is sought, and who may give which role."""
