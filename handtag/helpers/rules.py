"""How far, how often and when somebody helps: limits and arithmetic."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final, NamedTuple
from uuid import UUID

REACHES: Final = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
# In which squares the postings of each class of reach are kept, in metres a side (docs/adr/0035).
SIDES: Final = (500, 500, 500, 1_000, 2_000, 5_000)
AMOUNTS: Final = (1, 2, 3, 5)
MOST_MOVES: Final = 2
MONTH: Final = timedelta(days=30)
UNTIL_I_SAY: Final = datetime(9999, 1, 1, tzinfo=UTC)

PARTS: Final[dict[str, tuple[int, int]]] = {
    "morning": (8 * 60, 12 * 60),
    "afternoon": (12 * 60, 17 * 60),
    "evening": (17 * 60, 21 * 60),
}
WEEKDAYS: Final = range(7)
# The stretches of a day that postings tell apart: between them nothing begins or ends on the page of hours.
CUTS: Final = tuple(sorted({0, 1440, *(minute for part in PARTS.values() for minute in part)}))
ANY_TIME: Final = 1 << (7 * (len(CUTS) - 1))
TONGUE_BITS: Final = 62


class Tick(NamedTuple):
    """A part of a weekday; Monday is 0."""

    weekday: int
    part: str


def read_tick(value: str) -> Tick:
    """`0-morning`, as forms have it, as a tick."""
    day, part = value.split("-")
    return Tick(int(day), part)


def write_ticks(ticks: Iterable[Tick]) -> list[str]:
    """Ticks as forms have them."""
    return [f"{tick.weekday}-{tick.part}" for tick in ticks]


class Weekly(NamedTuple):
    """A weekly window on a wall clock, in minutes from midnight."""

    weekday: int
    from_minute: int
    to_minute: int


@dataclass(frozen=True, slots=True)
class Wish:
    """All of how somebody wants to help."""

    service_ids: tuple[UUID, ...]
    place_id: UUID
    reach: int = 2_000
    group_ids: tuple[UUID, ...] = ()
    any_time: bool = True
    ticks: frozenset[Tick] = frozenset()
    languages: tuple[str, ...] = field(default=("sv",))
    most_in_week: int | None = None


def reach_class(reach: int) -> int:
    """The class of a reach: the place in REACHES of the first that is no shorter; the last holds the rest."""
    return min(bisect_left(REACHES, reach), len(REACHES) - 1)


def hour_bits(windows: Iterable[tuple[int, int, int]]) -> int:
    """The stretches of the week that windows touch, as bits; hours that hold a window have its bits."""
    bits = 0
    for weekday, start, end in windows:
        for place, (begins, ends) in enumerate(pairwise(CUTS)):
            if start < ends and begins < end:
                bits |= 1 << (weekday * (len(CUTS) - 1) + place)
    return bits


def tongue_bits(codes: Iterable[str]) -> int:
    """Languages as bits. Two may share one: whoever has none of the bits speaks none of the languages."""
    bits = 0
    for code in codes:
        bits |= 1 << (int(code, 36) % TONGUE_BITS)
    return bits


def windows(ticks: Iterable[Tick]) -> list[Weekly]:
    """Ticks as windows; parts that follow on each other become one, so that an hour over the seam fits."""
    found: list[Weekly] = []
    for weekday, part in sorted(set(ticks), key=lambda tick: (tick.weekday, PARTS[tick.part])):
        start, end = PARTS[part]
        if found and found[-1].weekday == weekday and found[-1].to_minute == start:
            found[-1] = found[-1]._replace(to_minute=end)
        else:
            found.append(Weekly(weekday, start, end))
    return found


def ticks(rows: Iterable[Weekly]) -> frozenset[Tick]:
    """Windows as ticks: each part that lies wholly inside one of them."""
    held = list(rows)
    return frozenset(
        Tick(weekday, part)
        for weekday in WEEKDAYS
        for part, (start, end) in PARTS.items()
        if any(row.weekday == weekday and row.from_minute <= start and end <= row.to_minute for row in held)
    )


def next_move(moves: Sequence[datetime], now: datetime) -> datetime | None:
    """When the point may move again; None where it may move now.

    Twice in a month: whoever could move about freely could find out where an asker lives.
    """
    recent = sorted(move for move in moves if move > now - MONTH)
    return None if len(recent) < MOST_MOVES else recent[-MOST_MOVES] + MONTH
