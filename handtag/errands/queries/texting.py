"""What somebody can answer by text: the questions that wait for their yes or no, and the errand going on."""

from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from handtag.errands.models import Ask, Errand, Invitation, Occasion, Offer
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.notices.models import Notice

RESPONSIBILITY = "sms.responsibility"
MOST = 20


class Question(NamedTuple):
    """One thing that waits for yes or no: an invitation to a helper, or an offer to an asker."""

    id: UUID
    is_invitation: bool
    service_id: UUID
    responsibility: str


def questions(by: Actor) -> list[Question]:
    """Everything that waits for this person's yes or no, oldest first."""
    open_still = Q(
        occasion__state=Occasion.State.OPEN,
        occasion__starts_at__gt=clock.now(),
        occasion__ask__state=Ask.State.OPEN,
    )
    columns = ("id", "occasion__ask__service_id", "occasion__ask__responsibility")
    invited = Invitation.objects.of(by.tenant).filter(
        open_still, person_id=by.person, state=Invitation.State.SENT
    )
    offered = Offer.objects.of(by.tenant).filter(
        open_still, occasion__ask__asker_id=by.person, state=Offer.State.MADE, person__protection="none"
    )
    return [
        *(Question(key, True, *more) for key, *more in invited.order_by("id").values_list(*columns)[:MOST]),
        *(Question(key, False, *more) for key, *more in offered.order_by("id").values_list(*columns)[:MOST]),
    ]


def has_accepted(by: Actor, question: Question) -> bool:
    """Whether this helper has said yes to these very words before, or has just got them by text."""
    before = Offer.objects.of(by.tenant).filter(
        person_id=by.person, occasion__ask__responsibility=question.responsibility
    )
    texted = Notice.objects.of(by.tenant).filter(
        person_id=by.person, kind=RESPONSIBILITY, about_id=question.id, state=Notice.State.SENT
    )
    return before.exists() or texted.exists()


def going_on(by: Actor) -> list[UUID]:
    """The errands of this person, on either side, that have begun and are not said to be done."""
    mine = Errand.objects.of(by.tenant).filter(Q(helper_id=by.person) | Q(asker_id=by.person))
    begun = Q(state__in=[Errand.State.STARTED, Errand.State.UNCONFIRMED]) | Q(
        state=Errand.State.AGREED, starts_at__lte=clock.now()
    )
    return list(mine.filter(begun).order_by("starts_at").values_list("id", flat=True)[:MOST])
