"""Who may be told of an ask: eligible, near enough, with room in their week; and why it is them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np
from django.db.models import Q

from handtag.errands.models import Errand
from handtag.errands.queries import eligible, fetching
from handtag.errands.queries.eligible import Sought
from handtag.errands.queries.explaining import common, did, newcomers, shared_groups, weekday
from handtag.errands.rules import steering
from handtag.errands.rules.lifecycle import IN_FORCE
from handtag.errands.rules.reasons import Facts, Reason, reasons
from handtag.helpers.models import HelperLanguage
from handtag.kernel import clock
from handtag.matching.score import kilometres


@dataclass(frozen=True, slots=True)
class Candidate:
    """One eligible helper."""

    profile_id: UUID
    person_id: UUID
    longitude: float
    latitude: float
    reach: int
    any_time: bool
    most_in_week: int | None


@dataclass(frozen=True, slots=True)
class Near:
    """A candidate within reach, and how far away."""

    who: Candidate
    km: float

    @property
    def person_id(self) -> UUID:
        """Whose profile it is."""
        return self.who.person_id


@dataclass(frozen=True, slots=True)
class Field:
    """Who could be told of an ask now; and the next step further away that would reach more, in metres."""

    near: tuple[Near, ...]
    next_wider: int | None


def field(ask: Sought) -> Field:
    """Who could be told; and only where nobody is left, how much further away somebody is."""
    found = candidates(ask)
    km = away(ask, found)
    within = [
        Near(one, each)
        for one, each in zip(found, km, strict=True)
        if each * 1000 <= one.reach + ask.wider_by
    ]
    room = {one.profile_id for one in not_overfull(ask, [near.who for near in within])}
    near = tuple(each for each in within if each.who.profile_id in room)
    return Field(near, None if near else _next_wider(ask))


def _next_wider(ask: Sought) -> int | None:
    """The next step further away, in metres, that would reach somebody."""
    steps = steering.next_steps(ask.wider_by)
    if not steps:
        return None
    found = candidates(replace(ask, wider_by=steps[-1]))
    beyond = [km * 1000 - one.reach for km, one in zip(away(ask, found), found, strict=True)]
    return next((each for each in steps if any(ask.wider_by < over <= each for over in beyond)), None)


def candidates(ask: Sought) -> list[Candidate]:
    """The eligible helpers, near or far, in one order."""
    rows = eligible.helpers(ask).values_list(
        "id", "person_id", "longitude", "latitude", "reach", "any_time", "most_in_week"
    )
    return [Candidate(*row) for row in rows]


def away(ask: Sought, found: Sequence[Candidate]) -> list[float]:
    """How far each is from the ask's point, in kilometres."""
    km = kilometres(
        ask.longitude,
        ask.latitude,
        np.array([each.longitude for each in found]),
        np.array([each.latitude for each in found]),
    )
    return [float(each) for each in km]


def not_overfull(ask: Sought, found: list[Candidate]) -> list[Candidate]:
    """Those who, in the week of one of the occasions, have not what they said is enough for a week."""
    limited = [each for each in found if each.most_in_week is not None]
    weeks = sorted({_monday(slot.window.start) for slot in ask.slots})
    if not weeks or not limited:
        return found
    had = _had(ask.municipality_id, weeks, [each.person_id for each in limited])
    full = {
        each.profile_id
        for each in limited
        if all(had[week, each.person_id] >= (each.most_in_week or 0) for week in weeks)
    }
    return [each for each in found if each.profile_id not in full]


def _monday(moment: datetime) -> datetime:
    wall = clock.local(moment)
    return clock.at(wall.date() - timedelta(days=wall.weekday()), wall.time().min)


def _had(
    municipality_id: UUID, weeks: Sequence[datetime], people: Collection[UUID]
) -> Counter[tuple[datetime, UUID]]:
    """How many errands each has in each of these weeks."""
    spans = Q()
    for week in weeks:
        spans |= Q(starts_at__gte=week, starts_at__lt=_monday(week + timedelta(days=8)))
    rows = Errand.objects.of(municipality_id).filter(spans, state__in=IN_FORCE, helper_id__in=people)
    return Counter((_monday(start), person) for person, start in rows.values_list("helper_id", "starts_at"))


def explained(ask: Sought, chosen: Sequence[Near]) -> dict[UUID, tuple[Reason, ...]]:
    """Why each of these is told: facts about the two that the helper reads, the strongest first."""
    hours = fetching.hours([each.who.profile_id for each in chosen if not each.who.any_time])
    languages, people = _languages(ask, chosen), [each.person_id for each in chosen]
    groups, (done, before) = shared_groups(ask, people), did(ask, people)
    new = newcomers(ask, people)
    return {
        each.person_id: reasons(
            Facts(
                km=each.km,
                weekday=weekday(ask, hours[each.who.profile_id]),
                language=common(ask.languages, languages[each.who.profile_id]),
                group=groups.get(each.person_id, ""),
                did_service=each.person_id in done,
                came_before=each.person_id in before,
                is_first=each.person_id in new,
                is_free=each.who.any_time,
            )
        )
        for each in chosen
    }


def _languages(ask: Sought, chosen: Sequence[Near]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = defaultdict(set)
    if not ask.languages:
        return found
    rows = HelperLanguage.objects.filter(profile_id__in=[each.who.profile_id for each in chosen])
    for profile, language in rows.values_list("profile_id", "language"):
        found[profile].add(language)
    return found
