"""The floor all rooms stand on: actor, rights, clock, ids, errors, small numbers."""
