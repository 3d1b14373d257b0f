"""The call list: whom to ring, why, until when; and one call while an agent holds it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handtag.desk.models import Confidant, RingBack
from handtag.desk.queries.codes import WHY
from handtag.desk.rules.ringing import letter_due
from handtag.errands.models import Errand, Feedback
from handtag.kernel import clock, phones
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Right
from handtag.mandates.queries import in_force
from handtag.notices.models import Notice
from handtag.notices.queries import ToPhone, ToTell, letters, to_phone, to_tell
from handtag.people.models import Person
from handtag.people.queries import contact_of, shown_as
from handtag.permits.queries import service

MOST: Final = 50
NO_LETTER: Final[dict[str, Promise]] = {
    letters.LATE: _("A letter would come too late"),
    letters.NO_ADDRESS: _("The postal address is not whole."),
    letters.PROTECTED: _("Protected registration: nothing is posted from here."),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the call list."""

    id: UUID
    person_id: UUID
    name: str
    why: str
    due_at: datetime
    from_at: datetime
    tries: int
    holder: str
    is_mine: bool
    is_protected: bool
    is_letter: bool = False  # no letter comes in time: it is rung once somebody takes it
    has_number: bool = True

    @property
    def why_words(self) -> str:
        """Why we ring."""
        return str(NO_LETTER[self.why] if self.is_letter else WHY[self.why])

    @property
    def is_late(self) -> bool:
        """Whether we should have rung already."""
        return self.due_at <= clock.now()

    @property
    def waits(self) -> bool:
        """Whether it is to be tried later."""
        return self.from_at > clock.now()


@dataclass(frozen=True, slots=True)
class Ringing:
    """One call that an agent holds: whom to ring on which number, and what to say or ask."""

    row: Row
    words: str
    phone: str
    tell_name: str
    tell_phone: str
    news: tuple[ToTell, ...]
    errand_id: UUID | None
    errand: str
    starts_at: datetime | None


def call_list(by: Actor, limit: int = MOST) -> list[Row]:
    """Whom to ring: what can be done now first, the most urgent on top; what a colleague holds last."""
    now = clock.now()
    rows = _open(by).select_related("person", "taken_by").order_by("due_at", "id")[: 4 * limit]
    found = [_row(by, each, now) for each in rows] + _letters(by, now)
    return sorted(found, key=lambda row: (not row.is_mine, bool(row.holder), row.waits, row.due_at))[:limit]


def mine(by: Actor, person_id: UUID) -> list[Ringing]:
    """The calls to this person that the agent holds just now."""
    held = _open(by).filter(person_id=person_id, state=RingBack.State.TAKEN, taken_by_id=by.person)
    return [_ringing(by, row) for row in held.select_related("person", "taken_by").order_by("due_at", "id")]


def to_ring(by: Actor, ring_back_id: UUID) -> RingBack:
    """One call of this municipality to somebody the agent may know of; else NotFound."""
    by.must(Right.ANSWER_CALLS)
    found = _visible(by).filter(pk=ring_back_id).select_related("person").first()
    if found is None:
        raise NotFound("call")
    return found


def confidant_of(municipality_id: UUID, person_id: UUID) -> Confidant | None:
    """Whom else we may tell."""
    live = Confidant.objects.of(municipality_id).filter(person_id=person_id, ended_at=None)
    return live.select_related("told").first()


def holder_of(confidant: Confidant) -> Person | None:
    """The mandate holder who is told, as long as the mandate is in force and they are not protected."""
    told = confidant.told
    if told is None or told.is_protected or told.erased_at is not None:
        return None
    stands = in_force(confidant.municipality_id, told.id, confidant.person_id)
    return told if stands else None


def _visible(by: Actor) -> QuerySet[RingBack]:
    rows = RingBack.objects.of(by.tenant).filter(person__erased_at=None)
    return rows if by.may(Right.KEEP_PROTECTED) else rows.filter(person__protection="none")


def _open(by: Actor) -> QuerySet[RingBack]:
    """Those still to be rung; news taken back meanwhile, or a how that was said, is no reason to."""
    by.must(Right.ANSWER_CALLS)
    news = Notice.objects.of(by.tenant).filter(
        person_id=OuterRef("person_id"), channel=Notice.Channel.PHONE, state=Notice.State.WAITING
    )
    said = Feedback.objects.filter(errand=OuterRef("errand_id"), side=Errand.Side.ASKER)
    live = _visible(by).filter(~Exists(said), state__in=RingBack.LIVE)
    return live.filter(~Q(why=RingBack.Why.NEWS) | Q(Exists(news)))


def _row(by: Actor, row: RingBack, now: datetime) -> Row:
    held = row.state == RingBack.State.TAKEN and row.taken_until is not None and row.taken_until > now
    return Row(
        id=row.id,
        person_id=row.person_id,
        name=shown_as(row.person, to=by),
        why=row.why,
        due_at=row.due_at,
        from_at=row.from_at,
        tries=row.tries,
        holder=shown_as(row.taken_by, to=by, close=True) if held and row.taken_by else "",
        is_mine=held and row.taken_by_id == by.person_id,
        is_protected=row.person.is_protected,
    )


def _letters(by: Actor, now: datetime) -> list[Row]:
    """Whom no letter reaches in time, one line a person; what has passed already is no hurry any more."""
    first: dict[UUID, ToPhone] = {}
    for each in to_phone(by):
        first.setdefault(each.person_id, each)
    return [
        Row(
            id=each.notice_id,
            person_id=each.person_id,
            name=each.name,
            why=each.why,
            due_at=letter_due(each.until, each.written_at, now),
            from_at=each.written_at,
            tries=0,
            holder="",
            is_mine=False,
            is_protected=each.is_protected,
            is_letter=True,
            has_number=bool(each.phone),
        )
        for each in first.values()
    ]


def _ringing(by: Actor, row: RingBack) -> Ringing:
    errand = (
        Errand.objects.of(by.tenant).select_related("occasion__ask").filter(pk=row.errand_id).first()
        if row.errand_id
        else None
    )
    news = tuple(to_tell(by.tenant, row.person_id)) if row.why == RingBack.Why.NEWS else ()
    is_theirs_alone = not news or any(one.is_theirs_alone for one in news)
    told = None if is_theirs_alone else confidant_of(by.tenant, row.person_id)
    person = holder_of(told) if told else None
    name = (shown_as(person, to=by) if person else told.name) if told else ""
    phone = (contact_of(person, to=by).phone_shown if person else phones.shown(told.phone)) if told else ""
    return Ringing(
        row=_row(by, row, clock.now()),
        words=row.words,
        phone=contact_of(row.person, to=by).phone_shown,
        tell_name=name if phone else "",
        tell_phone=phone,
        news=news,
        errand_id=row.errand_id,
        errand=service(by.tenant, errand.occasion.ask.service_id).words.name if errand else "",
        starts_at=errand.starts_at if errand else None,
    )
