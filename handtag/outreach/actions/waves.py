"""Looking for a helper: at each turn of an ask those who fit best are told, or the search is widened."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

import numpy as np
from django.db import transaction
from django.db.models import Max

from handtag.errands.actions import announcing
from handtag.errands.actions.announcing import Whom
from handtag.errands.models import Ask
from handtag.errands.queries.explaining import why
from handtag.jobs.actions import each_row
from handtag.kernel import clock
from handtag.kernel.actor import Actor, system
from handtag.matching import outreach as policy
from handtag.matching.attention import price_after
from handtag.outreach import messages
from handtag.outreach.models import Attention, Chosen, Wave
from handtag.outreach.queries import answers, situations
from handtag.outreach.queries.coordinators import coordinators
from handtag.outreach.queries.situations import Situation
from handtag.outreach.rules import wall, widening
from handtag.outreach.rules.widening import Standing, Step

AT_A_TIME: Final = 200


def advance_due() -> int:
    """Go on with every ask whose time has come; returns how many people were told."""
    due = Ask.objects.everywhere().filter(state=Ask.State.OPEN, announce_at__lte=clock.now())
    rows = due.order_by("announce_at", "id").values_list("id", "municipality_id")[:AT_A_TIME]
    return each_row({ask_id: partial(advance, by=system(town), ask_id=ask_id) for ask_id, town in rows})


@transaction.atomic
def advance(*, by: Actor, ask_id: UUID) -> int:
    """Take one turn of an ask: tell whom the policy says, widen where it is time; returns how many were told.

    One transaction: of two workers one takes the turn, and one killed in the middle leaves it to be taken.
    """
    ask = announcing.take_turn(by=by, ask_id=ask_id)
    if ask is None:
        return 0
    found = situations.situation(ask)
    if found is None:
        announcing.rest(by=by, ask_id=ask_id, until=None)
        return 0
    step, wave = _decide(found)
    at = found.standing(wave)
    tried = widening.steps(at)
    next_at = _next(found, at, step, wave, tried)
    told = _tell(by, found, step, wave, next_at) if wave.who else 0
    for each in tried:
        _WIDEN[each](by, found, at)
    announcing.rest(by=by, ask_id=ask_id, until=next_at)
    return told


def _decide(found: Situation) -> tuple[Step, policy.Wave]:
    """Whom to tell now: of a weekly ask first who came before, alone; else those who fit best."""
    first = situations.came_before(found)
    if first:
        alone = np.zeros(len(found.near) + len(found.before))
        alone[first] = np.asarray(found.settings.weekly_budget)[first]
        wave = policy.next_wave(found.state, replace(found.settings, weekly_budget=alone, fairness=0.0))
        if wave.who:
            return Step.BEFORE, wave
    return Step.WAVE, policy.next_wave(found.state, found.settings)


def _next(
    found: Situation, at: Standing, step: Step, wave: policy.Wave, tried: Sequence[Step]
) -> datetime | None:
    if step == Step.BEFORE:
        return min(at.now + widening.ALONE, at.now + (at.deadline - at.now) / 4)
    again = None if wave.next_at is None else wall.moment(wave.next_at, found.monday)
    return widening.next_look(at, again, found.wakes_at, tried)


def _tell(by: Actor, found: Situation, step: Step, wave: policy.Wave, next_at: datetime | None) -> int:
    free = _hold(found, [found.near[place].person_id for place in wave.who])
    picked = [
        (found.near[place], reason)
        for place, reason in zip(wave.who, wave.reasons, strict=True)
        if found.near[place].person_id in free
    ]
    if not picked:
        return 0
    chosen = [each for each, _reason in picked]
    reasons = why(found.sought, chosen, telling=True)
    told = announcing.tell(
        by=by,
        ask_id=found.ask.pk,
        who=[Whom(each.person_id, reasons[each.person_id]) for each in chosen],
        version=situations.VERSION,
    )
    reached = {row.person_id for row in told}
    row = _note(
        by,
        found,
        step,
        told=len(told),
        could=found.ready,
        policy=situations.VERSION,
        settings=_said(found),
        state=found.digest,
        next_at=next_at,
    )
    Chosen.objects.bulk_create(
        Chosen(
            wave=row,
            person_id=each.person_id,
            place=place,
            estimate=reason.estimate,
            attention=reason.attention,
            price=reason.price,
        )
        for place, (each, reason) in enumerate(picked, 1)
        if each.person_id in reached
    )
    _spend(found.ask.municipality_id, sorted(reached))
    return len(told)


def _hold(found: Situation, people: Sequence[UUID]) -> set[UUID]:
    """Those of them who still have a question left this week, held: others may tell of other asks."""
    town = found.ask.municipality_id
    new = [Attention(municipality_id=town, person_id=who, since=clock.now()) for who in sorted(people)]
    Attention.objects.bulk_create(new, ignore_conflicts=True)
    held = Attention.objects.of(town).filter(person_id__in=people).order_by("person_id")
    list(held.select_for_update().values_list("pk", flat=True))
    budget = int(np.max(found.settings.weekly_budget, initial=0))
    asked = answers.asked(town, found.ask.service_id, people)
    return {who for who in people if who not in asked or asked[who].in_week < budget}


def _said(found: Situation) -> dict[str, Any]:
    """The settings as they are kept: plain numbers."""
    return {
        "weekly_budget": int(np.max(found.settings.weekly_budget, initial=0)),
        "target": found.settings.target,
        "step": found.settings.step,
        "margin": found.settings.margin,
        "fairness": found.settings.fairness,
        "wider_by": found.sought.wider_by,
        "wanted": found.wanted,
    }


def _spend(town: UUID, people: Sequence[UUID]) -> None:
    """Each has had one question more: the next is worth more elsewhere."""
    now = clock.now()
    rows = list(Attention.objects.of(town).filter(person_id__in=people))
    for row in rows:
        gone = max((now - row.since) / wall.MINUTE, 0.0)
        row.price = float(price_after(row.price, 1, gone, situations.DEFAULT))
        row.since = now
    Attention.objects.of(town).bulk_update(rows, ["price", "since"])


def _ask_for_time(by: Actor, found: Situation, at: Standing) -> None:
    messages.ask_for_another_time(by.tenant, found.ask.asker_id, found.ask.pk)
    _note(by, found, Step.TIME)


def _go_further(by: Actor, found: Situation, at: Standing) -> None:
    metres = at.next_wider or 0
    if announcing.go_further(by=by, ask_id=found.ask.pk, metres=metres):
        _note(by, found, Step.RADIUS, metres=metres)


def _one_more_question(by: Actor, found: Situation, at: Standing) -> None:
    _note(by, found, Step.BUDGET)


def _list(by: Actor, found: Situation, at: Standing) -> None:
    if not announcing.hand_to_coordinators(by=by, ask_id=found.ask.pk):
        return
    _note(by, found, Step.LIST)
    if at.is_urgent:
        for person_id in coordinators(by.tenant, found.ask.service_id):
            messages.tell_coordinator(by.tenant, person_id, found.ask.pk)


def _note(by: Actor, found: Situation, step: Step, **columns: Any) -> Wave:
    return note(by=by, ask_id=found.ask.pk, step=step, **columns)


def note(*, by: Actor, ask_id: UUID, step: Step, **columns: Any) -> Wave:
    """Write down one more thing that was tried; the ask's row is held by the caller."""
    waves = Wave.objects.of(by.tenant).filter(ask_id=ask_id)
    latest = waves.aggregate(latest=Max("number"))["latest"] or 0
    return Wave.objects.create(
        municipality_id=by.tenant,
        ask_id=ask_id,
        number=latest + 1,
        step=step,
        done_by_id=by.person_id,
        at=clock.now(),
        **columns,
    )


_WIDEN: Final = {
    Step.TIME: _ask_for_time,
    Step.RADIUS: _go_further,
    Step.BUDGET: _one_more_question,
    Step.LIST: _list,
}
