"""What is tried when nobody says yes: each step at its time, once; the arithmetic without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handtag.outreach.rules import widening
from handtag.outreach.rules.widening import Standing, Step, next_look, steps

NOON = datetime(2026, 11, 19, 11, tzinfo=UTC)
DAY = timedelta(days=1)
CALM = Standing(
    now=NOON,
    posted=NOON,
    deadline=NOON + 2 * DAY,
    fresh=5,
    ready=5,
    pending=0,
    last_told=None,
    has_yes=False,
    next_wider=2_000,
    wider_by=0,
    taken=frozenset(),
    is_listed=False,
    goes_on=True,
    told_now=True,
)


def test_nothing_but_waves_at_first() -> None:
    assert steps(CALM) == []


def test_nothing_while_somebody_has_said_yes() -> None:
    assert steps(replace(CALM, fresh=0, now=NOON + 40 * timedelta(hours=1), has_yes=True)) == []


def test_the_asker_is_asked_for_another_time_when_a_quarter_has_gone_and_once() -> None:
    later = replace(CALM, now=NOON + DAY / 2)
    assert steps(later) == [Step.TIME]
    assert steps(replace(later, taken=frozenset({Step.TIME}))) == []
    assert steps(replace(CALM, deadline=NOON + timedelta(hours=11), now=NOON + timedelta(hours=4))) == []


def test_further_away_when_nobody_nearer_is_left() -> None:
    nobody = replace(CALM, fresh=0, ready=0, taken=frozenset({Step.TIME}))
    assert steps(nobody) == [Step.RADIUS]
    assert steps(replace(nobody, next_wider=20_000)) == [Step.LIST]
    assert steps(replace(nobody, next_wider=None)) == [Step.LIST]


def test_those_asked_last_have_time_to_answer_first() -> None:
    asked = replace(CALM, fresh=0, pending=1, last_told=NOON, taken=frozenset({Step.TIME}))
    assert steps(replace(asked, now=NOON + timedelta(minutes=59))) == []
    assert steps(replace(asked, now=NOON + timedelta(minutes=60))) == [Step.RADIUS]


def test_one_question_more_in_the_week_for_urgent_asks_alone() -> None:
    spent = replace(CALM, ready=0)
    assert steps(spent) == []
    urgent = replace(spent, deadline=NOON + timedelta(hours=3))
    assert steps(urgent) == [Step.BUDGET]
    assert steps(replace(urgent, taken=frozenset({Step.BUDGET}))) == []


@pytest.mark.parametrize("lead", [timedelta(hours=3), 2 * DAY, 20 * DAY])
def test_the_coordinators_list_at_half_the_time(lead: timedelta) -> None:
    half = replace(CALM, deadline=NOON + lead, now=NOON + lead / 2, taken=frozenset({Step.TIME}))
    assert steps(half) == [Step.LIST]
    assert steps(replace(half, is_listed=True)) == []
    assert steps(replace(half, now=half.now - timedelta(seconds=1))) == []


def test_or_at_once_when_nobody_can_be_told_in_time() -> None:
    assert steps(replace(CALM, goes_on=False, told_now=False)) == [Step.LIST]
    assert steps(replace(CALM, goes_on=False, pending=1, last_told=NOON)) == []


def test_the_next_look_is_never_later_than_a_step_is_due() -> None:
    soon = next_look(CALM, NOON + 9 * DAY, None, [])
    assert soon == NOON + widening.LOOK_AGAIN
    almost = replace(CALM, now=NOON + DAY - timedelta(minutes=3))
    assert next_look(almost, None, None, []) == NOON + DAY
    assert next_look(CALM, NOON + timedelta(minutes=7), None, []) == NOON + timedelta(minutes=7)


def test_it_is_looked_at_when_the_first_of_them_wakes() -> None:
    wakes = NOON + timedelta(minutes=30)
    assert next_look(CALM, None, wakes, []) == wakes
    assert next_look(CALM, NOON + timedelta(minutes=7), wakes, []) == NOON + timedelta(minutes=7)


def test_and_when_those_who_were_asked_last_have_had_their_time() -> None:
    asked = replace(CALM, fresh=0, ready=0, pending=1, last_told=NOON - timedelta(minutes=4))
    assert next_look(asked, None, None, []) == asked.last_told + widening.PATIENCE
    urgent = replace(asked, deadline=NOON + timedelta(hours=3))
    assert next_look(urgent, None, None, []) == asked.last_told + widening.URGENT_PATIENCE
    assert next_look(replace(asked, fresh=1), None, None, []) == NOON + widening.LOOK_AGAIN


def test_after_a_turn_that_told_nobody_it_is_not_looked_at_every_minute() -> None:
    idle = replace(CALM, told_now=False)
    assert next_look(idle, NOON + timedelta(minutes=5), None, []) == NOON + 2 * DAY / widening.PART


def test_when_the_time_has_come_nobody_looks_any_more() -> None:
    assert next_look(replace(CALM, now=CALM.deadline), None, None, []) is None


def test_a_step_that_reaches_more_is_followed_by_a_look() -> None:
    assert next_look(CALM, None, None, [Step.RADIUS]) == NOON + widening.SOON
