"""Whatever is done in whatever order, the state is what the decisions lead to, and losses are told once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from handtag.kernel import clock
from handtag.kernel.errors import Problem
from handtag.permits.actions import (
    AFTER_LOSS,
    apply,
    ask_review,
    decide,
    lapse_expired,
    record_check,
    set_rule,
    settle_waiting,
    withdraw_check,
)
from handtag.permits.models import Check, Permit
from handtag.permits.queries import recomputed
from handtag.permits.rules import STAFF_VERBS, Demand
from handtag.permits.rules.states import LOSSES

KINDS = ("identity", "adult", "interview")


class Lives(RuleBasedStateMachine):
    """One person, one service, and everything that may happen to the permit between them."""

    town: Any
    world: dict[str, Any]

    @initialize()
    def begin(self) -> None:
        self.mark = transaction.savepoint()
        self.day = 0
        self.lost: list[Any] = []
        self.listener = lambda by, permit: self.lost.append(permit.id)
        AFTER_LOSS.append(self.listener)
        apply(by=self.world["helper"], service_id=self.world["service"].id, side="perform")

    def teardown(self) -> None:
        AFTER_LOSS.remove(self.listener)
        transaction.savepoint_rollback(self.mark)

    def now(self) -> Any:
        return clock.travelling(self.world["start"] + timedelta(days=self.day))

    @property
    def permit(self) -> Permit:
        return Permit.objects.of(self.world["town"].id).get()

    @rule()
    def apply_again(self) -> None:
        with self.now():
            apply(by=self.world["helper"], service_id=self.world["service"].id, side="perform")

    @rule()
    def ask_for_a_review(self) -> None:
        with self.now():
            try:
                ask_review(by=self.world["helper"], permit_id=self.permit.id)
            except Problem:
                return

    @rule(verb=st.sampled_from(STAFF_VERBS), who=st.sampled_from(("caseworker", "coordinator")))
    def decide(self, verb: str, who: str) -> None:
        with self.now():
            try:
                decide(by=self.world[who], permit_id=self.permit.id, verb=verb)
            except Problem:
                return

    @rule(kind=st.sampled_from(KINDS))
    def check(self, kind: str) -> None:
        with self.now():
            record_check(by=self.world["caseworker"], person_id=self.permit.person_id, kind=kind)

    @rule()
    def take_back(self) -> None:
        check = Check.objects.of(self.world["town"].id).filter(withdrawn_at=None).first()
        if check:
            with self.now():
                withdraw_check(by=self.world["caseworker"], check_id=check.id)

    @rule(days=st.sampled_from((1, 29, 31, 200)))
    def wait(self, days: int) -> None:
        self.day += days
        with self.now():
            lapse_expired()
            settle_waiting()

    @rule(interview=st.booleans(), automatic=st.booleans(), again=st.booleans())
    def change_the_rule(self, interview: bool, automatic: bool, again: bool) -> None:
        demands = [Demand("identity", months=12), *([Demand("interview", months=6)] if interview else [])]
        with self.now():
            set_rule(
                by=self.world["coordinator"],
                service_id=self.world["service"].id,
                side="perform",
                demands=demands,
                automatic=automatic,
                re_examine=again,
            )

    @invariant()
    def the_state_follows_from_the_decisions(self) -> None:
        permit = self.permit
        assert recomputed(permit) == permit.state
        assert (permit.valid_until is None) or permit.state == "granted"

    @invariant()
    def every_loss_of_a_permit_in_force_was_told_once(self) -> None:
        state, lost = "applied", 0
        for verb in self.permit.decisions.order_by("number").values_list("verb", flat=True):
            lost += state == "granted" and verb in LOSSES
            state = {"renewed": state, "asked_for_more": state}.get(verb) or _after(state, verb)
        assert len(self.lost) == lost

    @invariant()
    def a_review_waits_for_the_latest_decision_alone(self) -> None:
        latest = self.permit.decisions.order_by("-number").first()
        waiting = list(self.permit.reviews.filter(answered_at=None).values_list("decision_id", flat=True))
        assert waiting in ([], [latest.id if latest else None])

    @invariant()
    def numbers_have_no_gaps(self) -> None:
        numbers = list(self.permit.decisions.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))


def _after(state: str, verb: str) -> str:
    from handtag.permits.rules import after

    found = after(state, verb)
    assert found is not None
    return found


@pytest.mark.django_db
def test_the_lives_of_a_permit(town, helper, caseworker, coordinator):
    town.allow_automatic()
    Lives.world = {
        "town": town,
        "helper": helper,
        "caseworker": caseworker,
        "coordinator": coordinator,
        "service": town.service("shopping"),
        "start": clock.now(),
    }
    Lives.TestCase.settings = settings(
        max_examples=25,
        stateful_step_count=15,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    Lives.TestCase().runTest()
