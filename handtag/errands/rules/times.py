"""When help is wanted, on a Swedish wall clock: windows, weekly dates, and how far ahead one may ask."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from handtag.kernel import clock

LEAST_MINUTES: Final = 15
MOST_MINUTES: Final = 12 * 60
MONTHS_AHEAD: Final = 6
MOST_WEEKS: Final = 26
UNDO: Final = timedelta(minutes=30)
LAST_CALL: Final = timedelta(minutes=30)

# What a day is called in parts; the hours are shown beside the words.
PARTS: Final = {
    "morning": (time(8), time(12)),
    "midday": (time(11), time(14)),
    "afternoon": (time(13), time(17)),
    "evening": (time(17), time(20)),
}
_EARLIEST, _LATEST = time(8), time(18)
_SOON = timedelta(hours=4)
_NOTICE = timedelta(minutes=30)  # nobody can come at once: they must read, answer and walk


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """From one moment to another, in UTC."""

    start: datetime
    end: datetime


def window(day: date, from_time: time, to_time: time) -> Window:
    """A window on the wall clock as moments.

    In the hour that spring skips, an end could come before its start: then the window keeps its length.
    """
    start, end = clock.at(day, from_time), clock.at(day, to_time)
    if end <= start and to_time > from_time:
        end = start + timedelta(minutes=minutes(from_time, to_time))
    return Window(start, end)


def minutes(from_time: time, to_time: time) -> int:
    """How long a window is on the face of the clock."""
    return (to_time.hour - from_time.hour) * 60 + to_time.minute - from_time.minute


def weekly(first_on: date, last_on: date, excepted: Collection[date] = ()) -> list[date]:
    """The dates of a series: every seventh day from the first to the last, both included."""
    weeks = (last_on - first_on).days // 7
    days = (first_on + timedelta(weeks=week) for week in range(weeks + 1))
    return [day for day in days if day not in excepted]


def weeks_after(first_on: date, weeks: int) -> date:
    """The last date on which a series of so many weeks may end."""
    return first_on + timedelta(weeks=weeks, days=-1)


def months_after(day: date, months: int) -> date:
    """The same date some months on; a date that month lacks becomes its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_full(now: datetime) -> datetime:
    """The next full hour."""
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def soon(now: datetime) -> tuple[date, time, time]:
    """The window meant by as soon as possible: the next four hours of this day, else tomorrow morning."""
    start = clock.local(next_full(now + _NOTICE))
    if start.date() > clock.local(now).date() or start.time() > _LATEST:
        return clock.local(now).date() + timedelta(days=1), *PARTS["morning"]
    if start.time() < _EARLIEST:
        return start.date(), *PARTS["morning"]
    return start.date(), start.time(), (start.replace(tzinfo=None) + _SOON).time()


def undo_until(ended_at: datetime, starts_at: datetime) -> datetime:
    """Until when a withdrawal can be taken back: half an hour, or until the window begins."""
    return min(ended_at + UNDO, starts_at)


def may_undo(ended_at: datetime, starts_at: datetime, now: datetime) -> bool:
    """Whether a withdrawal can be taken back: within half an hour, while the window has not begun."""
    return now <= ended_at + UNDO and now < starts_at


def at_most(wait: timedelta) -> timedelta:
    """A usual wait as it may be told: rounded up, so that what is promised is never shorter than it was."""
    hour, day = timedelta(hours=1), timedelta(days=1)
    if wait <= hour:
        return max(timedelta(minutes=10), -(-wait // timedelta(minutes=10)) * timedelta(minutes=10))
    return -(-wait // hour) * hour if wait <= 12 * hour else -(-wait // day) * day
