"""What is forgotten here of somebody who is erased, and what ends when somebody is protected."""

from uuid import UUID

from django.db.models import Q

from handtag.desk.models import Call, Confidant, Consent, RingBack
from handtag.kernel import clock
from handtag.kernel.actor import Actor


def after_protect(by: Actor, person_id: UUID) -> None:
    """Nobody else is told of a protected person's affairs, and notes of calls with them go."""
    theirs = Confidant.objects.everywhere().filter(Q(person_id=person_id) | Q(told_id=person_id))
    theirs.filter(ended_at=None).update(ended_at=clock.now())
    Confidant.objects.everywhere().filter(person_id=person_id).update(name="", phone="")
    Call.objects.everywhere().filter(person_id=person_id).update(note="")
    RingBack.objects.everywhere().filter(person_id=person_id).update(words="")


def forget_person(by: Actor, person_id: UUID) -> None:
    """Nobody rings them any more, and what was read to them and noted goes; that there were calls stays."""
    after_protect(by, person_id)
    waiting = RingBack.objects.everywhere().filter(person_id=person_id, state__in=RingBack.LIVE)
    waiting.update(state=RingBack.State.GIVEN_UP, ended_at=clock.now())
    Consent.objects.everywhere().filter(person_id=person_id).update(words="", in_swedish="")
