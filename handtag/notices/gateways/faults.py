"""The three ways in which an outside system does not carry a notice."""


class NotSent(Exception):
    """It was not taken; to be tried again."""


class ServerAway(NotSent):
    """The server did not answer, or takes nothing from us: the next notice would fare no better."""


class NeverSendable(Exception):
    """The address itself is refused, or nothing can be made of the words; trying again will not help."""
