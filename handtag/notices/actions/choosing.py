"""A person chooses how they are told and when they want quiet; the municipality opens its line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from handtag.history import actions as history
from handtag.kernel import clock, ids, phones
from handtag.kernel.actor import Actor
from handtag.kernel.errors import Problem
from handtag.kernel.rights import Right
from handtag.municipalities.queries import by_id
from handtag.notices import queries
from handtag.notices.models import Line, Preference
from handtag.notices.rules import channels as rules
from handtag.people.models import Person

LENGTH_OF_SECRET: Final = 40


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants to be told, first to last, and between which hours they want quiet."""

    channels: tuple[str, ...]
    quiet_from: int = rules.QUIET_FROM
    quiet_until: int = rules.QUIET_UNTIL


@transaction.atomic
def choose_channels(*, by: Actor, wish: Wish) -> None:
    """Keep how this person wants to be told. Nothing is chosen that does not lead to them."""
    by.must(Right.TAKE_PART)
    person = Person.objects.get(pk=by.whose)
    wanted = tuple(dict.fromkeys(wish.channels))
    _must_lead_there(wanted, person)
    if not (0 <= wish.quiet_from <= 23 and 0 <= wish.quiet_until <= 23):
        raise Problem(_("Choose the hours from the list."), field="quiet_from")
    stands = queries.chosen(person.id)
    if stands == queries.Chosen(wanted, wish.quiet_from, wish.quiet_until):
        return
    Preference.objects.update_or_create(
        person_id=person.id,
        defaults={
            "channels": list(wanted),
            "quiet_from": wish.quiet_from,
            "quiet_until": wish.quiet_until,
            "changed_at": clock.now(),
        },
    )
    history.record(by=by, verb="person.channels_set", kind="person", object_id=person.id, about=person.id)


def _must_lead_there(wanted: Sequence[str], person: Person) -> None:
    if not wanted:
        raise Problem(_("Choose at least one way in which we may tell you."), field="first")
    if set(wanted) - set(rules.CHANNELS):
        raise Problem(_("Choose from the list."), field="first")
    missing = [channel for channel in wanted if channel not in queries.possible(person)]
    if missing:
        raise Problem(_MISSING[missing[0]], field="first" if missing[0] == wanted[0] else "then")


_MISSING: Final = {
    rules.EMAIL: _("We have no e-mail address to you. Write one among your details first."),
    rules.SMS: _("We cannot text you yet. Write a mobile number among your details first."),
    rules.PHONE: _("We have no number to ring you on. Write one among your details first."),
    rules.LETTER: _("We have no address to send a letter to. Write one among your details first."),
}


@transaction.atomic
def open_line(*, by: Actor, number: str = "") -> str:
    """A new secret address for the provider to bring messages to; the old one closes. Returned this once."""
    by.must(Right.SET_UP)
    kept = phones.normal(number, field="number") if number.strip() else ""
    secret = ids.token(LENGTH_OF_SECRET)
    Line.objects.of(by.tenant).update_or_create(
        municipality_id=by.tenant,
        defaults={"number": kept, "secret_hash": ids.hashed(secret), "made_at": clock.now()},
    )
    history.record(by=by, verb="line.opened", kind="municipality", object_id=by.tenant)
    town = by_id(by.tenant)
    return f"{settings.BASE_URL}{reverse('sms_in', args=[town.slug if town else '', secret])}"
