"""The worker's duties: each by one worker, again after its time, parked after five failures."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from handtag.jobs import actions, queries, rules
from handtag.jobs.models import Duty
from handtag.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A single registered duty that notes when it runs."""
    ran: list[str] = []
    monkeypatch.setattr(actions, "DUTIES", {})
    actions.duty("test.note", every=timedelta(minutes=1))(lambda: ran.append("ran"))
    actions.prepare()
    return ran


def test_a_duty_is_done_when_due_and_not_before_its_time(done: list[str]) -> None:
    assert actions.run_due() == 1
    assert actions.run_due() == 0
    with clock.travelling(clock.now() + timedelta(seconds=61)):
        assert actions.run_due() == 1
    assert done == ["ran", "ran"]


def test_five_failures_park_a_duty_and_a_retry_frees_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "DUTIES", {})
    actions.duty("test.fail", every=timedelta(minutes=1))(lambda: 1 // 0)
    actions.prepare()
    now = clock.now()
    for attempt in range(rules.MOST_FAILURES + 2):
        with clock.travelling(now + timedelta(hours=attempt)):
            actions.run_due()
    duty = Duty.objects.get(name="test.fail")
    assert (duty.parked, duty.failures, duty.last_error) == (True, rules.MOST_FAILURES, "ZeroDivisionError")
    assert actions.retry("test.fail")
    assert not Duty.objects.get(name="test.fail").parked


def test_a_dead_workers_duty_is_taken_over(done: list[str]) -> None:
    Duty.objects.update(claimed_until=clock.now() + rules.LONGEST_RUN)
    assert actions.run_due() == 0
    with clock.travelling(clock.now() + rules.LONGEST_RUN + timedelta(seconds=1)):
        assert actions.run_due() == 1
    assert done == ["ran"]


def test_a_silent_worker_is_not_alive() -> None:
    actions.beat("worker-1")
    assert queries.a_worker_lives()
    with clock.travelling(clock.now() + timedelta(minutes=2)):
        assert not queries.a_worker_lives()


@pytest.mark.race
def test_several_workers_do_a_duty_once(done: list[str], at_once: Callable[..., list[Any]]) -> None:
    assert sum(at_once(*[actions.run_due] * 4)) == 1
    assert done == ["ran"]
