"""What we hold on a person, why, how long, and who has looked."""
