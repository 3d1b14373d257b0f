"""What is for home care, or for others, becomes a case with a receiver and a day."""

from uuid import UUID

from django.db import transaction

from handtag.cases import actions as cases
from handtag.cases.models import Case
from handtag.desk.actions.calls import log
from handtag.desk.models import Call
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.people import queries as people


@transaction.atomic
def hand_on(
    *, by: Actor, person_id: UUID, concern: str, words: str, days: int, receiver_id: UUID | None = None
) -> Case:
    """Hand it on; it stays on the desk's list until somebody has taken it."""
    by.must(Right.ANSWER_CALLS)
    known = people.person(by, person_id)
    made = cases.hand_on(
        by=by, person_id=known.id, concern=concern, words=words, days=days, receiver_id=receiver_id
    )
    log(by=by, person_id=known.id, topic="handed_on", outcome=Call.Outcome.HANDED_ON)
    return made
