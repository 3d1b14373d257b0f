"""Whom to tell and when: ten at a time, two hours apart, never at night, never twice."""

from datetime import datetime, time, timedelta
from typing import Final

from handtag.kernel import clock

AT_ONCE: Final = 10
NEXT_AFTER: Final = timedelta(hours=2)
NIGHT_FROM: Final = time(21)
NIGHT_TO: Final = time(8)


def not_at_night(moment: datetime) -> datetime:
    """The moment itself, or eight in the morning where it falls between 21 and 08 on a Swedish clock."""
    wall = clock.local(moment)
    if NIGHT_TO <= wall.time() < NIGHT_FROM:
        return moment
    day = wall.date() if wall.time() < NIGHT_TO else wall.date() + timedelta(days=1)
    return clock.at(day, NIGHT_TO)


def next_wave(told_at: datetime) -> datetime:
    """When the next ten may be told."""
    return not_at_night(told_at + NEXT_AFTER)
