"""Decisions that somebody has asked to have looked at again, and who is to do that."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Case, OuterRef, QuerySet, When

from handtag.kernel.actor import Actor
from handtag.kernel.rights import ROLES, Right
from handtag.people.models import Person, RoleHeld
from handtag.people.queries.roles import worn
from handtag.permits.models import Decision, Permit, Review
from handtag.permits.queries.services import ServiceRow, reaches

# For queues: what waits without being applied for is a decision to look at again.
REVIEWS_FIRST: Final = Case(When(state=Permit.State.APPLIED, then=1), default=0)


@dataclass(frozen=True, slots=True)
class Asked:
    """A review that waits: when it was asked for, in which words, of which decision."""

    asked_at: datetime
    words: str
    decided_at: datetime
    is_for_another: bool  # the reader took the decision, and a colleague can look at it instead


def review_of(decision: Decision | None) -> Review | None:
    """The review asked for of this decision, answered or not."""
    review: Review | None = getattr(decision, "review", None)
    return review


def waiting_review(permit: Permit) -> Review | None:
    """The review of this permit that waits for its answer."""
    waiting = Review.objects.of(permit.municipality_id).filter(permit=permit, answered_at=None)
    return waiting.select_related("decision").first()


def reviews_waiting(municipality_id: UUID) -> QuerySet[Review]:
    """The reviews that wait of the permit outside."""
    return Review.objects.of(municipality_id).filter(permit=OuterRef("pk"), answered_at=None)


def asked(
    by: Actor, permit: Permit, row: ServiceRow, whom: Person, decisions: list[Decision]
) -> Asked | None:
    """The review that waits, as the one who opens the case sees it."""
    latest = decisions[-1] if decisions else None
    review = review_of(latest)
    if latest is None or review is None or review.answered_at is not None:
        return None
    for_another = latest.decided_by_id == by.person_id and somebody_else_may(by, permit, row, whom)
    return Asked(review.asked_at, review.words, latest.at, for_another)


def somebody_else_may(by: Actor, permit: Permit, row: ServiceRow, whom: Person) -> bool:
    """Whether somebody on the staff besides this actor, and besides the person themselves, could decide."""
    deciding = [role.value for role, rights in ROLES.items() if Right.DECIDE_PERMITS in rights]
    held = RoleHeld.objects.of(by.tenant).filter(role__in=deciding, until=None, person__erased_at=None)
    others = held.exclude(person_id__in=[by.person, permit.person_id])
    return any(_could(Actor(one.person_id, by.tenant, (worn(one),)), row, whom) for one in others)


def _could(other: Actor, row: ServiceRow, whom: Person) -> bool:
    if whom.is_protected and not other.may(Right.KEEP_PROTECTED):
        return False
    return reaches(other, Right.DECIDE_PERMITS, row)
