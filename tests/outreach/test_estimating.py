"""The published estimate: pure, bounded, rising with yeses, falling with distance and with every no."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handtag.errands.models import Told
from handtag.kernel import clock
from handtag.outreach.queries import answers
from handtag.outreach.rules.estimating import LEAST, MOST, Answers, chance, of_helper, of_town
from handtag.outreach.rules.wall import minutes, moment, monday
from tests.errands import stage as stages

NOON = datetime(2026, 11, 19, 11, tzinfo=UTC)


def test_who_was_never_asked_is_reckoned_as_the_town() -> None:
    assert of_town(Answers()) == pytest.approx(0.15)
    assert of_helper(Answers(), 0.3) == pytest.approx(0.3)
    assert of_helper(Answers(asked=6, yes=6), 0.3) == pytest.approx(0.65)


def test_distance_and_hour() -> None:
    assert chance(0.4, 0, 12) == pytest.approx(0.4)
    assert chance(0.4, 7, 12) == pytest.approx(0.2)
    assert chance(0.4, 0, 8) == chance(0.4, 0, 20) == pytest.approx(0.32)


@given(st.integers(0, 99), st.integers(0, 99), st.floats(0, 1), st.floats(0, 60), st.integers(0, 23))
def test_it_is_a_chance(asked: int, yes: int, town: float, km: float, hour: int) -> None:
    own = of_helper(Answers(asked + yes, yes), town)
    assert LEAST <= chance(own, km, hour) <= MOST
    assert of_helper(Answers(asked + yes + 1, yes), town) <= own + 1e-12
    assert of_helper(Answers(asked + yes + 1, yes + 1), town) >= own - 1e-12


@pytest.mark.parametrize("at", [NOON, datetime(2026, 10, 25, 22, tzinfo=UTC), NOON + timedelta(days=40)])
def test_the_wall_clock_there_and_back(at: datetime) -> None:
    since = monday(NOON)
    assert abs(moment(minutes(at, since), since) - at) < timedelta(seconds=2)


@pytest.mark.django_db
def test_what_counts_as_a_question() -> None:
    with clock.travelling(NOON):
        stage = stages.build()
        stage.helper("leila")
        who = stage.people["leila"]
        asked: tuple[dict[str, Any], ...] = (
            {"yes_at": NOON - timedelta(days=2)},
            {"declined_at": NOON - timedelta(days=2)},
            {},  # a day without an answer is one
            {"told_at": NOON - timedelta(hours=2)},  # hardly asked
            {"told_at": NOON - timedelta(days=200)},  # long ago
            {"wave": 0, "declined_at": NOON},  # said no unasked
        )
        for number, columns in enumerate(asked):
            Told.objects.create(
                **{
                    "municipality": stage.town,
                    "ask": stage.ask(f"asker{number}"),
                    "person": who,
                    "wave": 1,
                    "told_at": NOON - timedelta(days=2),
                    **columns,
                }
            )
        filled = stage.ask("somebody", filled_at=NOON - timedelta(days=2) + timedelta(hours=1))
        Told.objects.create(
            municipality=stage.town, ask=filled, person=who, wave=1, told_at=NOON - timedelta(days=2)
        )
        found = answers.asked(stage.town.id, stage.service.id, [who.id])[who.id]
        assert found.answers == Answers(asked=3, yes=1)
        assert (found.in_week, found.last) == (5, NOON - timedelta(hours=2))
        assert answers.share_of_town(stage.town.id, stage.service.id) == pytest.approx((1 + 3) / (3 + 20))
