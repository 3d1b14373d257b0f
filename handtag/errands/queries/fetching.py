"""The helpers who may take an ask, with what the ranking asks of each."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from functools import reduce
from itertools import compress
from operator import or_
from typing import Any, Final
from uuid import UUID

import numpy as np
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value

from handtag.errands.models import Errand
from handtag.errands.queries import eligible, lately
from handtag.errands.queries.lately import MANY, Moments
from handtag.errands.queries.sought import Slot, Sought
from handtag.errands.rules.hours import Weekly
from handtag.errands.rules.lifecycle import IN_FORCE
from handtag.errands.rules.times import Window
from handtag.helpers.models import Availability, HelperLanguage, HelperProfile
from handtag.kernel import clock
from handtag.kernel.planned import OneOf
from handtag.kernel.prepared import Prepared, a_day, a_list, a_moment, a_whole, an_id, ids
from handtag.matching.score import kilometres

FIXED: Final = 11  # columns that every question has


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


def met(ask: Sought) -> Counter[UUID]:
    """Those who have helped this asker, and how often."""
    return Counter(dict(_MET.ask(town=ask.municipality_id, asker=ask.asker_id)))


def _met() -> QuerySet[Errand, Any]:
    done = Errand.objects.of(an_id("town")).filter(asker_id=an_id("asker"), state=Errand.State.COMPLETED)
    return done.order_by().values("helper_id").annotate(times=Count("pk")).values_list("helper_id", "times")


def hours(profile_ids: Collection[UUID]) -> dict[UUID, list[Weekly]]:
    """The own hours of these profiles."""
    found: dict[UUID, list[Weekly]] = defaultdict(list)
    for profile, *window in _HOURS.ask(profiles=profile_ids) if profile_ids else ():
        found[profile].append(Weekly(*window))
    return found


def _hours() -> QuerySet[Availability, Any]:
    rows = Availability.objects.filter(OneOf(F("profile_id"), a_list("profiles")))
    return rows.values_list("profile_id", "weekday", "from_minute", "to_minute")


_MET, _HOURS = Prepared(_met, is_planned=True), Prepared(_hours, is_planned=True)


# --- one question to the database -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HollowSlot(Slot):
    """A date that is given when the question is asked, within a day or not."""

    @property
    def weekly(self) -> Weekly | None:
        """Its place in the week, given as well."""
        return Weekly(a_whole("weekday"), a_whole("from_minute"), a_whole("to_minute"))


def candidates(
    ask: Sought, at: Moments, before: Counter[UUID], people: Collection[UUID] | None = None, *, telling: bool
) -> list[Candidate]:
    """Who of these people may take the ask, or of all that there are; near enough, and the week not full."""
    if people is not None and not people:
        return []
    if people is not None and len(ask.slots) == 1 and ask.slots[0].weekly:
        rows: list[Any] = _PREPARED.ask(*_shape(ask, telling), **_given(ask, people, at))
    else:
        among = None if people is None else Q(person_id__in=people)
        rows = list(_rows(ask, telling, among, at))
    if not rows:
        return []
    km = kilometres(
        *(ask.longitude, ask.latitude, np.array([row[2] for row in rows]), np.array([row[3] for row in rows]))
    )
    found = [_candidate(ask, row, before, away) for row, away in zip(rows, km.tolist(), strict=True)]
    near = [each for each in found if each.km * 1000 <= each.reach + ask.wider_by]
    return _not_overfull(ask, near) if telling else near


def _not_overfull(ask: Sought, found: list[Candidate]) -> list[Candidate]:
    """Those who, in the week of one of the dates, have not what they said is enough for a week."""
    full = [each for each in found if each.most_in_week is not None and each.in_week >= each.most_in_week]
    weeks = {_monday(slot.window.start) for slot in ask.slots}
    if full and len(weeks) > 1:
        had = _had(ask.municipality_id, weeks, full)
        full = [
            each
            for each in full
            if all(had[week, each.person_id] >= (each.most_in_week or 0) for week in weeks)
        ]
    out = {each.profile_id for each in full}
    return [each for each in found if each.profile_id not in out]


def _monday(moment: datetime) -> datetime:
    wall = clock.local(moment)
    return clock.at(wall.date() - timedelta(days=wall.weekday()), wall.time().min)


def _had(
    town: UUID, weeks: Collection[datetime], people: Collection[Candidate]
) -> Counter[tuple[datetime, UUID]]:
    """How many errands each has in each of these weeks."""
    spans = reduce(
        or_, (Q(starts_at__gte=week, starts_at__lt=_monday(week + timedelta(days=8))) for week in weeks)
    )
    rows = Errand.objects.of(town).filter(
        spans, state__in=IN_FORCE, helper_id__in=[each.person_id for each in people]
    )
    return Counter((_monday(start), person) for person, start in rows.values_list("helper_id", "starts_at"))


def _candidate(ask: Sought, row: tuple[Any, ...], before: Counter[UUID], away: float) -> Candidate:
    """A row as a candidate; whoever may take an ask in one language speaks it."""
    several = len(ask.languages) > 1
    speaks = tuple(compress(ask.languages, row[FIXED:])) if several else ask.languages
    values: list[Any] = [*row[:FIXED], before[row[1]], speaks, away]
    return Candidate(*values)


def _rows(ask: Sought, telling: bool, among: Any, at: Moments) -> QuerySet[HelperProfile, Any]:
    """Eligible, with all that is counted of each beside; each language of several as a column of its own."""
    town = ask.municipality_id
    found = eligible.helpers(ask, telling=telling, among=among, now=at.now, today=at.today)
    counted = {
        "load": lately.load(town, at),
        "last": lately.last(town, at),
        "in_week": lately.in_week(town, at) if telling else Value(0),
        "told": lately.told(town, at),
    }
    speaks = {
        f"speaks_{place}": Exists(HelperLanguage.objects.filter(profile=OuterRef("pk"), language=language))
        for place, language in enumerate(ask.languages)
        if len(ask.languages) > 1
    }
    columns = ("id", "person_id", "longitude", "latitude", "reach", "any_time", "most_in_week")
    return found.annotate(**counted, **speaks).values_list(*columns, *counted, *speaks)


# --- the same question, put together once -----------------------------------------------------------------


def _shape(ask: Sought, telling: bool) -> tuple[Any, ...]:
    """What changes the question itself."""
    return telling, ask.languages, len(ask.group_ids)


def _given(ask: Sought, people: Collection[UUID], at: Moments) -> dict[str, Any]:
    slot, weekly = ask.slots[0], ask.slots[0].weekly
    return {
        **{"ask": ask.id, "town": ask.municipality_id, "asker": ask.asker_id, "service": ask.service_id},
        **{"groups": ask.group_ids, "slot": slot.id, "start": slot.window.start, "end": slot.window.end},
        **{"people": people, **at.by_name, **(weekly._asdict() if weekly else {})},
    }


def _hollow(telling: bool, languages: tuple[str, ...], groups: int) -> QuerySet[HelperProfile, Any]:
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
    return _rows(ask, telling, OneOf(F("person_id"), a_list("people")), Moments(**times))


_PREPARED = Prepared(_hollow, is_planned=True)
