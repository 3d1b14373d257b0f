"""Closing what time has closed: both sides are asked how it went, then the municipality takes over."""

from functools import partial
from typing import Final

from django.db import transaction

from handtag.errands.actions.errand import AFTER_UNCONFIRMED
from handtag.errands.actions.moving import move
from handtag.errands.messages import meeting as messages
from handtag.errands.models import Errand
from handtag.errands.rules import lifecycle
from handtag.history import actions as history
from handtag.jobs.actions import each_row, in_turn
from handtag.kernel import clock
from handtag.kernel.actor import system
from handtag.kernel.errors import TooLate

AT_A_TIME: Final = 200


def close_due() -> int:
    """Ask both sides how it went after a day of silence, hand over after three; returns how many."""
    return in_turn(_ask_due, _hand_over_due)


def _ask_due() -> int:
    overdue = Errand.objects.everywhere().filter(
        state__in=lifecycle.from_states("leave_unconfirmed"),
        ends_at__lte=clock.now() - lifecycle.ASK_BOTH_AFTER,
    )
    return each_row({row.id: partial(_ask_both, row) for row in overdue.order_by("ends_at")[:AT_A_TIME]})


def _hand_over_due() -> int:
    left = Errand.objects.everywhere().filter(
        state=Errand.State.UNCONFIRMED,
        ends_at__lte=clock.now() - lifecycle.HAND_OVER_AFTER,
        handed_over_at=None,
    )
    return each_row({row.id: partial(_hand_over, row) for row in left.order_by("ends_at")[:AT_A_TIME]})


@transaction.atomic
def _ask_both(errand: Errand) -> bool:
    by = system(errand.municipality_id)
    try:
        move(by=by, errand=errand, verb="leave_unconfirmed")
    except TooLate:
        return False
    for person_id in (errand.helper_id, errand.asker_id):
        messages.tell(errand.municipality_id, person_id, "how_did_it_go", errand.id)
    return True


@transaction.atomic
def _hand_over(errand: Errand) -> bool:
    by = system(errand.municipality_id)
    mine = Errand.objects.of(errand.municipality_id).filter(
        id=errand.id, state=Errand.State.UNCONFIRMED, handed_over_at=None
    )
    if not mine.update(handed_over_at=clock.now()):
        return False
    history.record(by=by, verb="errand.handed_over", kind="errand", object_id=errand.id)
    errand.refresh_from_db()
    for consequence in AFTER_UNCONFIRMED:
        consequence(by, errand)
    return True
