"""Calls put through by the municipality's number: asked for on a page, or dialled; neither sees a number."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from handtag.history import actions as history
from handtag.kernel import clock, phones
from handtag.kernel.actor import Actor, Hat, Via
from handtag.kernel.errors import NotFound, Problem, TooLate
from handtag.kernel.rights import Right, Role
from handtag.notices import messages, queries
from handtag.notices.actions.telling import enqueue
from handtag.notices.gateways import voice
from handtag.notices.gateways.faults import NeverSendable, NotSent
from handtag.notices.models import Call, Notice
from handtag.notices.queries.callers import caller
from handtag.notices.queries.calls import Bridge, asked_lately, number_of
from handtag.people.models import Person

MOST_IN_AN_HOUR: Final = 5
STALE: Final = timedelta(minutes=3)  # who asked to be rung has gone on to something else
OPEN: Final = (Call.State.ASKED, Call.State.RINGING, Call.State.THROUGH)

# Rooms above say to whom a call goes: about a thing of theirs, or (None) about what the caller must mean.
AFTER_DIAL: list[Callable[[Actor, UUID | None], Bridge | None]] = []


@transaction.atomic
def ask_for_call(*, by: Actor, about_id: UUID) -> Call:
    """Ring me, and then the other one; the worker does it within moments. Pressed twice it rings once."""
    by.must(Right.TAKE_PART)
    bridge = _bridge(by, about_id)
    if bridge is None or not queries.voice_line(by.tenant):
        raise TooLate(_("You can no longer be put through here. Ring the municipality instead."))
    Person.objects.select_for_update().get(pk=by.person)
    mine = Call.objects.of(by.tenant).filter(caller_id=by.person, way=Call.Way.OUT)
    going = mine.filter(state__in=OPEN, about_id=about_id, asked_at__gt=clock.now() - STALE).first()
    if going is not None:
        return going
    if asked_lately(by.tenant, by.person) >= MOST_IN_AN_HOUR:
        raise Problem(_("We have rung several times now. Wait a while, or write to each other instead."))
    call = Call.objects.create(
        municipality_id=by.tenant,
        caller_id=by.person,
        other_id=bridge.person_id,
        about_id=about_id,
        way=Call.Way.OUT,
        asked_at=clock.now(),
    )
    history.record(by=by, verb="call.asked", kind="errand", object_id=about_id, about=bridge.person_id)
    return call


def place_due(limit: int = 20) -> int:
    """Have those rung who asked for it; returns how many. A call is tried once: nobody is rung twice."""
    waiting = Call.objects.everywhere().filter(state=Call.State.ASKED).order_by("asked_at")
    return sum(_place(call_id) for call_id in list(waiting.values_list("id", flat=True)[:limit]))


def _place(call_id: UUID) -> bool:
    mine = Call.objects.everywhere().filter(id=call_id, state=Call.State.ASKED)
    if not mine.update(state=Call.State.RINGING):
        return False
    call = Call.objects.everywhere().select_related("caller").get(id=call_id)
    try:
        if clock.now() - call.asked_at > STALE or not call.caller.phone:
            raise NotSent("too late")
        provider_id = voice.ring(_ring(call))
    except (NotSent, NeverSendable):
        _end(call.municipality_id, call.id, Call.State.FAILED, 0)
        return False
    Call.objects.everywhere().filter(id=call_id).update(provider_id=provider_id)
    return True


def _ring(call: Call) -> voice.Ring:
    return voice.Ring(
        to=call.caller.phone,
        sender=queries.voice_line(call.municipality_id),
        start=queries.address_of(call.municipality_id, call.id, "call_answered"),
        ended=queries.address_of(call.municipality_id, call.id, "call_ended"),
        key=str(call.id),
    )


@transaction.atomic
def go_on(*, by: Actor, call_id: UUID) -> dict[str, str]:
    """Who asked for the call has answered: on to the other one, if that is still so; asked twice the same."""
    by.must(Right.TAKE_PART)
    call = Call.objects.of(by.tenant).select_related("caller").filter(id=call_id, way=Call.Way.OUT).first()
    if call is None:
        raise NotFound("call")
    still = _bridge(_as(by, call.caller), call.about_id) if call.state in OPEN else None
    number = number_of(by.tenant, still) if still and still.person_id == call.other_id else ""
    if not number:
        return voice.hung_up()
    Call.objects.of(by.tenant).filter(id=call.id, state__in=OPEN).update(state=Call.State.THROUGH)
    return _through(by, call.id, number)


@transaction.atomic
def take_call(*, by: Actor, provider_id: str, sender: str) -> dict[str, str]:
    """Somebody dials the municipality's number: to whom they are to meet if that is clear, else to staff.

    A hidden number, or one that we do not know, leaves no trace.
    """
    by.must(Right.TAKE_PART)
    person = _who(by, sender)
    if person is None:
        return _to_staff(by)
    bridge = _bridge(_as(by, person), None) or Bridge()
    number = number_of(by.tenant, bridge)
    if not number:
        bridge, number = Bridge(), number_of(by.tenant, Bridge())
    call = _once(by, person, bridge, provider_id[:64])
    if not number:
        return voice.hung_up()
    return _through(by, call.id, number)


def _through(by: Actor, call_id: UUID, number: str) -> dict[str, str]:
    return voice.connected(
        number,
        sender=queries.voice_line(by.tenant),
        then=queries.address_of(by.tenant, call_id, "call_over"),
        ended=queries.address_of(by.tenant, call_id, "call_ended"),
    )


def _who(by: Actor, sender: str) -> Person | None:
    try:
        return caller(by.tenant, phones.normal(sender))
    except Problem:
        return None


def _to_staff(by: Actor) -> dict[str, str]:
    number = number_of(by.tenant, Bridge())
    return voice.connected(number, sender=queries.voice_line(by.tenant)) if number else voice.hung_up()


def _once(by: Actor, person: Person, bridge: Bridge, provider_id: str) -> Call:
    try:
        with transaction.atomic():
            return Call.objects.create(
                municipality_id=by.tenant,
                caller=person,
                other_id=bridge.person_id,
                about_id=bridge.about_id,
                way=Call.Way.IN,
                state=Call.State.THROUGH,
                provider_id=provider_id,
                asked_at=clock.now(),
            )
    except IntegrityError:  # told of it twice
        return Call.objects.of(by.tenant).get(provider_id=provider_id)


@transaction.atomic
def note_call_end(*, by: Actor, call_id: UUID, state: str, seconds: int) -> None:
    """The provider says how a call ended: late, twice or in any order, the first that is final stands."""
    by.must(Right.TAKE_PART)
    met = {"success": Call.State.MET, "busy": Call.State.BUSY}.get(state, Call.State.FAILED)
    _end(by.tenant, call_id, met, seconds)


@transaction.atomic
def note_answer(*, by: Actor, call_id: UUID, result: str) -> dict[str, str]:
    """Whether the other one answered. Who did not get through is told what else they can do."""
    by.must(Right.TAKE_PART)
    calls = Call.objects.of(by.tenant).select_related("caller").filter(id=call_id, state=Call.State.THROUGH)
    call = calls.first()
    if call is not None and result != "success":
        _end(by.tenant, call_id, Call.State.BUSY if result == "busy" else Call.State.FAILED, 0)
        if call.other_id is not None:
            with translation.override(call.caller.language):
                _tell_missed(call)
    return voice.hung_up()


def _end(municipality_id: UUID, call_id: UUID, state: Call.State, seconds: int) -> None:
    calls = Call.objects.of(municipality_id).filter(id=call_id, state__in=OPEN)
    calls.update(state=state, ended_at=clock.now(), seconds=min(max(seconds, 0), 86_400))


def _tell_missed(call: Call) -> None:
    enqueue(
        municipality_id=call.municipality_id,
        person_id=call.caller_id,
        address=call.caller.phone,
        channel=Notice.Channel.SMS,
        language=call.caller.language,
        kind="sms.answer",
        letter=messages.Letter("SMS", messages.not_put_through()),
    )


def _bridge(by: Actor, about_id: UUID | None) -> Bridge | None:
    return next((found for dial in AFTER_DIAL if (found := dial(by, about_id)) is not None), None)


def _as(by: Actor, person: Person) -> Actor:
    """The one who rings, as a resident and nothing more: a number is easily forged."""
    return replace(by, person_id=person.id, hats=(Hat(Role.RESIDENT),), via=Via.PHONE)
