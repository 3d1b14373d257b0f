"""Whom somebody means who writes or rings without saying so: the one they are to meet, if that is clear."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import F, Q

from handtag.errands.models import AskPlace, Errand
from handtag.errands.queries.sides import errand_of, is_relayed, side_of
from handtag.errands.rules import lifecycle
from handtag.kernel import clock, spoken
from handtag.kernel.actor import Actor
from handtag.kernel.errors import HandtagError
from handtag.notices.queries import Bridge, lives_by_text, voice_line
from handtag.people.models import Person
from handtag.people.queries import shown_as

AROUND: Final = timedelta(hours=2)
MOST: Final = 50


class Meant(NamedTuple):
    """An errand with its other side, and when it is."""

    errand_id: UUID
    other_id: UUID
    starts_at: datetime
    ends_at: datetime


def meant(by: Actor) -> Meant | None:
    """The errand of who writes or rings, where it is clear which one; else None.

    Clear: all that is agreed, or over for at most seven days, is with one and the same person; or with
    several, of whom one is met just now, from two hours before until two hours after. Errands whose contact
    the municipality arranges are never meant.
    """
    close = _close(by)
    if len({each.other_id for each in close}) > 1:
        now = clock.now()
        close = [each for each in close if each.starts_at - AROUND <= now <= each.ends_at + AROUND]
    if len({each.other_id for each in close}) != 1:
        return None
    return _nearest(close)


def _nearest(close: Sequence[Meant]) -> Meant:
    now = clock.now()
    return min(close, key=lambda each: abs(each.starts_at - now))


def _close(by: Actor) -> list[Meant]:
    mine = Errand.objects.of(by.tenant).filter(Q(helper_id=by.person) | Q(asker_id=by.person))
    open_to = mine.filter(
        state__in=sorted(lifecycle.IN_FORCE),
        ends_at__gt=clock.now() - lifecycle.CLOSE_FOR,
        helper__protection="none",
        asker__protection="none",
        helper__erased_at=None,
        asker__erased_at=None,
    ).exclude(helper_id=F("asker_id"))
    rows = open_to.order_by("starts_at", "id").values_list(
        "id", "helper_id", "asker_id", "starts_at", "ends_at"
    )[:MOST]
    return [
        Meant(key, asker if helper == by.person else helper, start, end)
        for key, helper, asker, start, end in rows
    ]


def bridge(by: Actor, about_id: UUID | None) -> Bridge | None:
    """To whom a call is put through: the other side of this errand, or of the one that is meant."""
    found = meant(by) if about_id is None else None
    errand_id = found.errand_id if found else about_id
    if errand_id is None:
        return None
    try:
        errand = errand_of(by, errand_id)
    except HandtagError:
        return None
    return Bridge(errand.id, _other(by, errand)) if may_talk(by, errand) else None


def may_talk(by: Actor, errand: Errand) -> bool:
    """Whether the two may be put through just now: while they are close, and neither is protected."""
    if side_of(by, errand) is None or is_relayed(errand) or errand.helper_id == errand.asker_id:
        return False
    other = errand.helper if _other(by, errand) == errand.helper_id else errand.asker
    is_close = lifecycle.are_close(errand.state, errand.ends_at, clock.now())
    return is_close and bool(other.phone) and other.erased_at is None


def may_ring(by: Actor, errand: Errand) -> bool:
    """Whether the page offers a call through us: there is a line, and the reader has a telephone too."""
    if not may_talk(by, errand) or not voice_line(by.tenant):
        return False
    known = {errand.helper_id: errand.helper, errand.asker_id: errand.asker}
    reader = known.get(by.person) or Person.objects.get(pk=by.person)
    return bool(reader.phone)


def _other(by: Actor, errand: Errand) -> UUID:
    return errand.asker_id if side_of(by, errand) == Errand.Side.HELPER else errand.helper_id


class Facts(NamedTuple):
    """What the one who asks by text is told of an errand: all that their page would show."""

    is_helper: bool
    who: str
    when: str
    where: str
    code: str


def next_facts(by: Actor) -> Facts | None:
    """Of the errand that comes next, or goes on; None where there is none or the municipality arranges it."""
    mine = Errand.objects.of(by.tenant).filter(Q(helper_id=by.person) | Q(asker_id=by.person))
    coming = mine.filter(state__in=sorted(lifecycle.BOOKED), ends_at__gt=clock.now() - AROUND)
    errand_id = coming.order_by("starts_at", "id").values_list("id", flat=True).first()
    return facts(by, errand_id) if errand_id else None


def facts(by: Actor, errand_id: UUID) -> Facts | None:
    """Of one errand; None where the municipality arranges the contact."""
    errand = errand_of(by, errand_id)
    if is_relayed(errand):
        return None
    is_helper = side_of(by, errand) == Errand.Side.HELPER
    other = errand.asker if is_helper else errand.helper
    when = spoken.window(errand.starts_at, errand.ends_at)
    return Facts(
        is_helper,
        shown_as(other, to=by),
        when[:1].upper() + when[1:],
        _where(errand) if is_helper else "",
        errand.door_code,
    )


def _where(errand: Errand) -> str:
    row = AskPlace.objects.filter(ask_id=errand.occasion.ask_id).select_related("place").first()
    parts = (row.words, row.place.name if row.place else "", row.door) if row else ()
    return ", ".join(part for part in parts if part)


class Reader(NamedTuple):
    """Who reads by text what others read on the page: their number and language."""

    person_id: UUID
    phone: str
    language: str


def reader_by_text(person_id: UUID) -> Reader | None:
    """The one without e-mail whom texts reach; None for who has a page to read on."""
    person = Person.objects.get(pk=person_id)
    return Reader(person.id, person.phone, person.language) if lives_by_text(person) else None
