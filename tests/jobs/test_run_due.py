"""The worker's duties: each by one worker, again after its time, parked after five failures."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError, connection

from handtag.jobs import actions, queries, rules
from handtag.jobs.models import Duty
from handtag.kernel import clock
from handtag.operations.queries import health

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


def test_what_is_known_to_be_left_by_a_dead_worker_is_free_at_once(done: list[str]) -> None:
    held = Duty.objects.filter(name="test.note")
    actions._claim("test.note", "here-7")
    for living in ("here-7", "here-7 elsewhere-1"):
        assert actions.take_over(living.split().__contains__) == 0
        assert actions.run_due() == 0
    assert actions.take_over("elsewhere-1".__eq__) == 1
    assert actions.run_due(worker="here-8") == 1
    assert (held.get().claimed_until, held.get().claimed_by) == (None, "")


def test_nobody_takes_over_what_nobody_has(done: list[str]) -> None:
    actions.run_due(worker="here-7")
    assert actions.take_over(lambda _worker: False) == 0


def test_a_silent_worker_is_not_alive() -> None:
    actions.beat("worker-1")
    assert queries.a_worker_lives()
    with clock.travelling(clock.now() + timedelta(minutes=2)):
        assert not queries.a_worker_lives()


@pytest.mark.race
def test_several_workers_do_a_duty_once(done: list[str], at_once: Callable[..., list[Any]]) -> None:
    assert sum(at_once(*[actions.run_due] * 4)) == 1
    assert done == ["ran"]


def test_a_row_that_fails_is_skipped_named_and_undone(caplog: pytest.LogCaptureFixture) -> None:
    bad, good = uuid4(), uuid4()

    def half() -> int:
        Duty.objects.create(name="half a deed")
        return 1 // 0

    with pytest.raises(actions.RowsFailed, match="ZeroDivisionError") as some:
        actions.each_row({bad: half, good: lambda: 3})
    assert some.value.done == 3
    assert not Duty.objects.filter(name="half a deed").exists()
    assert [getattr(record, "row", "") for record in caplog.records] == [str(bad)]


def test_without_a_database_no_further_row_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    def away() -> int:
        tried.append(1)
        raise OperationalError

    monkeypatch.setattr(connection, "is_usable", lambda: False)
    with pytest.raises(OperationalError):
        actions.each_row({uuid4(): away, uuid4(): away})
    assert tried == [1]


def test_a_duty_of_which_rows_fail_is_seen_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    rows: dict[UUID, Callable[[], int]] = {uuid4(): lambda: 1 // 0}

    def last() -> int:
        done.append("ran")
        return 1

    monkeypatch.setattr(actions, "DUTIES", {})
    actions.duty("test.rows", every=timedelta(minutes=1))(
        lambda: actions.in_turn(lambda: actions.each_row(rows), last)
    )
    actions.prepare()
    start = clock.now()
    times = rules.MOST_FAILURES + 2
    for minute in range(times):
        with clock.travelling(start + timedelta(minutes=minute, seconds=minute)):
            actions.run_due()
    duty = Duty.objects.get(name="test.rows")
    assert (len(done), duty.parked, duty.last_error) == (times, False, "some rows: ZeroDivisionError")
    assert health.gauges()["handtag_duties_failing"] == 1
    rows.clear()
    with clock.travelling(start + timedelta(hours=1)):
        actions.run_due()
    assert Duty.objects.get(name="test.rows").last_error == ""
