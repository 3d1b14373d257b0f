"""After whatever sequence of deeds: filled is the number of errands in force, and never more than wanted."""

import contextlib
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from handtag.errands.actions import errand as actions
from handtag.errands.actions import meeting, seats, taking_back
from handtag.errands.models import Ask, Errand, Occasion, Offer
from handtag.errands.rules import lifecycle
from handtag.errands.rules.asks import state_of
from handtag.kernel import clock
from handtag.kernel.errors import HandtagError
from handtag.kernel.rights import Role
from handtag.permits import actions as permits
from handtag.permits.models import Permit
from tests.errands import stage as stages

HELPERS = ("leila", "olle", "maja")
which = st.integers(0, 2)


class Meeting(RuleBasedStateMachine):
    """Three helpers, an asker and a coordinator do what they like with two asks."""

    @initialize(wanted=st.integers(1, 2), agreement=st.sampled_from(["first", "asker"]))
    def begin(self, wanted, agreement):
        self.mark = transaction.atomic()
        self.mark.__enter__()
        self.stage = stages.build()
        self.stage.person("karin", role=Role.COORDINATOR)
        for name in HELPERS:
            self.stage.helper(name)
        self.asks = [
            self.stage.ask(dates=2, wanted=wanted, agreement=agreement),
            self.stage.ask("rut", wanted=wanted, start=clock.now() + timedelta(days=3)),
        ]

    def teardown(self):
        if hasattr(self, "mark"):
            transaction.set_rollback(True)
            self.mark.__exit__(None, None, None)

    def may_be_refused(self, deed):
        with contextlib.suppress(HandtagError), transaction.atomic():
            deed()

    def errands(self):
        return list(Errand.objects.of(self.stage.town.id).order_by("id"))

    def occasions(self):
        return list(Occasion.objects.of(self.stage.town.id).order_by("id"))

    @rule(who=which, what=which)
    def say_yes(self, who, what):
        by, occasion = self.stage.actor(HELPERS[who]), self.occasions()[what]
        self.may_be_refused(lambda: meeting.make_offer(by=by, occasion_id=occasion.id))

    @rule(what=which, yes=st.booleans())
    def answer_an_offer(self, what, yes):
        offers = list(Offer.objects.of(self.stage.town.id).filter(state="made").order_by("id"))
        if offers:
            deed = meeting.accept_offer if yes else meeting.decline_offer
            self.may_be_refused(
                lambda: deed(by=self.stage.actor("karin"), offer_id=offers[what % len(offers)].id)
            )

    @rule(who=which, what=which)
    def place(self, who, what):
        person, occasion = self.stage.people[HELPERS[who]], self.occasions()[what]
        by = self.stage.actor("karin")
        self.may_be_refused(lambda: meeting.place(by=by, occasion_id=occasion.id, person_id=person.id))

    @rule(
        what=st.integers(0, 9),
        verb=st.sampled_from(["start", "complete", "undo", "cancel", "report", "miss"]),
    )
    def go_on(self, what, verb):
        found = self.errands()
        if not found:
            return
        errand = found[what % len(found)]
        name = next(name for name, person in self.stage.people.items() if person.id == errand.helper_id)
        more = {"report": {"concern": "other", "words": "x"}, "miss": {"missed_by": "asker"}}.get(verb, {})
        deed = getattr(actions, verb)
        self.may_be_refused(lambda: deed(by=self.stage.actor(name), errand_id=errand.id, **more))

    @rule(what=st.integers(0, 9))
    def the_asker_calls_one_off(self, what):
        found = self.errands()
        if found:
            errand = found[what % len(found)]
            name = next(name for name, person in self.stage.people.items() if person.id == errand.asker_id)
            self.may_be_refused(lambda: actions.cancel(by=self.stage.actor(name), errand_id=errand.id))

    @rule(what=st.integers(0, 1), back=st.booleans())
    def the_asker_takes_it_back(self, what, back):
        ask = self.asks[what]
        by = self.stage.actor("asker" if what == 0 else "rut")
        deed = taking_back.restore_ask if back else taking_back.withdraw_ask
        self.may_be_refused(lambda: deed(by=by, ask_id=ask.id))

    @rule(who=which)
    def a_permit_comes_and_goes(self, who):
        permit = Permit.objects.of(self.stage.town.id).get(person=self.stage.people[HELPERS[who]])
        deed = permits.reinstate if permit.state == "suspended" else permits.suspend
        self.may_be_refused(lambda: deed(by=self.stage.actor("karin"), permit_id=permit.id))

    @invariant()
    def filled_is_what_is_in_force(self):
        if not hasattr(self, "stage"):
            return
        for occasion in self.occasions():
            in_force = [
                e for e in self.errands() if e.occasion_id == occasion.id and e.state in lifecycle.IN_FORCE
            ]
            assert occasion.filled == len(in_force) <= occasion.wanted
            assert (occasion.state == "open") <= (occasion.filled < occasion.wanted)

    @invariant()
    def nobody_is_in_two_places(self):
        if not hasattr(self, "stage"):
            return
        booked = [e for e in self.errands() if e.state in lifecycle.BOOKED]
        for one in booked:
            for other in booked:
                apart = one.ends_at <= other.starts_at or other.ends_at <= one.starts_at
                assert one.id == other.id or one.helper_id != other.helper_id or apart

    @invariant()
    def an_ask_says_what_its_occasions_say(self):
        if not hasattr(self, "stage"):
            return
        for ask in Ask.objects.of(self.stage.town.id):
            states = {occasion.state for occasion in self.occasions() if occasion.ask_id == ask.id}
            assert ask.state in (state_of(states), Ask.State.WITHDRAWN)


@pytest.mark.django_db
def test_whatever_happens():
    run_state_machine_as_test(
        Meeting,
        settings=settings(
            max_examples=12,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_control_a_count_that_is_not_kept_is_found(monkeypatch):
    monkeypatch.setattr(seats, "recount", lambda *_given: None)
    stage = stages.build()
    errand = stage.errand()
    actions.cancel(by=stage.actor("leila"), errand_id=errand.id)
    machine = Meeting()
    machine.stage = stage
    with pytest.raises(AssertionError):
        machine.filled_is_what_is_in_force()
