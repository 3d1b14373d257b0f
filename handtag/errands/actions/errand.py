"""How an errand goes on: started, done, cancelled, missed, reported; and what each undoes."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.errands.actions import seats
from handtag.errands.actions.moving import move
from handtag.errands.actions.settling import settle
from handtag.errands.actions.words import give_feedback, note_spent, write_message
from handtag.errands.messages import meeting as messages
from handtag.errands.models import Ask, Errand, Occasion
from handtag.errands.queries.sides import errand_of, side_of
from handtag.errands.rules import lifecycle
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, Problem, TooLate
from handtag.mandates.queries import must_hold as must_act
from handtag.permits.models import Side
from handtag.permits.queries import must_hold

__all__ = [
    "AFTER_REPORT",
    "AFTER_UNCONFIRMED",
    "cancel",
    "complete",
    "give_feedback",
    "miss",
    "note_spent",
    "report",
    "start",
    "undo",
    "write_message",
]

AFTER_REPORT: list[Callable[[Actor, Errand, str, str], None]] = []
AFTER_UNCONFIRMED: list[Callable[[Actor, Errand], None]] = []

HELPER, ASKER = Errand.Side.HELPER, Errand.Side.ASKER
CONCERNS: Final = ("unsafe", "money", "no_show", "behaviour", "other")


@transaction.atomic
def start(*, by: Actor, errand_id: UUID) -> Errand:
    """The helper says: we have met. The permit must still hold."""
    must_act(by)
    errand = errand_of(by, errand_id)
    if side_of(by, errand) != HELPER:
        raise NotAllowed("only the helper starts")
    must_hold(
        person_id=errand.helper_id, service_id=errand.occasion.ask.service_id, side=Side.PERFORM, lock=True
    )
    return move(by=by, errand=errand, verb="start", about=errand.asker_id)


@transaction.atomic
def complete(*, by: Actor, errand_id: UUID) -> Errand:
    """Either side, or who steers asks, says: it is done."""
    must_act(by)
    errand = errand_of(by, errand_id)
    seats.lock_occasions(by.tenant, [errand.occasion_id])
    errand = move(by=by, errand=errand, verb="complete", about=_other(by, errand))
    _close(by, errand)
    return errand


@transaction.atomic
def undo(*, by: Actor, errand_id: UUID) -> Errand:
    """Take back a start or a done pressed by mistake, as long as nobody has said how it was."""
    must_act(by)
    errand = errand_of(by, errand_id)
    if side_of(by, errand) is None:
        raise NotAllowed("one of the two")
    seats.lock_occasions(by.tenant, [errand.occasion_id])
    if errand.state == Errand.State.STARTED:
        return move(by=by, errand=errand, verb="unstart", about=_other(by, errand))
    if errand.feedback.exists():
        raise TooLate(_("One of you has already said how it was, so it stays done."))
    errand = move(by=by, errand=errand, verb="uncomplete", about=_other(by, errand))
    _reopen_done(by, errand)
    return errand


@transaction.atomic
def cancel(*, by: Actor, errand_id: UUID, reason: str = "", side: str = "") -> Errand:
    """One of the two cannot, or who steers asks calls it off for one side (`side`).

    When the helper cannot, others are asked at once. When the asker has changed their mind, that date is
    called off for all who were coming no more than for this helper.
    """
    must_act(by)
    errand = errand_of(by, errand_id)
    whose = side_of(by, errand) or (side or ASKER)
    verb = "cancel_by_helper" if whose == HELPER else "cancel_by_asker"
    seats.lock_occasions(by.tenant, [errand.occasion_id])
    errand = move(by=by, errand=errand, verb=verb, about=_other(by, errand), reason=reason)
    seats.recount(by.tenant, [errand.occasion_id])
    if whose == HELPER:
        reopen(by=by, errand=errand)
        ask_id = errand.occasion.ask_id
        messages.tell(by.tenant, errand.asker_id, "helper_cancelled", errand.id, ask_id=ask_id)
    else:
        _want_one_less(errand)
        messages.tell(by.tenant, errand.helper_id, "asker_cancelled", errand.id)
    settle(by=by, ask_id=errand.occasion.ask_id)
    return errand


@transaction.atomic
def miss(*, by: Actor, errand_id: UUID, missed_by: str) -> Errand:
    """Somebody did not come; either side, or who steers asks, says who."""
    if missed_by not in Errand.Side.values:
        raise Problem(_("Say who did not come."), field="missed_by")
    must_act(by)
    errand = errand_of(by, errand_id)
    if not lifecycle.may_be_missed(errand.starts_at, clock.now()):
        raise TooLate(_("The time has not come yet. If you cannot come, say so instead."))
    seats.lock_occasions(by.tenant, [errand.occasion_id])
    errand = move(by=by, errand=errand, verb="miss", about=_other(by, errand), missed_by=missed_by)
    _close(by, errand)
    return errand


@transaction.atomic
def report(*, by: Actor, errand_id: UUID, concern: str, words: str) -> Errand:
    """One of the two says that something feels wrong; a coordinator takes over. A done errand stays done."""
    must_act(by)
    errand = errand_of(by, errand_id)
    if side_of(by, errand) is None:
        raise NotAllowed("one of the two")
    if concern not in CONCERNS:
        raise Problem(_("Choose what it is about."), field="concern")
    if lifecycle.follows(errand.state, "report"):
        errand = move(by=by, errand=errand, verb="report", about=_other(by, errand))
    for consequence in AFTER_REPORT:
        consequence(by, errand, concern, words)
    return errand


def reopen(*, by: Actor, errand: Errand) -> None:
    """The place of a cancelled errand is free again, and others are told of the ask."""
    if errand.starts_at <= clock.now():
        return
    seats.reopen(errand.municipality_id, [errand.occasion_id])
    asks = Ask.objects.of(errand.municipality_id).filter(id=errand.occasion.ask_id)
    asks.exclude(agreement="coordinator").update(announce_at=clock.now(), listed_at=None)


def _want_one_less(errand: Errand) -> None:
    """The asker does not want this place filled again; an occasion that nobody comes to is withdrawn."""
    occasion = Occasion.objects.of(errand.municipality_id).get(id=errand.occasion_id)
    held = Occasion.objects.of(errand.municipality_id).filter(id=occasion.id)
    if occasion.wanted > 1:
        held.update(wanted=occasion.wanted - 1)
    else:
        held.update(state=Occasion.State.WITHDRAWN, ended_at=clock.now())


def _close(by: Actor, errand: Errand) -> None:
    """When no errand of an occasion is waited for any more, the occasion is done."""
    waited_for = Errand.objects.of(by.tenant).filter(occasion_id=errand.occasion_id)
    if waited_for.exclude(state__in=lifecycle.OVER).exists():
        return
    held = Occasion.objects.of(by.tenant).filter(id=errand.occasion_id)
    if errand.ends_at > clock.now():
        held = held.filter(state=Occasion.State.FILLED)
    held.update(state=Occasion.State.DONE, ended_at=clock.now())
    settle(by=by, ask_id=errand.occasion.ask_id)


def _reopen_done(by: Actor, errand: Errand) -> None:
    Occasion.objects.of(by.tenant).filter(id=errand.occasion_id, state=Occasion.State.DONE).update(
        state=Occasion.State.FILLED, ended_at=None
    )
    settle(by=by, ask_id=errand.occasion.ask_id)


def _other(by: Actor, errand: Errand) -> UUID:
    return errand.asker_id if side_of(by, errand) == HELPER else errand.helper_id
