"""Small numbers: a figure under five is not shown where a reader could work out who."""

LEAST = 5
HIDDEN = "<5"


def shown(count: int) -> str:
    """A count as a reader may see it; none at all is no secret."""
    return HIDDEN if 0 < count < LEAST else str(count)


def is_small(count: int) -> bool:
    """Whether a count must be hidden."""
    return 0 < count < LEAST
