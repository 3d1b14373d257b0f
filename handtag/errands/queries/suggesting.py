"""The helpers to tell of an ask, or to invite: eligible, ranked, each with the reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from handtag.errands.queries import fetching
from handtag.errands.queries.best import search
from handtag.errands.queries.eligible import Sought
from handtag.errands.queries.explaining import common, did, shared_groups, weekday
from handtag.errands.queries.fetching import Candidate
from handtag.errands.rules.reasons import Facts, Reason, reasons
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
    days = _weekdays(ask, chosen, telling=telling)
    people = [each.person_id for each in chosen]
    groups, (done, _before) = shared_groups(ask, people), did(ask, people)
    columns = zip(*(column.tolist() for column in best.parts.values()), strict=True)
    rows = zip(chosen, best.km.tolist(), best.scores.tolist(), columns, strict=True)
    return [
        Suggestion(
            person_id=each.person_id,
            km=km,
            score=total,
            parts=dict(zip(best.parts, parts, strict=True)),
            version=best.version,
            reasons=reasons(
                Facts(
                    km=km,
                    weekday=days.get(each.profile_id),
                    language=common(ask.languages, each.speaks),
                    group=groups.get(each.person_id, ""),
                    did_service=each.person_id in done,
                    came_before=each.before > 0,
                    is_free=each.any_time,
                )
            ),
        )
        for each, km, total, parts in rows
    ]


def _weekdays(ask: Sought, chosen: Sequence[Candidate], *, telling: bool) -> dict[UUID, int | None]:
    """The weekday that suits those who have hours of their own; who is told of one date has it in them."""
    bound = [each.profile_id for each in chosen if not each.any_time]
    weekly = ask.slots[0].weekly
    if telling and len(ask.slots) == 1:
        return dict.fromkeys(bound, weekly.weekday if weekly else None)
    return {profile: weekday(ask, hours) for profile, hours in fetching.hours(bound).items()}
