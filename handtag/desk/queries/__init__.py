"""Reading for the contact centre: callers, whom to ring, calls there were, and answers to read aloud."""
