"""Reading what is held on a person, and what retention says of it."""
