"""What need not be sent any more: of an invitation, an offer or an errand that is over meanwhile."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from handtag.errands.models import Ask, Errand, Invitation, Offer, Told
from handtag.errands.rules import lifecycle
from handtag.kernel import clock


def is_pointless(kind: str, about_id: UUID) -> bool:
    """Whether a notice of this kind about this row would tell of what is no more."""
    still = _STILL.get(kind)
    return still is not None and not still(about_id)


def _invited(invitation_id: UUID) -> bool:
    rows = Invitation.objects.everywhere().filter(id=invitation_id, state=Invitation.State.SENT)
    return rows.filter(occasion__starts_at__gt=clock.now()).exists()


def _offered(offer_id: UUID) -> bool:
    rows = Offer.objects.everywhere().filter(id=offer_id, state=Offer.State.MADE)
    return rows.filter(occasion__starts_at__gt=clock.now()).exists()


def _asked(told_id: UUID) -> bool:
    rows = Told.objects.everywhere().filter(id=told_id, declined_at=None, ask__state=Ask.State.OPEN)
    return rows.filter(ask__occasions__starts_at__gt=clock.now()).exists()


def _read_first(question_id: UUID) -> bool:
    """What applies is sent before a yes, to an invitation or to an ask that one was told of."""
    return _invited(question_id) or _asked(question_id)


def _coming(errand_id: UUID) -> bool:
    rows = Errand.objects.everywhere().filter(id=errand_id, state__in=sorted(lifecycle.BOOKED))
    return rows.filter(ends_at__gt=clock.now()).exists()


def _unconfirmed(errand_id: UUID) -> bool:
    return Errand.objects.everywhere().filter(id=errand_id, state=Errand.State.UNCONFIRMED).exists()


_STILL: Final[dict[str, Callable[[UUID], bool]]] = {
    "invitation.sent": _invited,
    "sms.responsibility": _read_first,
    "offer.made": _offered,
    "ask.open": _asked,
    "offer.accepted": _coming,
    "errand.agreed": _coming,
    "sms.facts": _coming,
    "errand.unconfirmed": _unconfirmed,
}
