"""Time passes: warnings 30 and 7 days before, running out, renewal."""

from datetime import datetime, time, timedelta

import pytest

from handtag.jobs.actions import RowsFailed
from handtag.kernel import clock
from handtag.permits import actions
from handtag.permits.actions import apply, decide, lapse_expired, passing, record_check, warn_before
from handtag.permits.models import Permit
from handtag.permits.queries import NoPermit, holds, must_hold
from handtag.permits.tasks import pass_time


@pytest.fixture
def permit(town, helper, caseworker, meets):
    """Holds 24 months by its interview and reference."""
    meets(helper, "identity", "interview", "reference")
    applied = apply(by=helper, service_id=town.service("care_companion").id, side="perform")
    return decide(by=caseworker, permit_id=applied.id, verb="granted")


def on(day):
    return clock.travelling(clock.at(day, time(12)))


def now(permit):
    return Permit.objects.everywhere().get(id=permit.id)


def kinds(town):
    return list(town.letters().order_by("created_at", "id").values_list("kind", flat=True))


def test_it_holds_to_the_end_of_its_last_day_and_then_no_more(town, permit, losses):
    last = permit.valid_until
    who = {"person_id": permit.person_id, "service_id": permit.service_id, "side": "perform"}
    with on(last):
        assert lapse_expired() == 0
        assert holds(**who)
    with on(last + timedelta(days=1)):
        assert not holds(**who)
        with pytest.raises(NoPermit):
            must_hold(**who)
        assert lapse_expired() == 1
        assert lapse_expired() == 0
    decision = permit.decisions.get(number=2)
    assert (decision.verb, decision.reason_code, decision.decided_by_id) == ("lapsed", "check_expired", None)
    assert losses == [permit.id]
    assert kinds(town)[-1] == "permit.lapsed"


def test_the_day_is_a_swedish_day(permit):
    late = datetime.combine(permit.valid_until, time(23, 30), tzinfo=clock.LOCAL)
    with clock.travelling(late):
        assert lapse_expired() == 0
    with clock.travelling(late + timedelta(hours=1)):
        assert lapse_expired() == 1


def test_people_are_told_30_and_7_days_before_once_each(town, permit):
    said = []
    for days in (31, 30, 29, 8, 7, 6, 0):
        with on(permit.valid_until - timedelta(days=days)):
            said.append(warn_before() + warn_before())
    assert said == [0, 1, 0, 0, 1, 0, 0]
    assert kinds(town).count("permit.runs_out") == 2


def test_who_is_first_seen_in_the_last_week_is_told_once(town, permit):
    with on(permit.valid_until - timedelta(days=3)):
        assert warn_before() == 1
        assert warn_before() == 0


def test_a_newer_check_renews_it_and_the_warnings_begin_anew(town, permit, helper, caseworker):
    with on(permit.valid_until - timedelta(days=20)):
        warn_before()
        for kind in ("interview", "reference"):
            record_check(by=caseworker, person_id=helper.person, kind=kind)
        held = now(permit)
        assert held.valid_until > permit.valid_until
        assert held.warned_days is None
        assert warn_before() == 0
    assert permit.decisions.last().verb == "renewed"


def test_its_own_time_runs_from_the_day_it_was_given(town, helper, caseworker, permit):
    given = clock.today()
    with on(given + timedelta(days=700)):
        for kind in ("interview", "reference"):
            record_check(by=caseworker, person_id=helper.person, kind=kind)
        held = now(permit).valid_until
        assert (held.year, held.month, held.day) == (given.year + 3, given.month, given.day)


def test_what_ran_out_goes_back_to_the_queue_when_it_is_met_anew(permit, helper, caseworker):
    with on(permit.valid_until + timedelta(days=1)):
        lapse_expired()
        record_check(by=caseworker, person_id=helper.person, kind="interview")
        assert now(permit).state == "lapsed"
        record_check(by=caseworker, person_id=helper.person, kind="reference")
        assert now(permit).state == "applied"


def test_the_hourly_duty_does_all_of_it(permit):
    with on(permit.valid_until + timedelta(days=1)):
        pass_time()
    assert now(permit).state == "lapsed"


@pytest.mark.race
def test_two_workers_lapse_it_once(town, helper, caseworker, meets, at_once):
    meets(helper, "identity", "interview", "reference")
    applied = apply(by=helper, service_id=town.service("care_companion").id, side="perform")
    held = decide(by=caseworker, permit_id=applied.id, verb="granted")

    def work():
        with on(clock.today() + timedelta(days=1200)):
            return lapse_expired()

    assert sum(at_once(*[work] * 4)) == 1
    assert held.decisions.count() == 2


def test_a_permit_that_cannot_run_out_holds_up_nothing_else(permit, monkeypatch):
    def stuck(*_args):
        raise ValueError("this one alone")

    def settle():
        warned.append("settled")
        return 0

    warned: list[str] = []
    monkeypatch.setattr(passing, "standing", stuck)
    monkeypatch.setattr(actions, "settle_waiting", settle)
    with on(permit.valid_until + timedelta(days=1)), pytest.raises(RowsFailed):
        pass_time()
    assert (now(permit).state, warned) == ("granted", ["settled"])
