"""Windows of time against somebody's weekly hours, on a Swedish wall clock."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from handtag.errands.rules.times import Window
from handtag.kernel import clock


class Weekly(NamedTuple):
    """A weekly window: weekday 0 is Monday, minutes count from midnight."""

    weekday: int
    from_minute: int
    to_minute: int


def weekly_of(window: Window) -> Weekly | None:
    """Where a window lies in the week; None where it runs over midnight: that suits who can always come."""
    start, end = clock.local(window.start), clock.local(window.end)
    first, last = start.hour * 60 + start.minute, end.hour * 60 + end.minute
    if end.date() == start.date() and first < last:
        return Weekly(start.weekday(), first, last)
    if end.date() == start.date() + timedelta(days=1) and last == 0:
        return Weekly(start.weekday(), first, 1440)
    return None


def covers(hours: Iterable[Weekly], window: Window) -> bool:
    """Whether one of the weekly hours holds the whole window."""
    wanted = weekly_of(window)
    return wanted is not None and any(
        each.weekday == wanted.weekday
        and each.from_minute <= wanted.from_minute
        and each.to_minute >= wanted.to_minute
        for each in hours
    )


def overlap(one: Window, other: Window) -> bool:
    """Whether two windows share a moment; one that begins as the other ends does not."""
    return one.start < other.end and other.start < one.end
