"""In whatever order: no act of a proxy succeeds outside the days or the scope, nor after the end."""

from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from handtag.errands.actions import taking_back
from handtag.errands.actions.asking import open_ask
from handtag.errands.models import Ask
from handtag.kernel import clock
from handtag.kernel.actor import Actor, Hat
from handtag.kernel.errors import HandtagError
from handtag.kernel.rights import Role
from handtag.mandates.actions import end_mandate, lapse_due, make_mandate
from handtag.mandates.models import Mandate
from tests.mandates.conftest import MandateTown, new


class Said(NamedTuple):
    """What was said yes to last, and has not been ended."""

    id: UUID
    first: date
    last: date
    services: frozenset[UUID] | None


class Acts(RuleBasedStateMachine):
    """A daughter who tries, at any time and with any old session, to act for her mother."""

    town: MandateTown

    @initialize()
    def begin(self) -> None:
        self.mark, self.days, self.start = transaction.savepoint(), 0, clock.now()
        self.said: Said | None = None
        self.done = 0
        self.services = [self.town.service().id, self.town.service("library").id]

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.mark)

    def now(self) -> Any:
        return clock.travelling(self.start + timedelta(days=self.days))

    @rule(wait=st.integers(0, 3), length=st.integers(0, 20), scope=st.sampled_from(((), (0,), (1,), (0, 1))))
    def make(self, wait: int, length: int, scope: tuple[int, ...]) -> None:
        with self.now():
            first = clock.today() + timedelta(days=wait)
            services = tuple(self.services[each] for each in scope)
            said = new(starts_on=first, ends_on=first + timedelta(days=length), services=services)
            town = self.town
            made = make_mandate(
                by=town.petra, helped_id=town.greta.person, proxy_id=town.anna.person, new=said
            )
            self.said = Said(made.id, said.starts_on, said.ends_on, frozenset(services) or None)

    @rule(who=st.sampled_from(("greta", "anna", "petra")))
    def end(self, who: str) -> None:
        if self.said is not None:
            with self.now():
                end_mandate(by=getattr(self.town, who), mandate_id=self.said.id, side="helped")
            self.said = None

    @rule(days=st.sampled_from((1, 2, 10)), lapse=st.booleans())
    def wait(self, days: int, lapse: bool) -> None:
        self.days += days
        with self.now():
            if lapse:
                lapse_due()

    @rule(service=st.sampled_from((0, 1)), session=st.sampled_from((None, (0,), (1,), (0, 1), "as said")))
    def act(self, service: int, session: Any) -> None:
        """Ask for her, in a session that was let in when something else may have held."""
        within = frozenset(self.services[each] for each in session) if isinstance(session, tuple) else None
        if session == "as said" and self.said is not None:
            within = self.said.services
        by = Actor(self.town.anna.person, self.town.id, (Hat(Role.RESIDENT),))
        acting = by.in_name_of(self.town.greta.person, within)
        wanted = self.services[service]
        with self.now():
            allowed = self._may(within, wanted)
            try:
                with transaction.atomic():
                    day = clock.today() + timedelta(days=2)
                    ask = open_ask(by=acting, wish=self.town.wish(service_id=wanted, day=day))
                    taking_back.withdraw_ask(by=acting, ask_id=ask.id)
                succeeded = True
            except HandtagError:
                succeeded = False
        assert succeeded == allowed
        self.done += succeeded

    def _may(self, within: frozenset[UUID] | None, wanted: UUID) -> bool:
        said = self.said
        if said is None or not said.first <= clock.today() <= said.last or within != said.services:
            return False
        return within is None or wanted in within

    @invariant()
    def what_was_done_is_all_there_is(self) -> None:
        assert Ask.objects.of(self.town.id).count() == self.done
        assert Mandate.objects.of(self.town.id).filter(ended_at=None).count() <= 1


def test_no_act_succeeds_outside_what_was_said(town: MandateTown) -> None:
    class Here(Acts):
        pass

    Here.town = town
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=15,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
