"""How two people come together: offers, invitations, and the three ways to agree."""

from collections.abc import Collection, Sequence
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.errands.actions import announcing, seats
from handtag.errands.actions.agreeing import agree, guard, occasion_of, supersede_what_waits
from handtag.errands.actions.moving import move
from handtag.errands.messages import meeting as messages
from handtag.errands.models import Errand, Invitation, Occasion, Offer, Told
from handtag.errands.queries import eligible
from handtag.errands.queries.asks import is_own, within_reach
from handtag.errands.queries.sought import open_occasions
from handtag.errands.rules.lifecycle import from_states
from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, Problem, TooLate
from handtag.kernel.rights import Right
from handtag.mandates.queries import must_hold as must_act
from handtag.permits.models import Side
from handtag.permits.queries import must_hold

FIRST: Final = "first"


@transaction.atomic
def make_offer(*, by: Actor, occasion_id: UUID) -> Offer:
    """Say: I can come. Where the first helper takes it, the two are agreed at once.

    Whoever calls has shown the text of responsibility and had it accepted.
    """
    return make_offers(by=by, occasion_ids=[occasion_id])[0]


@transaction.atomic
def make_offers(*, by: Actor, occasion_ids: Collection[UUID]) -> list[Offer]:
    """The same for one date of a series, several or all: all of them, or none and the reason."""
    by.must(Right.TAKE_PART)
    if not occasion_ids:
        raise Problem(_("Choose at least one day."), field="occasions")
    occasions = [occasion_of(by, each) for each in sorted(set(occasion_ids))]
    if len({each.ask_id for each in occasions}) > 1:
        raise NotFound("occasions of several asks")
    if not eligible.may_take(by, occasions[0].ask_id):
        raise NotFound("ask")
    offers = [_offer(by, each) for each in occasions]
    announcing.note_yes(by=by, ask_id=occasions[0].ask_id, person_id=by.hands)
    return offers


def _offer(by: Actor, occasion: Occasion) -> Offer:
    guard(occasion, by.hands)
    if occasion.ask.agreement == FIRST:
        return _take(by, occasion)
    _must_have_room(by, occasion)
    offer = Offer.objects.create(
        municipality_id=by.tenant,
        occasion=occasion,
        person_id=by.hands,
        made_at=clock.now(),
        responsibility_accepted_at=clock.now(),
    )
    asker_id = occasion.ask.asker_id
    history.record(by=by, verb="offer.made", kind="offer", object_id=offer.id, about=asker_id)
    messages.tell(by.tenant, asker_id, "offered", offer.id, ask_id=occasion.ask_id)
    return offer


def _take(by: Actor, occasion: Occasion) -> Offer:
    errand = agree(by=by, occasion=occasion, person_id=by.hands)
    messages.tell(by.tenant, errand.asker_id, "agreed", errand.id)
    return errand.offer


def _must_have_room(by: Actor, occasion: Occasion) -> None:
    """A place is left and one has not offered already; the helper is held, so not twice at once."""
    if not open_occasions(by.tenant).filter(id=occasion.id).exists():
        raise TooLate(_("Somebody else has just said yes to this. Thank you for wanting to help!"))
    in_force = (Offer.State.MADE, Offer.State.ACCEPTED)
    if Offer.objects.of(by.tenant).filter(occasion=occasion, person_id=by.hands, state__in=in_force).exists():
        raise TooLate(_("You have already offered to help with this."))


@transaction.atomic
def accept_offer(*, by: Actor, offer_id: UUID) -> Errand:
    """The asker chooses this helper; or whoever steers asks does it for them. Nobody chooses themselves."""
    offer = _offer_to(by, offer_id)
    if by.behalf_of is not None and offer.person_id == by.person_id:
        raise Problem(_("You have offered to come yourself. The person you help chooses, or we do: ring us."))
    occasion = occasion_of(by, offer.occasion_id)
    guard(occasion, offer.person_id)
    errand = agree(by=by, occasion=occasion, person_id=offer.person_id, offer=offer)
    history.record(by=by, verb="offer.accepted", kind="offer", object_id=offer.id, about=offer.person_id)
    messages.tell(by.tenant, offer.person_id, "chosen", errand.id)
    return errand


@transaction.atomic
def decline_offer(*, by: Actor, offer_id: UUID) -> Offer:
    """The asker says no to this offer, kindly."""
    offer = _offer_to(by, offer_id)
    _answer(by, offer, Offer.State.DECLINED)
    messages.tell(by.tenant, offer.person_id, "not_chosen", offer.id)
    announcing.look_again(by=by, ask_id=offer.occasion.ask_id)
    return offer


@transaction.atomic
def withdraw_offer(*, by: Actor, offer_id: UUID) -> Offer:
    """The helper takes back an offer that nobody has answered."""
    by.must(Right.TAKE_PART)
    offer = Offer.objects.of(by.tenant).filter(id=offer_id, person_id=by.hands).first()
    if offer is None:
        raise NotFound("offer")
    _answer(by, offer, Offer.State.WITHDRAWN)
    announcing.look_again(by=by, ask_id=offer.occasion.ask_id)
    return offer


def _offer_to(by: Actor, offer_id: UUID) -> Offer:
    """An offer that this actor may answer: the asker's own, or for who steers asks any."""
    must_act(by)
    offers = Offer.objects.of(by.tenant).select_related("occasion__ask")
    offer = offers.filter(id=offer_id).first()
    if offer is None:
        raise NotFound("offer")
    ask = offer.occasion.ask
    if not is_own(by, ask):
        if not within_reach(by, ask.service_id):
            raise NotFound("offer")
        _officers_alone(by, ask.asker_id)
    return offer


def _answer(by: Actor, offer: Offer, state: Offer.State) -> None:
    made = Offer.objects.of(by.tenant).filter(id=offer.id, state=Offer.State.MADE)
    if not made.update(state=state, answered_at=clock.now()):
        raise TooLate(_("This offer is no longer open."))
    history.record(by=by, verb=f"offer.{state}", kind="offer", object_id=offer.id, about=offer.person_id)


@transaction.atomic
def invite(*, by: Actor, occasion_id: UUID, person_id: UUID) -> Invitation:
    """The municipality asks one helper whether they would come; nothing is agreed until they say yes."""
    occasion = _steered(by, occasion_id)
    must_hold(person_id=person_id, service_id=occasion.ask.service_id, side=Side.PERFORM)
    _must_suit(by, occasion, person_id)
    # Held, so that of two who ask the same helper one is too late, and nobody is asked for a full one.
    seats.lock_occasions(by.tenant, [occasion_id])
    _must_be_open(by, occasion_id)
    invitations = Invitation.objects.of(by.tenant).filter(occasion=occasion, person_id=person_id)
    if invitations.filter(state=Invitation.State.SENT).exists():
        raise TooLate(_("This helper has been asked already and has not answered yet."))
    invitation = Invitation.objects.create(
        municipality_id=by.tenant, occasion=occasion, person_id=person_id, sent_at=clock.now()
    )
    history.record(by=by, verb="invitation.sent", kind="invitation", object_id=invitation.id, about=person_id)
    announcing.spare(by=by, ask_id=occasion.ask_id, person_id=person_id)
    messages.tell(by.tenant, person_id, "invited", invitation.id, ask_id=occasion.ask_id)
    return invitation


@transaction.atomic
def answer_invitation(*, by: Actor, invitation_id: UUID, yes: bool) -> Errand | None:
    """The helper says yes, and the two are agreed; or no."""
    by.must(Right.TAKE_PART)
    invitation = Invitation.objects.of(by.tenant).filter(id=invitation_id, person_id=by.hands).first()
    if invitation is None:
        raise NotFound("invitation")
    if not yes:
        _answered(by, invitation, Invitation.State.DECLINED)
        announcing.look_again(by=by, ask_id=invitation.occasion.ask_id)
        return None
    occasion = occasion_of(by, invitation.occasion_id)
    guard(occasion, by.hands)
    # Before the invitation: who takes the last place holds the occasion and closes the others' invitations.
    seats.lock_occasions(by.tenant, [occasion.id])
    _answered(by, invitation, Invitation.State.ACCEPTED)
    errand = agree(by=by, occasion=occasion, person_id=by.hands)
    announcing.note_yes(by=by, ask_id=occasion.ask_id, person_id=by.hands)
    messages.tell(by.tenant, errand.asker_id, "agreed", errand.id)
    return errand


def _answered(by: Actor, invitation: Invitation, state: Invitation.State) -> None:
    sent = Invitation.objects.of(by.tenant).filter(id=invitation.id, state=Invitation.State.SENT)
    if not sent.update(state=state, answered_at=clock.now()):
        raise TooLate(_("This has been settled in another way. Thank you!"))
    history.record(
        by=by,
        verb=f"invitation.{state}",
        kind="invitation",
        object_id=invitation.id,
        about=invitation.person_id,
    )


@transaction.atomic
def place(*, by: Actor, occasion_id: UUID, person_id: UUID) -> Errand:
    """A coordinator writes down what was agreed with the helper by phone: the two are agreed at once."""
    occasion = _steered(by, occasion_id)
    _must_suit(by, occasion, person_id)
    guard(occasion, person_id)
    errand = agree(by=by, occasion=occasion, person_id=person_id)
    messages.tell(by.tenant, errand.asker_id, "agreed", errand.id)
    messages.tell(by.tenant, person_id, "chosen", errand.id)
    return errand


def _steered(by: Actor, occasion_id: UUID) -> Occasion:
    by.must(Right.STEER_ASKS)
    occasion = occasion_of(by, occasion_id)
    if not within_reach(by, occasion.ask.service_id):
        raise NotFound("occasion")
    _officers_alone(by, occasion.ask.asker_id)
    _must_be_open(by, occasion_id)
    return occasion


def _must_be_open(by: Actor, occasion_id: UUID) -> None:
    if not open_occasions(by.tenant).filter(id=occasion_id).exists():
        raise TooLate(_("This is no longer open."))


def _must_suit(by: Actor, occasion: Occasion, person_id: UUID) -> None:
    _officers_alone(by, person_id)
    asker_id = occasion.ask.asker_id
    if person_id == asker_id or eligible.are_blocked(by.tenant, person_id, asker_id):
        raise Problem(_("These two cannot be brought together."))


def _officers_alone(by: Actor, person_id: UUID) -> None:
    if eligible.is_protected(person_id) and not by.may(Right.KEEP_PROTECTED):
        raise NotFound("protected")


@transaction.atomic
def decline_ask(*, by: Actor, ask_id: UUID) -> None:
    """The helper does not want to see this ask again; nobody else learns of it."""
    by.must(Right.TAKE_PART)
    if not eligible.may_take(by, ask_id):
        raise NotFound("ask")
    now = clock.now()
    told, _made = Told.objects.of(by.tenant).get_or_create(
        ask_id=ask_id, person_id=by.hands, defaults={"municipality_id": by.tenant, "wave": 0, "told_at": now}
    )
    Told.objects.of(by.tenant).filter(id=told.id).update(declined_at=now, seen_at=told.seen_at or now)
    history.record(by=by, verb="ask.declined", kind="ask", object_id=ask_id, about=by.hands)
    announcing.look_again(by=by, ask_id=ask_id)


@transaction.atomic
def reconsider_ask(*, by: Actor, ask_id: UUID) -> None:
    """Take back a no."""
    by.must(Right.TAKE_PART)
    told = Told.objects.of(by.tenant).filter(ask_id=ask_id, person_id=by.hands)
    if not told.exclude(declined_at=None).update(declined_at=None):
        raise NotFound("ask")
    history.record(by=by, verb="ask.reconsidered", kind="ask", object_id=ask_id, about=by.hands)


@transaction.atomic
def cancel_errands_of(*, by: Actor, occasion_ids: Sequence[UUID]) -> int:
    """The asker's side calls off what was agreed for these occasions; returns how many errands.

    The caller has asked for the right, and settles the state of the occasions and the ask.
    """
    seats.lock_occasions(by.tenant, occasion_ids)
    count = 0
    agreed = Errand.objects.of(by.tenant).filter(
        occasion_id__in=occasion_ids, state__in=from_states("cancel_by_asker")
    )
    for errand in agreed.order_by("id"):
        move(by=by, errand=errand, verb="cancel_by_asker", about=errand.helper_id)
        messages.tell(by.tenant, errand.helper_id, "asker_cancelled", errand.id)
        count += 1
    supersede_what_waits(by=by, municipality_id=by.tenant, occasion_ids=list(occasion_ids))
    seats.recount(by.tenant, occasion_ids)
    return count


@transaction.atomic
def supersede(*, by: Actor, occasion_ids: Sequence[UUID]) -> int:
    """Answer offers and invitations that no longer fit, as when the asker changes the time."""
    return supersede_what_waits(by=by, municipality_id=by.tenant, occasion_ids=list(occasion_ids))
