"""Somebody at a door says they are from us: yes or no, and the question logged."""

from uuid import UUID

from django.db import transaction

from handtag.desk.actions.calls import log
from handtag.desk.models import Call
from handtag.desk.queries.verifying import Answer, answer
from handtag.history import actions as history
from handtag.kernel.actor import Actor


@transaction.atomic
def verify(*, by: Actor, words: str, person_id: UUID | None = None) -> Answer:
    """What to answer the caller: by name, by the number on the card, or by the address they are at."""
    found = answer(by, words)
    outcome = Call.Outcome.YES if found.is_yes else Call.Outcome.NO
    log(by=by, person_id=person_id, topic="verify", outcome=outcome)
    history.record(
        by=by,
        verb="helper.verified",
        kind="helper",
        object_id=found.helpers[0].person_id if found.is_yes and found.helpers else None,
        outcome=outcome.value,
    )
    return found
