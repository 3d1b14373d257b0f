"""Moments as minutes on the wall clock, and back: what `handtag.matching.outreach` counts in."""

from datetime import datetime, time, timedelta
from typing import Final

from handtag.kernel import clock

MINUTE: Final = timedelta(minutes=1)


def monday(moment: datetime) -> datetime:
    """The Monday 00:00 of its week, as the wall shows it."""
    wall = clock.local(moment).replace(tzinfo=None)
    return datetime.combine(wall.date() - timedelta(days=wall.weekday()), time())


def minutes(moment: datetime, since: datetime) -> float:
    """Wall minutes since that Monday."""
    return (clock.local(moment).replace(tzinfo=None) - since) / MINUTE


def moment(minute: float, since: datetime) -> datetime:
    """The moment at which the wall shows that minute, to the second and not before it."""
    wall = since + timedelta(seconds=-int(-minute * 60 // 1))
    return clock.at(wall.date(), wall.time())
