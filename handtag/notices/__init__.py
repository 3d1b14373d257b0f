"""The outbox: one message to one person on one channel, written with the deed and sent afterwards."""
