"""What time it is: one place to ask, so that a sample town can live through 60 days in a minute."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/Stockholm")
NIGHT_FROM, NIGHT_TO = time(21), time(8)

_elsewhen: ContextVar[datetime | None] = ContextVar("elsewhen", default=None)


def now() -> datetime:
    """The present moment, in UTC."""
    return _elsewhen.get() or datetime.now(UTC)


def today() -> date:
    """Today's date in Sweden."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """The same moment on a Swedish wall clock."""
    return moment.astimezone(LOCAL)


def at(day: date, hour: time) -> datetime:
    """A Swedish wall-clock time as a moment in UTC.

    An hour that the clock skips in spring is read as the hour after the leap; one that comes twice in
    autumn is the first of the two (PEP 495).
    """
    wall = datetime.combine(day, hour, tzinfo=LOCAL).replace(fold=0)
    return wall.astimezone(UTC)


def not_at_night(moment: datetime) -> datetime:
    """The moment itself, or eight in the morning where it falls between 21 and 08 on a Swedish clock."""
    wall = local(moment)
    if NIGHT_TO <= wall.time() < NIGHT_FROM:
        return moment
    day = wall.date() if wall.time() < NIGHT_TO else wall.date() + timedelta(days=1)
    return at(day, NIGHT_TO)


@contextmanager
def travelling(moment: datetime) -> Iterator[None]:
    """Let it be `moment` within the block. For building the sample; requests never travel."""
    token = _elsewhen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _elsewhen.reset(token)
