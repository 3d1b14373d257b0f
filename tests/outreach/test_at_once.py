"""At the same moment: two workers, one killed in the middle, an answer, a withdrawal, a stop.

Threads of their own with connections of their own; the clock stands at noon in each.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from threading import Barrier, BrokenBarrierError
from typing import Any
from uuid import UUID

import pytest

from handtag.errands.actions import announcing, meeting, taking_back
from handtag.errands.models import Ask, Errand, Told
from handtag.jobs.actions import RowsFailed
from handtag.kernel import clock
from handtag.kernel.actor import Actor, system
from handtag.kernel.errors import HandtagError
from handtag.kernel.rights import Role
from handtag.notices.models import Notice
from handtag.outreach.actions import steering, waves
from handtag.outreach.models import Attention, Chosen, Wave
from tests.errands import stage as stages
from tests.errands.stage import Stage

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
NOON = datetime(2026, 11, 19, 11, tzinfo=UTC)
AtOnce = Callable[..., list[Any]]


@pytest.fixture
def stage() -> Any:
    with clock.travelling(NOON):
        stage = stages.build()
        stage.person("karin", role=Role.COORDINATOR)
        for number in range(6):
            stage.helper(f"helper{number}")
        yield stage


def noon(deed: Callable[[], Any]) -> Callable[[], Any]:
    """The deed with the clock at noon, in whatever thread."""

    def do() -> Any:
        with clock.travelling(NOON):
            return deed()

    return do


def told(ask: Ask) -> int:
    return Told.objects.of(ask.municipality_id).filter(ask=ask, wave__gt=0).count()


def hangs_together(stage: Stage, ask: Ask) -> None:
    """Whoever was told stands in a wave, has a notice and a price: all of it, or nothing."""
    count = told(ask)
    assert Chosen.objects.filter(wave__ask=ask).count() == count
    assert Notice.objects.of(stage.town.id).filter(kind="ask.open").count() == count
    assert Attention.objects.of(stage.town.id).count() == count
    ask.refresh_from_db()
    assert ask.waves == Wave.objects.of(stage.town.id).filter(ask=ask, step="wave").count()


def test_four_workers_tell_once(stage: Stage, at_once: AtOnce) -> None:
    ask = stage.ask()
    answers = at_once(*[noon(waves.advance_due)] * 4)
    assert sorted(answers)[:3] == [0, 0, 0], answers
    assert told(ask) == max(answers) > 0
    hangs_together(stage, ask)


def test_control_where_the_turn_is_not_swapped_more_than_one_tells(
    stage: Stage, at_once: AtOnce, on_postgres: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And then still nobody is told twice: that is kept by a constraint besides."""
    ask, together = stage.ask(), Barrier(4, timeout=2 if on_postgres else 0.01)

    def careless(*, by: Actor, ask_id: UUID) -> Ask:
        """Each has seen the ask before any of them writes."""
        with suppress(BrokenBarrierError):
            together.wait()
        Ask.objects.of(by.tenant).filter(id=ask_id).update(announce_at=None)
        return ask

    monkeypatch.setattr(announcing, "take_turn", careless)
    by = system(stage.town.id)
    answers = at_once(*[noon(partial(waves.advance, by=by, ask_id=ask.id))] * 4)
    assert sum(each > 0 for each in answers) > 1, answers
    people = Told.objects.of(stage.town.id).filter(ask=ask).values_list("person_id", flat=True)
    assert max(Counter(people).values()) == 1


@pytest.mark.parametrize("part", ["note", "_spend"])
def test_a_worker_killed_in_the_middle_of_a_wave_leaves_it_to_the_next(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    ask = stage.ask()
    before = ask.announce_at

    def killed(*_given: Any, **_named: Any) -> None:
        raise SystemError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(waves, part, killed)
        with pytest.raises(RowsFailed):
            waves.advance_due()
    ask.refresh_from_db()
    assert (told(ask), ask.waves, ask.announce_at) == (0, 0, before)
    hangs_together(stage, ask)
    assert waves.advance_due() > 0
    hangs_together(stage, ask)


def test_a_yes_at_the_moment_of_a_wave(stage: Stage, at_once: AtOnce) -> None:
    for number in range(4):
        ask = stage.ask(f"asker{number}")
        by, occasion = stage.actor("helper0"), stage.occasion(ask)
        answers = at_once(
            noon(waves.advance_due), noon(partial(meeting.make_offer, by=by, occasion_id=occasion.id))
        )
        assert not [each for each in answers if isinstance(each, Exception)], answers
        assert Errand.objects.of(stage.town.id).get(occasion=occasion).state == "agreed"
        ask.refresh_from_db()
        assert ask.state == "filled"
        assert told(ask) == answers[0]
        assert noon(waves.advance_due)() == 0
        taking_back.withdraw_ask(by=stage.actor(f"asker{number}"), ask_id=ask.id)


def test_a_no_at_the_moment_of_a_wave(stage: Stage, at_once: AtOnce) -> None:
    for number in range(4):
        ask = stage.ask(f"asker{number}")
        by = stage.actor("helper0")
        answers = at_once(noon(waves.advance_due), noon(partial(meeting.decline_ask, by=by, ask_id=ask.id)))
        assert not [each for each in answers if isinstance(each, Exception)], answers
        row = Told.objects.of(stage.town.id).get(ask=ask, person_id=by.person)
        assert row.declined_at is not None
        Ask.objects.of(stage.town.id).filter(pk=ask.pk).update(announce_at=None)


def test_withdrawn_at_the_moment_of_a_wave(stage: Stage, at_once: AtOnce) -> None:
    for number in range(4):
        ask = stage.ask(f"asker{number}")
        by = stage.actor(f"asker{number}")
        answers = at_once(
            noon(waves.advance_due), noon(partial(taking_back.withdraw_ask, by=by, ask_id=ask.id))
        )
        assert not [each for each in answers if isinstance(each, HandtagError)], answers
        ask.refresh_from_db()
        assert (ask.state, ask.announce_at) == ("withdrawn", None)
        assert told(ask) == answers[0]


def test_a_stop_at_the_moment_of_a_wave(stage: Stage, at_once: AtOnce) -> None:
    ask, by = stage.ask(), stage.actor("karin")
    answers = at_once(noon(waves.advance_due), noon(partial(steering.stop, by=by, ask_id=ask.id)))
    assert not [each for each in answers if isinstance(each, Exception)], answers
    ask.refresh_from_db()
    assert ask.announce_at is None
    assert told(ask) == answers[0]
    hangs_together(stage, ask)
