"""Small numbers: a figure under five is not shown where a reader could work out who."""

from collections.abc import Sequence

LEAST = 5
HIDDEN = "<5"


def shown(count: int) -> str:
    """A count as a reader may see it; none at all is no secret."""
    return HIDDEN if 0 < count < LEAST else str(count)


def is_small(count: int) -> bool:
    """Whether a count must be hidden."""
    return 0 < count < LEAST


def guarded(counts: Sequence[int]) -> list[int | None]:
    """Counts beside their known total: None where hidden.

    When exactly one is hidden, the total would give it away, so the smallest of the others goes too
    (secondary suppression).
    """
    hidden = {index for index, count in enumerate(counts) if is_small(count)}
    if len(hidden) == 1:
        others = [index for index, count in enumerate(counts) if index not in hidden and count > 0]
        if others:
            hidden.add(min(others, key=lambda index: (counts[index], index)))
    return [None if index in hidden else count for index, count in enumerate(counts)]
