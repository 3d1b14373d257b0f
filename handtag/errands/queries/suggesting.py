"""The helpers to tell of an ask, or to invite: eligible, ranked, each with the reasons."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import numpy as np
from django.db.models import Count, Exists, Max, OuterRef, Q

from handtag.errands.models import Errand, Offer, Told
from handtag.errands.queries.eligible import Sought
from handtag.errands.queries.telling import (
    Candidate,
    candidates,
    common,
    not_overfull,
    shared_groups,
    weekday,
    within,
)
from handtag.errands.rules.hours import Weekly, covers
from handtag.errands.rules.lifecycle import IN_FORCE
from handtag.errands.rules.reasons import Facts, Reason, reasons
from handtag.errands.rules.times import Window
from handtag.helpers.models import Availability, HelperLanguage
from handtag.kernel import clock
from handtag.matching import ranking

LOAD_OVER: Final = timedelta(days=28)
ANSWERS_OVER: Final = timedelta(days=90)
RESTED: Final = 168.0  # hours: who never had an errand has rested long enough


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One helper for an ask: how far away, how good a fit by which version of the weights, and why."""

    person_id: UUID
    km: float
    score: float
    parts: dict[str, float]
    version: str
    reasons: tuple[Reason, ...]


def suggestions(ask: Sought, k: int, *, telling: bool = True) -> list[Suggestion]:
    """The k best helpers for an ask."""
    found = within(ask, candidates(ask, telling=telling))
    if telling:
        found = not_overfull(ask, found)
    if not found:
        return []
    hours, languages = _hours(ask.service_id), _languages(ask.service_id)
    before = _before(ask.asker_id, ask.municipality_id)
    pool = _pool(ask, found, hours, languages, before)
    best = ranking.rank(_wanted(ask), pool, k)
    chosen = [found[row] for row in best.rows]
    groups, done = shared_groups(ask, chosen), _did(ask, chosen)
    return [
        Suggestion(
            person_id=each.person_id,
            km=float(best.km[place]),
            score=float(best.scores[place]),
            parts={name: float(column[place]) for name, column in best.parts.items()},
            version=best.version,
            reasons=reasons(
                Facts(
                    km=float(best.km[place]),
                    weekday=weekday(ask, hours[each.profile_id]),
                    language=common(ask.languages, languages[each.profile_id]),
                    group=groups.get(each.person_id, ""),
                    did_service=each.person_id in done,
                    came_before=before[each.person_id] > 0,
                    is_free=each.any_time,
                )
            ),
        )
        for place, each in enumerate(chosen)
    ]


def _hours(service_id: UUID) -> dict[UUID, list[Weekly]]:
    """The own hours of each profile that wants the service."""
    found: dict[UUID, list[Weekly]] = defaultdict(list)
    rows = Availability.objects.filter(profile__services__service_id=service_id)
    for profile, *hours in rows.values_list("profile_id", "weekday", "from_minute", "to_minute"):
        found[profile].append(Weekly(*hours))
    return found


def _languages(service_id: UUID) -> dict[UUID, set[str]]:
    """The languages of each profile that wants the service."""
    found: dict[UUID, set[str]] = defaultdict(set)
    rows = HelperLanguage.objects.filter(profile__services__service_id=service_id)
    for profile, language in rows.values_list("profile_id", "language"):
        found[profile].add(language)
    return found


def _before(asker_id: UUID, municipality_id: UUID) -> Counter[UUID]:
    done = Errand.objects.of(municipality_id).filter(asker_id=asker_id, state=Errand.State.COMPLETED)
    return Counter(done.values_list("helper_id", flat=True))


def _wanted(ask: Sought) -> ranking.Wanted:
    return ranking.Wanted(
        ask.longitude, ask.latitude, (1 << len(ask.languages)) - 1, int(bool(ask.languages))
    )


def _pool(
    ask: Sought,
    found: list[Candidate],
    hours: dict[UUID, list[Weekly]],
    languages: dict[UUID, set[str]],
    before: Counter[UUID],
) -> ranking.Pool:
    """The columns of the ranking; a language's bit is its place in the ask's list."""
    now = clock.now()
    load, idle = _load(ask.municipality_id)
    answers = _answers(ask.municipality_id)
    windows = [slot.window for slot in ask.slots]
    people = [each.person_id for each in found]
    bits = [
        sum(1 << place for place, each in enumerate(ask.languages) if each in languages[helper.profile_id])
        for helper in found
    ]
    rested = [(now - idle[each]).total_seconds() / 3600 if each in idle else RESTED for each in people]
    suits = [1.0 if each.any_time else _share(hours[each.profile_id], windows) for each in found]
    return ranking.Pool(
        ids=ranking.halves(people),
        longitude=np.array([each.longitude for each in found]),
        latitude=np.array([each.latitude for each in found]),
        languages=np.array(bits, dtype=np.uint64),
        answers=np.array([answers.get(each, 0.5) for each in people]),
        load=np.array([float(load[each]) for each in people]),
        idle=np.maximum(np.array(rested), 0.0),
        before=np.array([float(before[each]) for each in people]),
        time=np.array(suits),
    )


def _load(municipality_id: UUID) -> tuple[Counter[UUID], dict[UUID, datetime]]:
    """Errands in 28 days, and when the last one ended or will end, of each helper who had any."""
    recent = Errand.objects.of(municipality_id).filter(
        state__in=IN_FORCE, ends_at__gte=clock.now() - LOAD_OVER
    )
    rows = list(recent.values_list("helper_id").annotate(Count("id"), Max("ends_at")))
    return Counter({person: count for person, count, _ in rows}), {person: last for person, _, last in rows}


def _answers(municipality_id: UUID) -> dict[UUID, float]:
    """The share of notices each helper answered, yes or no, drawn towards a half while there are few."""
    told = Told.objects.of(municipality_id).filter(told_at__gte=clock.now() - ANSWERS_OVER)
    said_yes = Exists(
        Offer.objects.of(municipality_id).filter(
            occasion__ask_id=OuterRef("ask_id"), person_id=OuterRef("person_id")
        )
    )
    answered = Count("id", filter=Q(declined_at__isnull=False) | Q(said_yes=True))
    by_person = told.annotate(said_yes=said_yes).values("person_id")
    counted = by_person.annotate(told=Count("id"), answered=answered)
    rows = counted.values_list("person_id", "told", "answered")
    return {person: (answers + 1) / (count + 2) for person, count, answers in rows}


def _share(hours: list[Weekly], windows: list[Window]) -> float:
    return sum(covers(hours, window) for window in windows) / len(windows) if windows else 0.0


def _did(ask: Sought, chosen: list[Candidate]) -> set[UUID]:
    rows = Errand.objects.of(ask.municipality_id).filter(
        helper_id__in=[each.person_id for each in chosen],
        occasion__ask__service_id=ask.service_id,
        state=Errand.State.COMPLETED,
    )
    return set(rows.values_list("helper_id", flat=True))
