"""The log of calls: who, when, what about in codes, what came of it; with a short note if one is needed."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.desk.models import Call
from handtag.desk.rules.calls import MOST_LETTERS, SAME_CALL
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import Problem
from handtag.kernel.rights import Right
from handtag.people import queries as people


@transaction.atomic
def log(
    *, by: Actor, person_id: UUID | None, topic: str, outcome: str = "", is_ours: bool = False, note: str = ""
) -> Call:
    """Log what a call is about. What one agent does for one caller within half an hour is one call."""
    now = clock.now()
    call = _going_on(by, person_id) or Call(
        municipality_id=by.tenant, person_id=person_id, agent_id=by.person, at=now, is_ours=is_ours
    )
    call.topics = [*call.topics, *([] if topic in call.topics else [topic])]
    call.outcome = outcome or call.outcome
    call.note = note[:MOST_LETTERS] or call.note
    call.latest_at = now
    call.save()
    return call


@transaction.atomic
def write_note(*, by: Actor, person_id: UUID, words: str) -> Call:
    """A short note to the call. It is shown for a month."""
    by.must(Right.ANSWER_CALLS)
    known = people.person(by, person_id)
    said = words.strip()
    if not said:
        raise Problem(_("Write something first."), field="note")
    if len(said) > MOST_LETTERS:
        raise Problem(_("That is too long. Write at most 300 letters."), field="note")
    return log(by=by, person_id=known.id, topic="other", note=said)


def _going_on(by: Actor, person_id: UUID | None) -> Call | None:
    """The call this belongs to; a stranger who asks about somebody at the door is a call each time."""
    if person_id is None:
        return None
    mine = Call.objects.of(by.tenant).filter(agent_id=by.person, person_id=person_id)
    lately = mine.filter(latest_at__gt=clock.now() - SAME_CALL)
    return lately.select_for_update().order_by("-latest_at").first()
