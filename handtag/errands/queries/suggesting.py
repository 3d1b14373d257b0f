"""The helpers to tell of an ask, or to invite: eligible, ranked, each with the reasons."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

import numpy as np

from handtag.errands.queries import fetching
from handtag.errands.queries.eligible import Sought
from handtag.errands.queries.explaining import common, did, shared_groups, weekday
from handtag.errands.queries.fetching import Candidate
from handtag.errands.rules.hours import Weekly, covers
from handtag.errands.rules.reasons import Facts, Reason, reasons
from handtag.errands.rules.times import Window
from handtag.kernel import clock
from handtag.matching import ranking, score
from handtag.matching.score import Floats

RESTED: Final = 168.0  # hours: who never had an errand has rested long enough
NOISE: Final = 1e-8  # more than the ranking rounds off


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
    """The k best helpers for an ask, as if all who may take it had been ranked."""
    found, best = _best(ask, k, telling)
    chosen = [found[row] for row in best.rows]
    hours = fetching.hours([each.profile_id for each in chosen])
    people = [each.person_id for each in chosen]
    groups, (done, _before) = shared_groups(ask, people), did(ask, people)
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
                    language=common(ask.languages, each.speaks),
                    group=groups.get(each.person_id, ""),
                    did_service=each.person_id in done,
                    came_before=each.before > 0,
                    is_free=each.any_time,
                )
            ),
        )
        for place, each in enumerate(chosen)
    ]


def _best(ask: Sought, k: int, telling: bool) -> tuple[list[Candidate], ranking.Ranking]:
    """Look around the ask, further and further out, until nobody further away can be among the k best."""
    found: dict[UUID, Candidate] = {}
    best = _ranked(ask, [], k, telling)
    looking = fetching.search(ask, telling=telling)
    matters: float | None = None
    while True:
        try:
            candidates = next(looking) if matters is None else looking.send(matters)
        except StopIteration:
            return list(found.values()), best
        found |= {each.profile_id: each for each in candidates if _may_come(ask, each, telling)}
        best = _ranked(ask, list(found.values()), k, telling)
        least = float(best.scores[-1]) - NOISE if len(best) == k else 0.0
        matters = 1000 * score.furthest(least)


def _may_come(ask: Sought, each: Candidate, telling: bool) -> bool:
    """Whether their reach, as widened, holds the ask's point, and the week is not full by their own word."""
    full = telling and each.most_in_week is not None and each.in_week >= each.most_in_week
    return each.km * 1000 <= each.reach + ask.wider_by and not full


def _ranked(ask: Sought, found: list[Candidate], k: int, telling: bool) -> ranking.Ranking:
    """The best of those found; a language's bit is its place in the ask's list."""
    now = clock.now()
    rested = [(now - each.last).total_seconds() / 3600 if each.last else RESTED for each in found]
    pool = ranking.Pool(
        ids=ranking.halves([each.person_id for each in found]),
        longitude=np.array([each.longitude for each in found]),
        latitude=np.array([each.latitude for each in found]),
        languages=np.array([_bits(ask, each) for each in found], dtype=np.uint64),
        answers=np.array([(each.answered + 1) / (each.told + 2) for each in found]),
        load=np.array([float(each.load) for each in found]),
        idle=np.maximum(np.array(rested), 0.0),
        before=np.array([float(each.before) for each in found]),
        time=_suits(ask, found, telling),
    )
    wanted = ranking.Wanted(
        ask.longitude, ask.latitude, (1 << len(ask.languages)) - 1, int(bool(ask.languages))
    )
    return ranking.rank(wanted, pool, k)


def _bits(ask: Sought, each: Candidate) -> int:
    return sum(1 << place for place, language in enumerate(ask.languages) if language in each.speaks)


def _suits(ask: Sought, found: list[Candidate], telling: bool) -> Floats:
    """The share of the dates in each one's own hours; whoever is told of one date has it there."""
    windows = [slot.window for slot in ask.slots]
    if telling and len(windows) == 1:
        return np.ones(len(found))
    hours = fetching.hours([each.profile_id for each in found if not each.any_time])
    return np.array([1.0 if each.any_time else _share(hours[each.profile_id], windows) for each in found])


def _share(hours: list[Weekly], windows: list[Window]) -> float:
    return sum(covers(hours, window) for window in windows) / len(windows) if windows else 0.0
