"""The moment two people become agreed: every guard in its order, then the errand and its traces."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from handtag.errands.actions import seats
from handtag.errands.actions.settling import settle
from handtag.errands.messages import meeting as messages
from handtag.errands.models import Ask, Errand, Invitation, Occasion, Offer, Outlay
from handtag.errands.queries import eligible
from handtag.history import actions as history
from handtag.kernel import clock, ids
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, TooLate
from handtag.kernel.prepared import Prepared, an_id
from handtag.kernel.rights import Right
from handtag.people.models import Person
from handtag.permits.models import Side
from handtag.permits.queries import must_hold


def occasion_of(by: Actor, occasion_id: UUID) -> Occasion:
    """An occasion of this municipality with its ask."""
    found: Occasion | None = _OCCASION.first(town=by.tenant, occasion=occasion_id)
    if found is None:
        raise NotFound("occasion")
    return found


_OCCASION = Prepared(
    lambda: (
        Occasion.objects.of(an_id("town"))
        .filter(id=an_id("occasion"))
        .select_related("ask", "ask__asker")
        .order_by()
    )
)


def guard(occasion: Occasion, person_id: UUID) -> None:
    """Hold permit and helper, in this order, and refuse who may not or cannot come."""
    must_hold(person_id=person_id, service_id=occasion.ask.service_id, side=Side.PERFORM, lock=True)
    seats.lock_helper(person_id)
    seats.must_be_free(person_id, occasion)
    if eligible.are_blocked(occasion.municipality_id, person_id, occasion.ask.asker_id):
        raise NotFound("these two shall not meet")
    if occasion.starts_at <= clock.now():
        raise TooLate(_("That time has passed."))


def agree(*, by: Actor, occasion: Occasion, person_id: UUID, offer: Offer | None = None) -> Errand:
    """Let this helper come to this occasion. `guard` has been passed in the same transaction."""
    seats.take(occasion.id, occasion.municipality_id)
    _must_still_stand(by, occasion, person_id)
    offer = _accepted(occasion, person_id, offer)
    errand = Errand.objects.create(
        municipality_id=occasion.municipality_id,
        occasion=occasion,
        offer=offer,
        helper_id=person_id,
        asker_id=occasion.ask.asker_id,
        door_code=ids.digits(4),
        starts_at=occasion.starts_at,
        ends_at=occasion.ends_at,
        agreed_at=clock.now(),
    )
    _agree_on_outlay(errand, occasion.ask, offer)
    history.record(by=by, verb="errand.agreed", kind="errand", object_id=errand.id, about=errand.asker_id)
    _close_the_rest(by, occasion, person_id)
    settle(by=by, ask_id=occasion.ask_id)
    return errand


def _must_still_stand(by: Actor, occasion: Occasion, person_id: UUID) -> None:
    """Read anew once the occasion is held: meanwhile the ask may have closed, or somebody been protected."""
    ask = Ask.objects.of(by.tenant).filter(id=occasion.ask_id, state=Ask.State.OPEN)
    if not ask.filter(agreement=occasion.ask.agreement).exists():
        raise TooLate(_("This is no longer open."))
    marked = Person.objects.filter(id__in=[person_id, occasion.ask.asker_id])
    if marked.exclude(protection=Person.Protection.NONE).exists() and not by.may(Right.KEEP_PROTECTED):
        raise TooLate(_("This is no longer open."))


def _accepted(occasion: Occasion, person_id: UUID, offer: Offer | None) -> Offer:
    now = clock.now()
    waiting = Offer.objects.of(occasion.municipality_id).filter(
        occasion=occasion, person_id=person_id, state=Offer.State.MADE
    )
    offer = offer or waiting.first()  # invited or placed after having offered: that offer is taken
    if offer is None:
        return Offer.objects.create(
            municipality_id=occasion.municipality_id,
            occasion=occasion,
            person_id=person_id,
            state=Offer.State.ACCEPTED,
            made_at=now,
            answered_at=now,
            responsibility_accepted_at=now,
        )
    made = Offer.objects.of(occasion.municipality_id).filter(id=offer.id, state=Offer.State.MADE)
    if not made.update(state=Offer.State.ACCEPTED, answered_at=now):
        raise TooLate(_("This offer is no longer open."))
    return offer


def _agree_on_outlay(errand: Errand, ask: Ask, offer: Offer) -> None:
    if ask.outlay_ceiling is None:
        return
    Outlay.objects.create(
        errand=errand,
        ceiling=ask.outlay_ceiling,
        how=ask.outlay_how,
        asker_agreed_at=ask.opened_at,
        helper_agreed_at=offer.made_at,
    )


def _close_the_rest(by: Actor, occasion: Occasion, person_id: UUID) -> None:
    """The helper's own invitation is answered, and once the occasion is full all that waits."""
    now = clock.now()
    invitations = Invitation.objects.of(by.tenant).filter(occasion=occasion, state=Invitation.State.SENT)
    invitations.filter(person_id=person_id).update(state=Invitation.State.ACCEPTED, answered_at=now)
    if Occasion.objects.of(by.tenant).filter(id=occasion.id, state=Occasion.State.OPEN).exists():
        return
    supersede_what_waits(by=by, municipality_id=by.tenant, occasion_ids=[occasion.id])


def supersede_what_waits(*, by: Actor, municipality_id: UUID, occasion_ids: list[UUID]) -> int:
    """Offers and invitations that wait for an answer get it: settled in another way. Returns how many."""
    now, count = clock.now(), 0
    Invitation.objects.of(municipality_id).filter(
        occasion_id__in=occasion_ids, state=Invitation.State.SENT
    ).update(state=Invitation.State.SUPERSEDED, answered_at=now)
    waiting = Offer.objects.of(municipality_id).filter(occasion_id__in=occasion_ids, state=Offer.State.MADE)
    for offer_id, person_id in waiting.order_by("made_at", "id").values_list("id", "person_id"):
        mine = Offer.objects.of(municipality_id).filter(id=offer_id, state=Offer.State.MADE)
        if not mine.update(state=Offer.State.SUPERSEDED, answered_at=now):
            continue
        count += 1
        history.record(by=by, verb="offer.superseded", kind="offer", object_id=offer_id, about=person_id)
        messages.tell(municipality_id, person_id, "not_chosen", offer_id)
    return count
