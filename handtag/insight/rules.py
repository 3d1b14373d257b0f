"""What of a table of counts may be shown so that no small number can be worked out, by sums or by shares."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Final

from handtag.kernel.small import LEAST, is_small

MOST_SMALL: Final = LEAST - 1


@dataclass(frozen=True, slots=True)
class Hidden:
    """A number that is not shown, and all that the reader knows of it: it lies between these two."""

    value: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Sum:
    """A total as it may be shown: exact, or as much as the shown numbers add up to (at least)."""

    value: int
    is_exact: bool


def stays_hidden(parts: Collection[Hidden]) -> bool:
    """Whether each of these still could be one of two numbers at least, for who knows their exact sum."""
    total = sum(part.value for part in parts)
    least, most = sum(part.least for part in parts), sum(part.most for part in parts)
    return all(
        max(part.least, total - (most - part.most)) < min(part.most, total - (least - part.least))
        for part in parts
    )


def small(value: int) -> Hidden:
    """A number shown as fewer than five."""
    return Hidden(value, 1, MOST_SMALL)


@dataclass(frozen=True, slots=True)
class Pair:
    """Asked, and how many of those were filled; None where the number is not shown."""

    asked: int | None
    filled: int | None


def cell(asked: int, filled: int) -> Pair:
    """One cell of the table: few asks hide both numbers, few filled among many asks hide that one."""
    if is_small(asked):
        return Pair(None, None)
    return Pair(asked, None if is_small(filled) else filled)


def tells_nothing(part: int, of: int) -> bool:
    """Whether what is left beside a part is not small: the whole is shown elsewhere on the page."""
    return not is_small(of - part)


def at_least(values: Sequence[int | None]) -> Sum:
    """A total that says nothing of what is hidden: the shown numbers alone, and that there are more."""
    return Sum(sum(value or 0 for value in values), all(value is not None for value in values))


def whole(values: Sequence[int]) -> Sum:
    """The total of a table in which small numbers are hidden and no other total is exact.

    It is given exactly where each hidden number still stays hidden, else as that of the shown ones.
    """
    total = sum(values)
    hidden = [small(value) for value in values if is_small(value)]
    if stays_hidden(hidden) and not is_small(total):
        return Sum(total, is_exact=True)
    return Sum(sum(value for value in values if not is_small(value)), is_exact=False)


def beside(total: Sum, values: Sequence[int]) -> list[int | None] | None:
    """The same total divided in another way; None, nothing at all, where that would tell a hidden number."""
    hidden = [small(value) for value in values if is_small(value)]
    if not total.is_exact or not stays_hidden(hidden):
        return None
    return [None if is_small(value) else value for value in values]


def share(pairs: Collection[Pair]) -> int | None:
    """Per cent filled of those asked, over the cells where both are shown; None where that is nothing."""
    shown = [(pair.asked, pair.filled) for pair in pairs if pair.asked and pair.filled is not None]
    asked = sum(each for each, _ in shown)
    return round(100 * sum(filled for _, filled in shown) / asked) if asked else None


def median_wait(waits: Collection[timedelta], least: int = LEAST) -> timedelta | None:
    """The time that half of them waited at most; None where there are too few to say."""
    if len(waits) < least:
        return None
    return timedelta(seconds=median(wait.total_seconds() for wait in waits))
