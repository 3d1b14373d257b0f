"""What somebody can do by text: questions that wait for an answer, errands that begin, end or are off."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from handtag.errands.models import Ask, Errand, Feedback, Invitation, Occasion, Offer, Series
from handtag.errands.rules import lifecycle
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.notices.models import Notice

RESPONSIBILITY = "sms.responsibility"
MOST = 20
BEFOREHAND: Final = timedelta(hours=2)  # who is early has arrived all the same


class Question(NamedTuple):
    """One thing that waits for yes or no: an invitation to a helper, or an offer to an asker."""

    id: UUID
    is_invitation: bool
    service_id: UUID
    responsibility: str


def questions(by: Actor, asked_before: datetime) -> list[Question]:
    """Everything that waited for this person's yes or no at that moment and still does, oldest first."""
    open_still = Q(
        occasion__state=Occasion.State.OPEN,
        occasion__starts_at__gt=clock.now(),
        occasion__ask__state=Ask.State.OPEN,
    )
    columns = ("id", "occasion__ask__service_id", "occasion__ask__responsibility")
    invited = Invitation.objects.of(by.tenant).filter(
        open_still, person_id=by.person, state=Invitation.State.SENT, sent_at__lte=asked_before
    )
    offered = Offer.objects.of(by.tenant).filter(
        open_still,
        occasion__ask__asker_id=by.person,
        state=Offer.State.MADE,
        person__protection="none",
        made_at__lte=asked_before,
    )
    return [
        *(Question(key, True, *more) for key, *more in invited.order_by("id").values_list(*columns)[:MOST]),
        *(Question(key, False, *more) for key, *more in offered.order_by("id").values_list(*columns)[:MOST]),
    ]


def has_accepted(by: Actor, question: Question, read_before: datetime) -> bool:
    """Whether this helper has said yes to these very words before, or had got them by text when writing."""
    before = Offer.objects.of(by.tenant).filter(
        person_id=by.person, occasion__ask__responsibility=question.responsibility
    )
    texted = Notice.objects.of(by.tenant).filter(
        person_id=by.person,
        kind=RESPONSIBILITY,
        about_id=question.id,
        state=Notice.State.SENT,
        sent_at__lte=read_before,
    )
    return before.exists() or texted.exists()


def going_on(by: Actor) -> list[UUID]:
    """The errands of this person, on either side, that have begun and are not said to be done."""
    begun = Q(state__in=[Errand.State.STARTED, Errand.State.UNCONFIRMED]) | Q(
        state=Errand.State.AGREED, starts_at__lte=clock.now()
    )
    return _ids(_mine(by).filter(begun))


def arriving(by: Actor) -> list[UUID]:
    """The errands that this helper may just have come to."""
    soon = clock.now() + BEFOREHAND
    theirs = _mine(by).filter(helper_id=by.person, state=Errand.State.AGREED)
    return _ids(theirs.filter(starts_at__lte=soon, ends_at__gt=clock.now()))


def to_rate(by: Actor) -> UUID | None:
    """The errand that ended last and of which this person has not said how it was."""
    over = _mine(by).filter(
        state__in=sorted(lifecycle.SAYABLE), ends_at__gt=clock.now() - lifecycle.CLOSE_FOR
    )
    said = Feedback.objects.filter(errand=OuterRef("pk"))
    as_helper, as_asker = Q(helper_id=by.person), Q(asker_id=by.person)
    unsaid = (as_helper & ~Exists(said.filter(side=Errand.Side.HELPER))) | (
        as_asker & ~Exists(said.filter(side=Errand.Side.ASKER))
    )
    latest = over.filter(unsaid).order_by(F("ended_at").desc(nulls_last=True), "-starts_at")
    return latest.values_list("id", flat=True).first()


class Ahead(NamedTuple):
    """What somebody may mean to call off: an errand of theirs, or their whole one-off ask."""

    errand_id: UUID | None = None
    ask_id: UUID | None = None


def ahead(by: Actor) -> list[Ahead]:
    """All that this person could call off: what they help with, what comes to them, what they wait for."""
    coming = _mine(by).filter(state=Errand.State.AGREED, starts_at__gt=clock.now())
    helping = _ids(coming.filter(helper_id=by.person))
    asks = Ask.objects.of(by.tenant).filter(asker_id=by.person, state__in=[Ask.State.OPEN, Ask.State.FILLED])
    once = asks.filter(~Exists(Series.objects.filter(ask=OuterRef("pk"))))
    begun = Errand.objects.of(by.tenant).filter(occasion__ask=OuterRef("pk"))
    once = once.filter(~Exists(begun.filter(Q(state=Errand.State.STARTED) | Q(starts_at__lte=clock.now()))))
    weekly = _ids(coming.filter(asker_id=by.person, occasion__ask__series__isnull=False))
    return [
        *(Ahead(errand_id=each) for each in (*helping, *weekly)),
        *(Ahead(ask_id=each) for each in once.order_by("opened_at").values_list("id", flat=True)[:MOST]),
    ]


def _mine(by: Actor) -> QuerySet[Errand]:
    return Errand.objects.of(by.tenant).filter(Q(helper_id=by.person) | Q(asker_id=by.person))


def _ids(errands: QuerySet[Errand]) -> list[UUID]:
    return list(errands.order_by("starts_at", "id").values_list("id", flat=True)[:MOST])
