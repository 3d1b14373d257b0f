"""The helpers to tell of an ask, or to invite: eligible, ranked, each with the reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from handtag.errands.queries.best import search
from handtag.errands.queries.explaining import why
from handtag.errands.queries.fetching import Candidate
from handtag.errands.queries.sought import Sought
from handtag.errands.rules.reasons import Reason
from handtag.matching.ranking import Ranking


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
    if not ask.slots:
        return []
    return explained(ask, *search(ask, k, telling=telling), telling=telling)


def explained(ask: Sought, chosen: Sequence[Candidate], best: Ranking, *, telling: bool) -> list[Suggestion]:
    """Those chosen, in the order of their ranking, each with the reasons."""
    said = why(ask, chosen, telling=telling)
    columns = zip(*(column.tolist() for column in best.parts.values()), strict=True)
    rows = zip(chosen, best.km.tolist(), best.scores.tolist(), columns, strict=True)
    return [
        Suggestion(
            person_id=each.person_id,
            km=km,
            score=total,
            parts=dict(zip(best.parts, parts, strict=True)),
            version=best.version,
            reasons=said[each.person_id],
        )
        for each, km, total, parts in rows
    ]
