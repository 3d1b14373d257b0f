"""Asking to have a decision looked at again, and answering that with a new one."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.history.actions import record
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, Problem, TooLate
from handtag.kernel.rights import Right
from handtag.people.models import Person
from handtag.permits import queries, rules
from handtag.permits.actions.writing import DECIDED, locked
from handtag.permits.models import Permit, Review
from handtag.permits.queries import reviewing

LONGEST = 1000


@transaction.atomic
def ask_review(*, by: Actor, permit_id: UUID, words: str = "") -> Review:
    """Ask to have the latest decision about oneself looked at again; asking twice is asking once."""
    by.must(Right.TAKE_PART)
    permit = locked(by.tenant, permit_id)
    if permit.person_id != by.whose:
        raise NotFound("permit")
    decision = permit.decisions.select_related("review").order_by("-number").first()
    there = reviewing.review_of(decision)
    if there is not None:
        return there
    if decision is None or decision.verb not in rules.REVIEWABLE:
        raise TooLate(_("There is no decision here to look at again. Open the page again, or ring us."))
    said = words.strip()
    if len(said) > LONGEST:
        raise Problem(_("At most 1,000 letters. Say it more briefly."), field="words")
    made = Review.objects.create(
        municipality_id=by.tenant,
        permit=permit,
        decision=decision,
        asked_by_id=by.person,
        words=said,
        asked_at=clock.now(),
    )
    record(
        by=by,
        verb="permit.review_asked",
        kind="permit",
        object_id=permit.id,
        about=permit.person_id,
        service=str(permit.service_id),
        side=permit.side,
        decision=decision.number,
    )
    return made


def mind_the_review(*, by: Actor, permit: Permit, verb: str, row: queries.ServiceRow, whom: Person) -> None:
    """Refuse what is decided in a review alone where none waits, and who would review their own decision."""
    review = reviewing.waiting_review(permit)
    if rules.after(permit.state, verb) and verb not in rules.able(permit.state, in_review=review is not None):
        raise TooLate(DECIDED)
    if review is None or review.decision.decided_by_id != by.person_id:
        return
    if reviewing.somebody_else_may(by, permit, row, whom):
        raise Problem(
            _(
                "You took the decision that is to be looked at again. A colleague who decides on permits "
                "takes the new one."
            )
        )
