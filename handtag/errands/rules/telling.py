"""Whom to tell and when: ten at a time, two hours apart, never at night, never twice."""

from datetime import datetime, timedelta
from typing import Final

from handtag.kernel import clock

AT_ONCE: Final = 10
NEXT_AFTER: Final = timedelta(hours=2)


def next_wave(told_at: datetime) -> datetime:
    """When the next ten may be told."""
    return clock.not_at_night(told_at + NEXT_AFTER)
