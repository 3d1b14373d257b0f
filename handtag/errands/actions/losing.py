"""What a permit lost or a person protected does to what was agreed, in the same transaction."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from handtag.errands.actions import placing, seats
from handtag.errands.actions.agreeing import supersede_what_waits
from handtag.errands.actions.errand import reopen
from handtag.errands.actions.moving import move
from handtag.errands.actions.settling import settle
from handtag.errands.messages import meeting as messages
from handtag.errands.models import Ask, Errand, Invitation, Occasion, Offer
from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.permits.models import Permit, Side

COMING = (Errand.State.AGREED,)
OPEN = (Occasion.State.OPEN, Occasion.State.FILLED)


def after_loss(by: Actor, permit: Permit) -> None:
    """A helper's coming errands of that service reopen; an asker's asks of it close. Both sides are told.

    The permit's row is held by the caller; the reason stays with the municipality.
    """
    if permit.side == Side.PERFORM:
        coming = Errand.objects.of(permit.municipality_id).filter(
            helper_id=permit.person_id, occasion__ask__service_id=permit.service_id, state__in=COMING
        )
        seats.lock_helpers(permit.person_id)
        _free_the_helper(by, permit.municipality_id, coming)
        _drop_what_waits(
            permit.municipality_id, permit.person_id, Q(occasion__ask__service_id=permit.service_id)
        )
    else:
        asks = Ask.objects.of(permit.municipality_id).filter(
            asker_id=permit.person_id,
            service_id=permit.service_id,
            state__in=(Ask.State.OPEN, Ask.State.FILLED),
        )
        for ask_id in asks.order_by("id").values_list("id", flat=True):
            close_ask(by, permit.municipality_id, ask_id)


def after_protect(by: Actor, person_id: UUID) -> None:
    """What was agreed with somebody now protected is called off; an officer places the rest."""
    seats.lock_helpers(person_id)
    towns = Errand.objects.everywhere().filter(Q(helper_id=person_id) | Q(asker_id=person_id))
    asked = Ask.objects.everywhere().filter(asker_id=person_id)
    found = {
        *towns.values_list("municipality_id", flat=True),
        *asked.values_list("municipality_id", flat=True),
    }
    for municipality_id in sorted(found):
        coming = Errand.objects.of(municipality_id).filter(state__in=COMING)
        _free_the_helper(by, municipality_id, coming.filter(helper_id=person_id))
        _drop_what_waits(municipality_id, person_id, Q())
        _hide_asks(by, municipality_id, person_id)


def close_ask(by: Actor, municipality_id: UUID, ask_id: UUID) -> None:
    """Close an ask whose asker may ask no more: what was agreed is called off, both sides are told."""
    occasions = _hold_open(municipality_id, ask_id)
    _call_off(by, municipality_id, occasions)
    Occasion.objects.of(municipality_id).filter(id__in=occasions).update(
        state=Occasion.State.WITHDRAWN, ended_at=clock.now()
    )
    settle(by=by, ask_id=ask_id)
    Ask.objects.of(municipality_id).filter(id=ask_id).update(announce_at=None)


def _hide_asks(by: Actor, municipality_id: UUID, person_id: UUID) -> None:
    """Open asks stay open, for an officer to place; nothing finer than the municipality stays on them."""
    spot = placing.hidden(municipality_id)
    mine = Ask.objects.of(municipality_id).filter(asker_id=person_id)
    for ask_id in mine.filter(state__in=OPEN).order_by("id").values_list("id", flat=True):
        occasions = _hold_open(municipality_id, ask_id)
        _call_off(by, municipality_id, occasions)
        seats.reopen(municipality_id, occasions)
        settle(by=by, ask_id=ask_id)
        history.record(by=by, verb="ask.handed_over", kind="ask", object_id=ask_id, about=person_id)
    mine.filter(state=Ask.State.OPEN).update(agreement="coordinator", announce_at=None)
    mine.update(area=None, longitude=spot.point.lon, latitude=spot.point.lat)


def _hold_open(municipality_id: UUID, ask_id: UUID) -> list[UUID]:
    occasions = Occasion.objects.of(municipality_id).filter(ask_id=ask_id, state__in=OPEN)
    found = list(occasions.values_list("id", flat=True))
    seats.lock_occasions(municipality_id, found)
    return found


def _call_off(by: Actor, municipality_id: UUID, occasions: list[UUID]) -> None:
    coming = Errand.objects.of(municipality_id).filter(occasion_id__in=occasions, state__in=COMING)
    for errand in coming.order_by("id"):
        move(by=by, errand=errand, verb="cancel_by_asker", about=errand.helper_id)
        _tell_both(errand)
    supersede_what_waits(by=by, municipality_id=municipality_id, occasion_ids=occasions)
    seats.recount(municipality_id, occasions)


def _free_the_helper(by: Actor, municipality_id: UUID, coming: Iterable[Errand]) -> None:
    """These errands are cancelled on the helper's side; their occasions open and are announced again."""
    errands = sorted(coming, key=lambda errand: errand.id)
    seats.lock_occasions(municipality_id, [errand.occasion_id for errand in errands])
    for errand in errands:
        move(by=by, errand=errand, verb="cancel_by_helper", about=errand.asker_id)
        seats.recount(municipality_id, [errand.occasion_id])
        reopen(by=by, errand=errand)
        _tell_both(errand)
    for ask_id in sorted({errand.occasion.ask_id for errand in errands}):
        settle(by=by, ask_id=ask_id)


def _drop_what_waits(municipality_id: UUID, person_id: UUID, which: Q) -> None:
    """Offers and invitations of this helper that wait for an answer lapse."""
    now = clock.now()
    offers = Offer.objects.of(municipality_id).filter(which, person_id=person_id, state=Offer.State.MADE)
    offers.update(state=Offer.State.LAPSED, answered_at=now)
    sent = Invitation.objects.of(municipality_id).filter(
        which, person_id=person_id, state=Invitation.State.SENT
    )
    sent.update(state=Invitation.State.LAPSED, answered_at=now)


def _tell_both(errand: Errand) -> None:
    for person_id in (errand.helper_id, errand.asker_id):
        messages.tell(errand.municipality_id, person_id, "called_off", errand.id)
