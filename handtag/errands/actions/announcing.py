"""Telling the helpers who fit an ask best: ten on opening, ten more after two hours, never at night."""

from functools import partial
from typing import Final
from uuid import UUID

from django.db import transaction

from handtag.errands.actions.errand import AFTER_UNCONFIRMED
from handtag.errands.actions.moving import move
from handtag.errands.messages import meeting as messages
from handtag.errands.models import Ask, Errand, Told
from handtag.errands.queries import eligible, suggesting
from handtag.errands.rules import lifecycle, telling
from handtag.history import actions as history
from handtag.jobs.actions import each_row, in_turn
from handtag.kernel import clock
from handtag.kernel.actor import Actor, system
from handtag.kernel.errors import TooLate

AT_A_TIME: Final = 200


def announce_due() -> int:
    """Tell of every ask whose time has come; returns how many people were told."""
    due = Ask.objects.everywhere().filter(state=Ask.State.OPEN, announce_at__lte=clock.now())
    rows = due.order_by("announce_at", "id").values_list("id", "municipality_id")[:AT_A_TIME]
    return each_row({ask_id: partial(announce, by=system(town), ask_id=ask_id) for ask_id, town in rows})


@transaction.atomic
def announce(*, by: Actor, ask_id: UUID) -> int:
    """Tell the ten who fit best of those not told yet; returns how many. At night it waits for the morning.

    The wave is taken by compare and swap, so that of two workers one tells.
    """
    now = clock.now()
    ask = Ask.objects.of(by.tenant).filter(id=ask_id, state=Ask.State.OPEN).first()
    if ask is None or ask.announce_at is None or ask.announce_at > now:
        return 0
    mine = Ask.objects.of(by.tenant).filter(
        id=ask_id, state=Ask.State.OPEN, waves=ask.waves, announce_at=ask.announce_at
    )
    morning = clock.not_at_night(now)
    if morning > now:
        mine.update(announce_at=morning)
        return 0
    if not mine.update(waves=ask.waves + 1, announce_at=telling.next_wave(now)):
        return 0
    return _tell_the_best(by, ask_id, ask.waves + 1)


def _tell_the_best(by: Actor, ask_id: UUID, wave: int) -> int:
    sought = eligible.sought(by.tenant, ask_id)
    best = suggesting.suggestions(sought, telling.AT_ONCE) if sought and sought.slots else []
    if not best:
        # Nobody is left to tell; somebody may come along, so it is looked at again with every wave.
        return 0
    now = clock.now()
    for each in best:
        told = Told.objects.create(
            municipality_id=by.tenant,
            ask_id=ask_id,
            person_id=each.person_id,
            wave=wave,
            reasons=[list(reason) for reason in each.reasons],
            told_at=now,
        )
        messages.tell(by.tenant, each.person_id, "asked", told.id, ask_id=ask_id)
    history.record(
        by=by,
        verb="ask.announced",
        kind="ask",
        object_id=ask_id,
        wave=wave,
        told=len(best),
        weights=best[0].version,
    )
    return len(best)


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
