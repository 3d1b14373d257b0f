"""What somebody can do by text: questions that wait for an answer, errands that begin, end or are off."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from handtag.errands.models import Ask, Errand, Feedback, Invitation, Occasion, Offer, Series, Told
from handtag.errands.queries import eligible, looking
from handtag.errands.queries.sought import open_occasions
from handtag.errands.rules import lifecycle
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.notices.models import Notice

RESPONSIBILITY = "sms.responsibility"
MOST = 20
BEFOREHAND: Final = timedelta(hours=2)  # who is early has arrived all the same


class Kind(StrEnum):
    """What waits for an answer: a helper's, to a question of ours or to an ask told of; or an asker's."""

    INVITED = "invited"
    TOLD = "told"
    OFFERED = "offered"


class Question(NamedTuple):
    """One thing that waits for yes or no, and which ask it is about."""

    id: UUID
    kind: Kind
    ask_id: UUID
    service_id: UUID
    responsibility: str


def questions(by: Actor, asked_before: datetime, numbered: Collection[UUID] = ()) -> list[Question]:
    """Everything that waited for this person's yes or no at that moment and still does, oldest first.

    Of what they were told of, that which was put to them by text with a number: `numbered`.
    """
    open_still = Q(
        occasion__state=Occasion.State.OPEN,
        occasion__starts_at__gt=clock.now(),
        occasion__ask__state=Ask.State.OPEN,
    )
    ask = ("service_id", "responsibility")
    columns = ("id", "occasion__ask_id", *(f"occasion__ask__{name}" for name in ask))
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
        *(Question(key, Kind.INVITED, *more) for key, *more in _oldest(invited, columns)),
        *(
            Question(key, Kind.TOLD, *more)
            for key, *more in _oldest(_told(by, asked_before, numbered), ("id", "ask_id", *_of_ask(ask)))
        ),
        *(Question(key, Kind.OFFERED, *more) for key, *more in _oldest(offered, columns)),
    ]


def _oldest(rows: QuerySet[Any], columns: Collection[str]) -> Iterable[tuple[Any, ...]]:
    return rows.order_by("id").values_list(*columns)[:MOST]


def _of_ask(names: Collection[str]) -> list[str]:
    return [f"ask__{name}" for name in names]


def _told(by: Actor, asked_before: datetime, numbered: Collection[UUID]) -> QuerySet[Told]:
    """Asks that may still be taken and that nothing was answered to; an invitation to one counts instead."""
    mine = Q(person_id=by.person, occasion__ask_id=OuterRef("ask_id"))
    places = open_occasions(by.tenant).filter(ask_id=OuterRef("ask_id"))
    invited = Invitation.objects.of(by.tenant).filter(mine, state=Invitation.State.SENT)
    return (
        Told.objects.of(by.tenant)
        .filter(id__in=list(numbered), person_id=by.person, declined_at=None, told_at__lte=asked_before)
        .filter(ask__state=Ask.State.OPEN, ask__agreement__in=eligible.TAKEN_FREELY)
        .filter(Exists(places), ~Exists(Offer.objects.of(by.tenant).filter(mine)), ~Exists(invited))
    )


def takeable(by: Actor, ask_id: UUID) -> UUID | None:
    """The first date of an ask that this helper may take, however far away; None where there is none."""
    helper = eligible.helper(by.tenant, by.person)
    if helper is None:
        return None
    dates = eligible.occasions(helper, looking.near(helper, eligible.FURTHEST)).filter(ask_id=ask_id)
    return dates.order_by("starts_at", "id").values_list("id", flat=True).first()


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
