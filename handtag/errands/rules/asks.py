"""What somebody may ask for: the wish, and everything that can be wrong with it, found at once."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain
from typing import Final
from uuid import UUID

from handtag.errands.rules import times
from handtag.kernel import clock

MOST_HELPERS: Final = 6
MOST_OUTLAY: Final = 2000  # kronor
MOST_LANGUAGES: Final = 6
LENGTHS: Final = {"for_name": 60, "need": 300, "know": 500, "address": 200, "door": 100}
FOR_WHOM: Final = ("self", "household")
REPAID: Final = ("swish", "cash", "ahead")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants help with. With `last_on` it is wanted weekly, from `day` on."""

    service_id: UUID
    day: date
    from_time: time
    to_time: time
    last_on: date | None = None
    excepted: tuple[date, ...] = ()
    wanted: int = 1
    for_whom: str = "self"
    for_name: str = ""
    need: str = ""
    know: str = ""
    languages: tuple[str, ...] = ()
    place_id: UUID | None = None
    address: str = ""
    longitude: float | None = None
    latitude: float | None = None
    door: str = ""
    outlay_ceiling: int | None = None
    outlay_how: str = ""
    group_ids: tuple[UUID, ...] = ()
    accepted: bool = False

    @property
    def is_weekly(self) -> bool:
        """Whether it is a series."""
        return self.last_on is not None

    @property
    def days(self) -> list[date]:
        """The dates it is wanted on."""
        if self.last_on is None:
            return [self.day]
        return times.weekly(self.day, self.last_on, self.excepted)

    @property
    def windows(self) -> list[times.Window]:
        """When it is wanted, as moments."""
        return [times.window(day, self.from_time, self.to_time) for day in self.days]


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong, at its field; the room's messages have the words for it."""

    field: str
    code: str
    than: datetime | date | int | None = None
    other: datetime | date | int | None = None


def problems(wish: Wish, now: datetime) -> list[Trouble]:
    """Everything that is wrong with a wish, in the order of the form; nothing is looked up."""
    return list(
        chain(
            _in_whom(wish),
            _in_words(wish),
            _in_outlay(wish),
            _in_time(wish, now),
            _in_number(wish),
            _in_place(wish),
            _in_acceptance(wish),
        )
    )


def problems_of_step(wish: Wish, now: datetime, fields: Collection[str]) -> list[Trouble]:
    """What is wrong with the answers of one step."""
    return [trouble for trouble in problems(wish, now) if trouble.field in fields]


def _in_whom(wish: Wish) -> Iterator[Trouble]:
    if wish.for_whom not in FOR_WHOM:
        yield Trouble("for_whom", "choose")


def _in_words(wish: Wish) -> Iterator[Trouble]:
    for field, most in LENGTHS.items():
        if len(getattr(wish, field)) > most:
            yield Trouble(field, "too_many_letters", most)


def _in_outlay(wish: Wish) -> Iterator[Trouble]:
    if not wish.outlay_how and wish.outlay_ceiling is None:
        return
    if wish.outlay_how not in REPAID:
        yield Trouble("outlay_how", "choose")
    if wish.outlay_ceiling is None:
        yield Trouble("outlay_ceiling", "ceiling_missing", MOST_OUTLAY)
    elif not 1 <= wish.outlay_ceiling <= MOST_OUTLAY:
        yield Trouble("outlay_ceiling", "ceiling", MOST_OUTLAY)


def _in_time(wish: Wish, now: datetime) -> Iterator[Trouble]:
    yield from _in_window(wish, now)
    if wish.last_on is not None:
        yield from _in_series(wish, wish.last_on)


def _in_window(wish: Wish, now: datetime) -> Iterator[Trouble]:
    first = times.window(wish.day, wish.from_time, wish.to_time)
    today = clock.local(now).date()
    furthest = times.months_after(today, times.MONTHS_AHEAD)
    if wish.day < today:
        yield Trouble("day", "day_passed", wish.day)
    elif wish.day > furthest:
        yield Trouble("day", "too_far", furthest)
    elif first.start < now:
        yield Trouble("from_time", "time_passed", first.start, times.next_full(now))
    if wish.to_time <= wish.from_time:
        yield Trouble("to_time", "backwards")
    elif times.minutes(wish.from_time, wish.to_time) < times.LEAST_MINUTES:
        yield Trouble("to_time", "too_short", times.LEAST_MINUTES)
    elif times.minutes(wish.from_time, wish.to_time) > times.MOST_MINUTES:
        yield Trouble("to_time", "too_long", times.MOST_MINUTES // 60)


def _in_series(wish: Wish, last_on: date) -> Iterator[Trouble]:
    if last_on < wish.day:
        yield Trouble("last_on", "ends_before")
    elif last_on > times.weeks_after(wish.day, times.MOST_WEEKS):
        yield Trouble("last_on", "too_many_weeks", times.MOST_WEEKS)
    elif not wish.days:
        yield Trouble("excepted", "no_dates_left")
    elif not set(wish.excepted) <= set(times.weekly(wish.day, last_on)):
        yield Trouble("excepted", "not_a_date_of_it")


def _in_number(wish: Wish) -> Iterator[Trouble]:
    if not 1 <= wish.wanted <= MOST_HELPERS:
        yield Trouble("wanted", "wanted", MOST_HELPERS)
    if len(wish.languages) > MOST_LANGUAGES or not all(map(_is_language, wish.languages)):
        yield Trouble("languages", "languages")


def _is_language(code: str) -> bool:
    return 2 <= len(code) <= 3 and code.isascii() and code.islower()


def _in_place(wish: Wish) -> Iterator[Trouble]:
    if (wish.longitude is None) != (wish.latitude is None):
        yield Trouble("place", "half_a_point")
    elif wish.place_id is None and wish.longitude is None:
        yield Trouble("place", "place_of_address" if wish.address else "place_missing")


def _in_acceptance(wish: Wish) -> Iterator[Trouble]:
    if not wish.accepted:
        yield Trouble("accepted", "accept")


def state_of(states: Collection[str]) -> str:
    """The state of an ask from those of its occasions: what is still to come decides."""
    for state in ("open", "filled", "done", "expired"):
        if state in states:
            return state
    return "withdrawn"
