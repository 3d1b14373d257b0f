"""The helpers who may take an ask, with what the ranking asks of each, fetched from near to far."""

from collections import Counter, defaultdict
from collections.abc import Collection, Generator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from itertools import compress
from typing import Any, Final
from uuid import UUID

import numpy as np
from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from handtag.errands.models import Errand, Offer, Told
from handtag.errands.queries import eligible
from handtag.errands.queries.eligible import Slot, Sought
from handtag.errands.rules.hours import Weekly
from handtag.errands.rules.lifecycle import IN_FORCE
from handtag.errands.rules.times import Window
from handtag.helpers.models import Availability, HelperLanguage, HelperProfile, Posting
from handtag.kernel import clock
from handtag.kernel.prepared import Prepared, a_day, a_moment, a_whole, an_id, ids, wholes
from handtag.matching.score import kilometres

LOAD_OVER: Final = timedelta(days=28)
ANSWERS_OVER: Final = timedelta(days=90)
FIRST: Final = 800.0  # metres: how far is looked at first
FURTHER: Final = 2.5  # and how many times as far next, while too few are found to say how far is enough
FEW: Final = 400  # postings of a service: all of them are looked at at once
MOST_RINGS: Final = 8_000.0  # metres: beyond, all that are left are looked at at once
ANYWHERE: Final = float("inf")
BY: Final = 32
FIXED: Final = 11  # columns that every question has
MANY: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Candidate:
    """One eligible helper before ranking: how far away, and what they have done and answered lately."""

    profile_id: UUID
    person_id: UUID
    longitude: float
    latitude: float
    reach: int
    any_time: bool
    most_in_week: int | None
    load: int
    last: datetime | None
    in_week: int
    answers: int
    before: int
    speaks: tuple[str, ...]
    km: float

    @property
    def told(self) -> int:
        """How often they were told of an ask lately."""
        return self.answers % MANY

    @property
    def answered(self) -> int:
        """How often they answered, yes or no."""
        return self.answers // MANY


def search(ask: Sought, *, telling: bool) -> Generator[list[Candidate], float, None]:
    """All who may take the ask, further and further out, as far as somebody could still matter.

    Whoever reads sends back how far that is, in metres. First come those who have helped this asker before:
    they may be the best from far away.
    """
    if not ask.slots:
        return
    met, seen = _met(ask), set[int]()
    known = _asked(ask, telling, met, people=list(met)) if met else []
    few = Posting.objects.filter(service_id=ask.service_id)[: FEW + 1].count() <= FEW
    reached = ANYWHERE if few else FIRST
    while True:
        squares = eligible.squares_of(ask, None if reached == ANYWHERE else reached)
        fresh = None if squares is None else [each for each in squares if each not in seen]
        seen.update(fresh or ())
        matters = yield known + _asked(ask, telling, met, squares=fresh)
        known = []
        if matters <= reached:
            return
        reached = min(matters, reached * FURTHER) if reached * FURTHER < MOST_RINGS else ANYWHERE


def _met(ask: Sought) -> Counter[UUID]:
    """Those who have helped this asker, and how often."""
    done = Errand.objects.of(ask.municipality_id).filter(asker_id=ask.asker_id, state=Errand.State.COMPLETED)
    return Counter(done.values_list("helper_id", flat=True))


def hours(profile_ids: Collection[UUID]) -> dict[UUID, list[Weekly]]:
    """The own hours of these profiles."""
    found: dict[UUID, list[Weekly]] = defaultdict(list)
    rows = Availability.objects.filter(profile_id__in=profile_ids)
    for profile, *window in rows.values_list("profile_id", "weekday", "from_minute", "to_minute"):
        found[profile].append(Weekly(*window))
    return found


# --- one question to the database -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moments:
    """The times that the facts are counted from and to; the week is that of the first date."""

    now: datetime
    today: date
    load_from: datetime
    answers_from: datetime
    monday: datetime
    next_monday: datetime


@dataclass(frozen=True, slots=True)
class HollowSlot(Slot):
    """A date that is given when the question is asked, within a day or not."""

    @property
    def weekly(self) -> Weekly | None:
        """Its place in the week, given as well."""
        return Weekly(a_whole("weekday"), a_whole("from_minute"), a_whole("to_minute"))


def _asked(
    ask: Sought,
    telling: bool,
    met: Counter[UUID],
    squares: Sequence[int] | None = None,
    people: Sequence[UUID] = (),
) -> list[Candidate]:
    """The candidates in these squares, or among these people."""
    if squares is not None and not squares:
        return []
    at = _moments(ask)
    if len(ask.slots) == 1 and ask.slots[0].weekly and squares is not None:
        rows: list[Any] = _PREPARED.ask(*_shape(ask, telling, squares), **_given(ask, squares, at))
    else:
        rows = list(_rows(ask, telling, squares, people, at))
    if not rows:
        return []
    km = kilometres(
        *(ask.longitude, ask.latitude, np.array([row[2] for row in rows]), np.array([row[3] for row in rows]))
    )
    return [_candidate(ask, row, met, away) for row, away in zip(rows, km.tolist(), strict=True)]


def _candidate(ask: Sought, row: tuple[Any, ...], met: Counter[UUID], away: float) -> Candidate:
    """A row as a candidate; whoever may take an ask in one language speaks it."""
    several = len(ask.languages) > 1
    speaks = tuple(compress(ask.languages, row[FIXED:])) if several else ask.languages
    values: list[Any] = [*row[:FIXED], met[row[1]], speaks, away]
    return Candidate(*values)


def _rows(
    ask: Sought, telling: bool, squares: Sequence[int] | None, people: Sequence[UUID], at: Moments
) -> QuerySet[HelperProfile, Any]:
    """Eligible, with all that is counted of each beside; each language of several as a column of its own."""
    town, me = ask.municipality_id, OuterRef("person_id")
    found = eligible.helpers(ask, telling=telling, squares=squares, now=at.now, today=at.today)
    if people:
        found = found.filter(person_id__in=people)
    errands = Errand.objects.of(town).filter(helper_id=me, state__in=IN_FORCE)
    recent = errands.filter(ends_at__gte=at.load_from)
    in_week = errands.filter(starts_at__gte=at.monday, starts_at__lt=at.next_monday)
    told = Told.objects.of(town).filter(person_id=me, told_at__gte=at.answers_from)
    yes = Offer.objects.of(town).filter(occasion__ask_id=OuterRef("ask_id"), person_id=OuterRef("person_id"))
    answered = Q(declined_at__isnull=False) | Q(Exists(yes))
    last = recent.order_by().values("helper_id").annotate(last=Max("ends_at")).values("last")
    asked_week = Case(When(most_in_week=None, then=0), default=_count(in_week, "helper_id"))
    counted = {
        "load": _count(recent, "helper_id"),
        "last": Subquery(last),
        "in_week": asked_week if telling else Value(0),
        "told": _count(told, "person_id", also=answered),
    }
    speaks = {
        f"speaks_{place}": Exists(HelperLanguage.objects.filter(profile=OuterRef("pk"), language=language))
        for place, language in enumerate(ask.languages)
        if len(ask.languages) > 1
    }
    columns = ("id", "person_id", "longitude", "latitude", "reach", "any_time", "most_in_week")
    return found.annotate(**counted, **speaks).values_list(*columns, *counted, *speaks)


def _count(rows: QuerySet[Any], of: str, also: Q | None = None) -> Coalesce:
    """How many; and MANY times how many of them are also something else, so that they are read but once."""
    number = Count("pk") if also is None else Count("pk") + MANY * Count("pk", filter=also)
    counted = rows.order_by().values(of).annotate(number=number).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _moments(ask: Sought) -> Moments:
    now = clock.now()
    start = clock.local(ask.slots[0].window.start)
    monday = clock.at(start.date() - timedelta(days=start.weekday()), start.time().min)
    return Moments(
        now, clock.today(), now - LOAD_OVER, now - ANSWERS_OVER, monday, monday + timedelta(days=7)
    )


# --- the same question, put together once -----------------------------------------------------------------


def _shape(ask: Sought, telling: bool, squares: Sequence[int]) -> tuple[Any, ...]:
    """What changes the question itself."""
    return telling, ask.languages, len(ask.group_ids), _rounded(len(squares))


def _rounded(count: int) -> int:
    """So that there are few questions: the last square is named again and again."""
    return -(-count // BY) * BY


def _given(ask: Sought, squares: Sequence[int], at: Moments) -> dict[str, Any]:
    slot, weekly = ask.slots[0], ask.slots[0].weekly
    more = [squares[-1]] * (_rounded(len(squares)) - len(squares))
    return {
        **{"ask": ask.id, "town": ask.municipality_id, "asker": ask.asker_id, "service": ask.service_id},
        **{"groups": ask.group_ids, "slot": slot.id, "start": slot.window.start, "end": slot.window.end},
        **{"squares": [*squares, *more], **asdict(at), **(weekly._asdict() if weekly else {})},
    }


def _hollow(
    telling: bool, languages: tuple[str, ...], groups: int, squares: int
) -> QuerySet[HelperProfile, Any]:
    ask = Sought(
        id=an_id("ask"),
        municipality_id=an_id("town"),
        asker_id=an_id("asker"),
        service_id=an_id("service"),
        longitude=0.0,
        latitude=0.0,
        wider_by=0,
        languages=languages,
        group_ids=tuple(ids("groups", groups)),
        slots=(HollowSlot(an_id("slot"), Window(a_moment("start"), a_moment("end"))),),
    )
    times = {
        each.name: a_day("today") if each.name == "today" else a_moment(each.name) for each in fields(Moments)
    }
    return _rows(ask, telling, wholes("squares", squares), (), Moments(**times))


_PREPARED = Prepared(_hollow)
