"""An errand goes from one state to the next: compare and swap, its trace, a new version for calendars."""

from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from handtag.errands.models import Errand, Offer
from handtag.errands.rules import lifecycle
from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import TooLate

# What each deed is called in the book.
VERBS = {
    "start": "errand.started",
    "unstart": "errand.start_undone",
    "complete": "errand.completed",
    "uncomplete": "errand.completion_undone",
    "cancel_by_helper": "errand.cancelled_by_helper",
    "cancel_by_asker": "errand.cancelled_by_asker",
    "miss": "errand.missed",
    "leave_unconfirmed": "errand.unconfirmed",
    "report": "errand.reported",
}
_COLUMNS: dict[str, tuple[str, ...]] = {
    "start": ("started_at",),
    "complete": ("ended_at",),
    "cancel_by_helper": ("ended_at",),
    "cancel_by_asker": ("ended_at",),
    "miss": ("ended_at",),
    "leave_unconfirmed": ("asked_at",),
}
_CLEARED: dict[str, tuple[str, ...]] = {"unstart": ("started_at",), "uncomplete": ("ended_at",)}


def move(
    *, by: Actor, errand: Errand, verb: str, about: UUID | None = None, reason: str = "", **columns: Any
) -> Errand:
    """Do `verb` to an errand, or say that it is too late; one row changed means that it was ours to do."""
    now = clock.now()
    times = dict.fromkeys(_COLUMNS.get(verb, ()), now) | dict.fromkeys(_CLEARED.get(verb, ()))
    allowed = lifecycle.from_states(verb)
    target = next(verbs[verb] for verbs in lifecycle.ERRAND.values() if verb in verbs)
    moved = (
        Errand.objects.of(errand.municipality_id)
        .filter(id=errand.id, state__in=allowed)
        .update(state=target, feed_sequence=F("feed_sequence") + 1, **times, **columns)
    )
    if not moved:
        raise TooLate(_("This errand has moved on. Open the page again to see how it stands."))
    history.record(
        by=by, verb=VERBS[verb], kind="errand", object_id=errand.id, about=about, reason=reason, **columns
    )
    errand.refresh_from_db()
    if target in lifecycle.CANCELLED:
        _release(errand)
    return errand


def _release(errand: Errand) -> None:
    """The offer that led here is in force no more: the same helper may offer again, or be placed again."""
    Offer.objects.of(errand.municipality_id).filter(id=errand.offer_id).update(
        state=Offer.State.WITHDRAWN, answered_at=clock.now()
    )
