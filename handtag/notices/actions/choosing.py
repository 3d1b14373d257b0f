"""A person chooses how they are told and when they want quiet; STOPP and START by text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import Problem
from handtag.kernel.rights import Right
from handtag.notices import queries
from handtag.notices.actions.gathering import let_go
from handtag.notices.models import Preference
from handtag.notices.rules import channels as rules
from handtag.people.models import Person


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants to be told, first to last, and between which hours they want quiet."""

    channels: tuple[str, ...]
    quiet_from: int = rules.QUIET_FROM
    quiet_until: int = rules.QUIET_UNTIL
    daily: bool = False


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
    if rules.SMS in wanted:
        start_texts(by=by)
    if stands == queries.Chosen(wanted, wish.quiet_from, wish.quiet_until, daily=wish.daily):
        return
    Preference.objects.update_or_create(
        person_id=person.id,
        defaults={
            "channels": list(wanted),
            "daily": wish.daily,
            "quiet_from": wish.quiet_from,
            "quiet_until": wish.quiet_until,
            "changed_at": clock.now(),
        },
    )
    if stands.daily and not wish.daily:
        let_go(person)
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
    rules.PUSH: _("Turn notices on in this browser first."),
    rules.EMAIL: _("We have no e-mail address to you. Write one among your details first."),
    rules.SMS: _("We cannot text you yet. Write a mobile number among your details first."),
    rules.PHONE: _("We have no number to ring you on. Write one among your details first."),
    rules.LETTER: _("We have no address to send a letter to. Write one among your details first."),
}


@transaction.atomic
def stop_texts(*, by: Actor) -> None:
    """No more text messages, but for answers to what this person texts; twice changes nothing."""
    by.must(Right.TAKE_PART)
    Preference.objects.get_or_create(person_id=by.whose)
    mine = Preference.objects.filter(person_id=by.whose, texts_stopped_at=None)
    if mine.update(texts_stopped_at=clock.now(), changed_at=clock.now()):
        history.record(by=by, verb="person.texts_stopped", kind="person", object_id=by.whose, about=by.whose)


@transaction.atomic
def start_texts(*, by: Actor) -> None:
    """Text messages again; twice changes nothing."""
    by.must(Right.TAKE_PART)
    mine = Preference.objects.filter(person_id=by.whose).exclude(texts_stopped_at=None)
    if mine.update(texts_stopped_at=None, changed_at=clock.now()):
        history.record(by=by, verb="person.texts_started", kind="person", object_id=by.whose, about=by.whose)
