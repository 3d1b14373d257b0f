"""How somebody can be told: the channels they chose, the addresses there are, the hours they want quiet."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import F, QuerySet

from handtag.kernel.planned import OneOf
from handtag.kernel.prepared import Prepared, a_list, an_id
from handtag.notices.models import Notice, Preference
from handtag.notices.queries import letters
from handtag.notices.queries.browsers import services_of
from handtag.notices.rules import AWAKE
from handtag.notices.rules import channels as rules
from handtag.people.models import Person


class Way(NamedTuple):
    """One way to somebody: the channel and the address on it."""

    channel: str
    address: str


class Chosen(NamedTuple):
    """What somebody has chosen, or what holds until they do; `channels` is None without a choice."""

    channels: tuple[str, ...] | None = None
    quiet_from: int = rules.QUIET_FROM
    quiet_until: int = rules.QUIET_UNTIL
    no_texts: bool = False
    daily: bool = False


def chosen(person_id: UUID) -> Chosen:
    """What this person has chosen."""
    row: Preference | None = _CHOSEN.first(person=person_id)
    if row is None:
        return Chosen()
    wanted, no_texts = tuple(row.channels) or None, row.texts_stopped_at is not None
    return Chosen(wanted, row.quiet_from, row.quiet_until, no_texts, row.daily)


_CHOSEN = Prepared(lambda: Preference.objects.filter(person_id=an_id("person")).order_by())


def possible(person: Person) -> dict[str, str]:
    """The channels that lead to this person, each with its address."""
    phone = person.phone if settings.SMS_URL else ""
    all_of_them = {
        rules.PUSH: services_of(person.id),
        rules.EMAIL: person.email,
        rules.SMS: phone,
        rules.LETTER: ", ".join(letters.address(person)),
        rules.PHONE: person.phone,
    }
    return {channel: address for channel, address in all_of_them.items() if address}


def ways(person: Person, *, tried: Collection[str] = ()) -> tuple[Way, ...]:
    """The ways to this person in the order they are tried, without those that were tried already."""
    if person.erased_at is not None:
        return ()
    there, wished = possible(person), chosen(person.id)
    left = [channel for channel in there if not (wished.no_texts and channel == rules.SMS)]
    order = rules.order(wished.channels, possible=left, is_protected=person.is_protected)
    return tuple(Way(channel, there[channel]) for channel in order if channel not in tried)


def is_rung(person_id: UUID) -> bool:
    """Whether this person is told by a call before anything else."""
    return (chosen(person_id).channels or ("",))[0] == rules.PHONE


def lives_by_text(person: Person) -> bool:
    """Whether texts are what reaches this person, who has no e-mail address to log in with."""
    first = next(iter(ways(person)), None)
    return not person.email and first is not None and first.channel == rules.SMS


def at_an_hour(notice: Notice, now: datetime) -> datetime:
    """When this notice may be sent: now, or after the quiet hours if it makes a telephone buzz."""
    if notice.channel not in rules.BUZZING or notice.person_id is None:
        return now
    slept_since = notice.kind in rules.ANSWERS and now - notice.created_at > AWAKE
    if notice.kind in rules.AT_ANY_HOUR and not slept_since:
        return now
    wished = chosen(notice.person_id)
    return rules.not_while_quiet(now, wished.quiet_from, wished.quiet_until)


def quiet_until(people: Collection[UUID], now: datetime) -> dict[UUID, datetime]:
    """Of these, who has their quiet hours now by their own choice, and when those end; one question."""
    own = _QUIET.ask(people=people) if people else ()
    ends = {who: rules.not_while_quiet(now, quiet_from, until) for who, quiet_from, until in own}
    return {who: end for who, end in ends.items() if end > now}


def _quiet() -> QuerySet[Preference, Any]:
    rows = Preference.objects.filter(OneOf(F("person_id"), a_list("people")))
    return rows.values_list("person_id", "quiet_from", "quiet_until")


_QUIET = Prepared(_quiet)
