"""Two coordinators who send the week at the same moment; the control takes away what holds them apart."""

from contextlib import suppress
from datetime import time, timedelta
from functools import partial
from threading import Barrier, BrokenBarrierError

import pytest

from handtag.errands.actions import meeting
from handtag.errands.models import Errand, Invitation
from handtag.kernel import clock
from handtag.kernel.rights import Role
from handtag.notices.models import Notice
from handtag.outreach.actions import week
from handtag.outreach.queries.week import proposal
from handtag.outreach.rules.week import Choices, pairs
from tests.errands import stage as stages

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stage():
    stage = stages.build()
    for name in ("karin", "maria"):
        stage.person(name, role=Role.COORDINATOR)
    for day, name in enumerate(("olle", "maja", "stina", "nils"), 1):
        stage.ask(name, start=clock.at(clock.today() + timedelta(days=day), time(9)))
    for number, name in enumerate(("leila", "marek", "ali")):
        stage.helper(name, km=0.1 * number)
    return stage


@pytest.fixture
def two(stage):
    """Both have the same week before them; the second one's form names the dates the other way round."""
    chosen = pairs(line.pair for line in proposal(stage.actor("karin"), Choices()).lines)
    assert len(chosen) == 4
    return [
        partial(week.send_week, by=stage.actor("karin"), pairs=chosen),
        partial(week.send_week, by=stage.actor("maria"), pairs=chosen[::-1]),
    ]


def sent(stage):
    return Invitation.objects.of(stage.town.id).filter(state="sent").count()


def test_each_is_asked_once(stage, two, at_once):
    answers = at_once(*two)
    assert sorted((each.asked, each.closed) for each in answers) == [(0, 4), (4, 0)], answers
    assert sent(stage) == 4
    assert Notice.objects.of(stage.town.id).filter(kind="invitation.sent").count() == 4


def test_control_without_holding_them_the_second_asks_too(stage, two, at_once, on_postgres, monkeypatch):
    """Both have looked before either writes: so what was held did keep them apart."""
    if not on_postgres:
        pytest.skip("SQLite has one writer at a time")
    together, looked = Barrier(2, timeout=5), week.Placer

    def unhurried(by):
        found = looked(by)
        with suppress(BrokenBarrierError):
            together.wait()
        return found

    monkeypatch.setattr(week, "_hold", lambda *_asked: None)
    monkeypatch.setattr(week, "Placer", unhurried)
    answers = at_once(*two)
    assert [getattr(each, "closed", None) for each in answers] != [0, 4], answers
    assert all(getattr(each, "closed", 0) == 0 for each in answers), answers


def test_a_helper_says_yes_elsewhere_at_the_same_moment(stage, two, at_once):
    """Whoever is first: nobody is both asked for an hour and promised to somebody else in it, unsaid."""
    chosen = two[0].keywords["pairs"]
    by = next(
        stage.actor(name) for name in ("leila", "marek", "ali") if stage.people[name].id == chosen[0][1]
    )
    other = stage.occasion(stage.ask("lisa", start=clock.at(clock.today() + timedelta(days=1), time(10))))
    answers = at_once(two[0], lambda: meeting.make_offer(by=by, occasion_id=other.id))
    assert not [each for each in answers if isinstance(each, Exception)], answers
    assert Errand.objects.of(stage.town.id).count() == 1
    assert answers[0].asked + len(answers[0].unsent) == 4
    assert sent(stage) == answers[0].asked >= 3
