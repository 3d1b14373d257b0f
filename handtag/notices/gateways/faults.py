"""The three ways in which an outside system does not carry a notice."""

from datetime import timedelta


class NotSent(Exception):
    """It was not taken; to be tried again, after `wait` where the system has said how long."""

    def __init__(self, problem: str, *, wait: timedelta | None = None) -> None:
        super().__init__(problem)
        self.wait = wait


class ServerAway(NotSent):
    """The server did not answer, or takes nothing from us: the next notice would fare no better."""


class NeverSendable(Exception):
    """The address itself is refused, or nothing can be made of the words; trying again will not help."""
