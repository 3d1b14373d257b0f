"""Pages made of several rooms, the sample town, and adding a municipality."""
