"""A weekly ask goes first to who came before and was liked, alone for a while; then to the others."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest

from handtag.errands.actions import errand as deeds
from handtag.errands.actions.words import give_feedback
from handtag.errands.models import Ask, Series, Told
from handtag.kernel import clock
from handtag.outreach.actions import waves
from handtag.outreach.models import Wave
from handtag.outreach.rules.widening import ALONE
from tests.errands import stage as stages
from tests.errands.stage import Stage

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 19, 11, tzinfo=UTC)
LATER = NOON + timedelta(days=10)


@pytest.fixture
def stage() -> Iterator[Stage]:
    with clock.travelling(NOON):
        yield stages.build()


def met(stage: Stage, *, helper: str, asker: str) -> None:
    """Leila, who lives furthest away, has helped; both say how it was."""
    if "leila" not in stage.people:
        stage.helper("leila", km=4)
    met_by(stage, "leila", helper=helper, asker=asker)


def met_by(stage: Stage, name: str, *, helper: str, asker: str) -> None:
    errand = stage.errand(helper=name)
    with clock.travelling(errand.ends_at):
        deeds.complete(by=stage.actor(name), errand_id=errand.id)
        give_feedback(by=stage.actor(name), errand_id=errand.id, how=helper)
        give_feedback(by=stage.actor("asker"), errand_id=errand.id, how=asker)


def weekly(stage: Stage) -> Ask:
    ask = stage.ask(dates=3, start=LATER + timedelta(days=8))
    Series.objects.create(
        ask=ask,
        first_on=date(2026, 12, 7),
        last_on=date(2026, 12, 21),
        from_time=time(14),
        to_time=time(16),
    )
    return ask


def test_who_came_before_is_asked_alone_first(stage: Stage) -> None:
    met(stage, helper="good", asker="good")
    for number in range(3):
        stage.helper(f"near{number}", km=0.2)
    with clock.travelling(LATER):
        ask = weekly(stage)
        assert waves.advance_due() == 1
        told = Told.objects.of(stage.town.id).get(ask=ask)
        assert told.person_id == stage.people["leila"].id
        assert ["before", ""] in told.reasons
        assert Wave.objects.of(stage.town.id).get(ask=ask, told=1).step == "before"
    with clock.travelling(LATER + ALONE - timedelta(minutes=1)):
        assert waves.advance_due() == 0
    with clock.travelling(LATER + timedelta(hours=22)):
        assert waves.advance_due() >= 1
    assert Wave.objects.of(stage.town.id).filter(ask=ask, step="before").count() == 1


@pytest.mark.parametrize(("helper", "asker"), [("good", "fair"), ("bad", "good")])
def test_not_where_one_of_them_did_not_like_it(stage: Stage, helper: str, asker: str) -> None:
    met(stage, helper=helper, asker=asker)
    stage.helper("near", km=0.2)
    with clock.travelling(LATER):
        ask = weekly(stage)
        waves.advance_due()
        assert "before" not in Wave.objects.of(stage.town.id).filter(ask=ask).values_list("step", flat=True)


def test_nor_where_one_of_several_times_was_not_liked(stage: Stage) -> None:
    met(stage, helper="good", asker="good")
    with clock.travelling(NOON + timedelta(days=4)):
        met(stage, helper="good", asker="bad")
    stage.helper("near", km=0.2)
    with clock.travelling(LATER):
        ask = weekly(stage)
        waves.advance_due()
        assert "before" not in Wave.objects.of(stage.town.id).filter(ask=ask).values_list("step", flat=True)


def test_they_are_asked_alone_once_and_then_beside_the_others(stage: Stage) -> None:
    met(stage, helper="good", asker="good")
    with clock.travelling(NOON + timedelta(days=4)):
        stage.helper("marek", km=4)
        met_by(stage, "marek", helper="good", asker="good")
    stage.helper("near", km=0.2)
    with clock.travelling(LATER):
        ask = weekly(stage)
        assert waves.advance_due() == 1
    with clock.travelling(LATER + timedelta(hours=22)):
        assert waves.advance_due() >= 1
    steps = Wave.objects.of(stage.town.id).filter(ask=ask, told__gt=0).order_by("number")
    assert list(steps.values_list("step", flat=True)) == ["before", "wave"]


def test_not_for_what_is_asked_once(stage: Stage) -> None:
    met(stage, helper="good", asker="good")
    stage.helper("near", km=0.2)
    with clock.travelling(LATER):
        waves.advance_due()
        stage.ask("asker", start=LATER + timedelta(days=2))
        waves.advance_due()
    assert not Wave.objects.of(stage.town.id).filter(step="before").exists()


def test_who_came_before_has_a_budget_like_others(stage: Stage) -> None:
    met(stage, helper="good", asker="good")
    with clock.travelling(LATER):
        for number in range(3):
            Told.objects.create(
                municipality=stage.town,
                ask=stage.ask(f"other{number}", announce_at=None),
                person=stage.people["leila"],
                wave=1,
                told_at=LATER - timedelta(days=6),
            )
        stage.helper("near", km=0.2)
        weekly(stage)
        assert waves.advance_due() == 1
        told = Told.objects.of(stage.town.id).latest("told_at")
        assert told.person_id == stage.people["near"].id
        assert Wave.objects.of(stage.town.id).get(told=1).step == "wave"
