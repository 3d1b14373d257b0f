"""Whatever happens in a town, in whatever order: nobody is asked too often, or who may not be, or twice."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from handtag.errands.actions import meeting, taking_back
from handtag.errands.models import Ask, Told
from handtag.helpers import actions as helpers
from handtag.kernel import clock
from handtag.kernel.errors import HandtagError
from handtag.notices.models import Preference
from handtag.outreach.actions import waves
from handtag.outreach.models import Chosen, Wave
from handtag.outreach.queries.situations import situation
from handtag.people.models import Block
from handtag.permits.models import Permit
from tests.errands import stage as stages
from tests.errands.stage import Stage

MORNING = datetime(2026, 11, 19, 7, tzinfo=UTC)
PEOPLE = ("leila", "hamid", "olle", "maja")
DEEDS = ("ask", "ask soon", "wait", "sleep", "pause", "resume", "revoke", "block", "no", "yes", "withdraw")

happens = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 3)), min_size=4, max_size=18)


class Town:
    """A small town, and what is true of its helpers at the moment of each telling."""

    def __init__(self) -> None:
        self.stage: Stage = stages.build()
        self.now = MORNING
        self.asks: list[Ask] = []
        self.seen: set[UUID] = set()
        for number, name in enumerate(PEOPLE):
            self.stage.helper(name, km=0.5 + number)
        Preference.objects.create(person=self.stage.people["maja"], quiet_from=8, quiet_until=12)

    def do(self, what: str, number: int) -> None:
        """One thing; what the product refuses does not happen."""
        name, stage = PEOPLE[number], self.stage
        try:
            with clock.travelling(self.now), transaction.atomic():
                self._do(what, name, stage)
        except (HandtagError, IntegrityError):
            pass
        self.work()

    def _do(self, what: str, name: str, stage: Stage) -> None:
        if what.startswith("ask"):
            lead = timedelta(hours=3) if what == "ask soon" else timedelta(days=3)
            self.asks.append(stage.ask(f"asker{len(self.asks)}", start=self.now + lead))
        elif what in ("pause", "resume"):
            getattr(helpers, what)(by=stage.actor(name))
        elif what == "revoke":
            Permit.objects.of(stage.town.id).filter(person=stage.people[name]).update(state="revoked")
        elif what in ("wait", "sleep"):
            self.now += timedelta(hours=3 if what == "wait" else 11)
        elif self.asks:
            self._answer(what, name, stage, self.asks[-1])

    def _answer(self, what: str, name: str, stage: Stage, ask: Ask) -> None:
        if what == "block":
            Block.objects.create(
                municipality=stage.town, person_id=stage.people[name].pk, other_id=ask.asker_id
            )
        elif what == "no":
            meeting.decline_ask(by=stage.actor(name), ask_id=ask.pk)
        elif what == "yes":
            meeting.make_offer(by=stage.actor(name), occasion_id=stage.occasion(ask).pk)
        else:
            taking_back.withdraw_ask(by=stage.actor(f"asker{len(self.asks) - 1}"), ask_id=ask.pk)

    def work(self) -> None:
        """The worker looks; everybody it tells is looked at."""
        with clock.travelling(self.now):
            before = {ask.pk: situation(ask) for ask in self._due()}
            waves.advance_due()
            for row in Told.objects.of(self.stage.town.id).filter(wave__gt=0).exclude(pk__in=self.seen):
                self.seen.add(row.pk)
                self._look(row, before)

    def _due(self) -> list[Ask]:
        due = Ask.objects.of(self.stage.town.id).filter(state="open", announce_at__lte=self.now)
        return list(due)

    def _look(self, row: Told, before: Mapping[UUID, object]) -> None:
        assert before.get(row.ask_id) is not None
        name = next(each for each in PEOPLE if self.stage.people[each].pk == row.person_id)
        profile = self.stage.profile(name)
        assert profile.paused_until is None or profile.paused_until <= self.now
        assert Permit.objects.of(self.stage.town.id).get(person_id=row.person_id).state == "granted"
        assert not Block.objects.of(self.stage.town.id).filter(
            person_id=row.person_id, other_id=row.ask.asker_id
        )
        hour = clock.local(self.now).hour
        assert 8 <= hour < 21
        assert not (name == "maja" and hour < 12)
        theirs = Told.objects.of(self.stage.town.id).filter(person_id=row.person_id, wave__gt=0)
        steps = set(Wave.objects.of(self.stage.town.id).filter(ask=row.ask).values_list("step", flat=True))
        week = theirs.filter(told_at__gt=self.now - timedelta(days=7), told_at__lte=row.told_at)
        assert week.count() <= (4 if "budget" in steps else 3)

    def sums_up(self) -> None:
        """Nobody twice for the same ask; each telling stands in one wave."""
        pairs = Counter(Told.objects.of(self.stage.town.id).values_list("ask_id", "person_id"))
        assert not pairs or max(pairs.values()) == 1
        told = Told.objects.of(self.stage.town.id).filter(wave__gt=0).count()
        assert Chosen.objects.filter(wave__municipality=self.stage.town).count() == told


class TestAnyDay(TestCase):
    """In a transaction of its own for each example."""

    @settings(
        max_examples=12,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(happens)
    def test_hard_limits_hold(self, story: list[tuple[str, int]]) -> None:
        with clock.travelling(MORNING):
            town = Town()
        for what, number in story:
            town.do(what, number)
        town.sums_up()


@pytest.mark.django_db
def test_the_days_above_do_tell_somebody() -> None:
    with clock.travelling(MORNING):
        town = Town()
    for what, number in (("ask", 0), ("wait", 0), ("no", 0), ("sleep", 0), ("ask soon", 0), ("wait", 0)):
        town.do(what, number)
    assert len(town.seen) >= 2
