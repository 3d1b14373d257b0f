"""Who may be told is looked for from near to far: as far as there is attention enough, or to the end."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from handtag.errands.models import Ask, Errand, Told
from handtag.errands.queries import fetching, telling
from handtag.errands.queries.sought import as_sought
from handtag.kernel import clock
from handtag.outreach.queries import situations
from handtag.outreach.queries.situations import Situation
from tests.errands import stage as stages
from tests.errands.stage import Stage

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 19, 11, tzinfo=UTC)


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setattr(telling, "FEW", 0)
    with clock.travelling(NOON):
        made = stages.build()
        for number in range(3):
            made.helper(f"near{number}", km=0.2, reach=10_000)
            made.helper(f"further{number}", km=2.6, reach=10_000)
            made.helper(f"far{number}", km=6, reach=10_000)
        yield made


def situation(ask: Ask) -> Situation:
    found = situations.situation(ask)
    assert found is not None
    return found


def names(stage: Stage, found: Situation) -> list[str]:
    """Who they are, in order."""
    by_id = {person.id: name for name, person in stage.people.items()}
    return [by_id[each.person_id].rstrip("012") for each in found.near]


@pytest.mark.parametrize(
    ("enough", "expected"),
    [(1, ["near"]), (3, ["near"]), (4, ["near", "further"]), (7, ["near", "further", "far"]), (99, None)],
)
def test_no_further_than_there_are_enough(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, enough: int, expected: list[str] | None
) -> None:
    monkeypatch.setattr(situations, "ENOUGH", enough)
    found = names(stage, situation(stage.ask()))
    assert found == [name for name in expected or ["near", "further", "far"] for _each in range(3)]


def test_who_has_no_question_left_this_week_is_not_enough(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(situations, "ENOUGH", 3)
    for number in range(3):
        past = stage.ask(f"asker{number}", start=NOON + timedelta(days=6), announce_at=None)
        Told.objects.create(municipality=stage.town, ask=past, person=stage.people["near0"], wave=1)
    assert set(names(stage, situation(stage.ask()))) == {"near", "further"}


def test_whoever_has_helped_this_asker_is_there_from_far_away(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(situations, "ENOUGH", 3)
    errand = stage.errand(helper="far1")
    long_ago = NOON - timedelta(days=40)
    Errand.objects.everywhere().filter(id=errand.id).update(
        state="completed", starts_at=long_ago, ends_at=long_ago + timedelta(hours=1)
    )
    found = situation(stage.ask(start=NOON + timedelta(days=5)))
    assert names(stage, found) == ["near", "near", "near", "far"]


def test_in_the_end_it_is_everybody_who_may_be_told(stage: Stage) -> None:
    ask = stage.ask(dates=3, wider_by=2_000)
    stage.helper("asked", km=0.3)
    Told.objects.create(municipality=stage.town, ask=ask, person=stage.people["asked"], wave=1)
    sought = as_sought(stage.town.id, ask.id)
    assert sought is not None
    at = fetching.Moments.of(sought)
    everybody = fetching.candidates(sought, at, fetching.met(sought), telling=True)
    found: Any = telling.nearest(sought, lambda _near: False)
    assert len(found) == 9
    assert sorted(found, key=repr) == sorted(everybody, key=repr)


def test_where_few_are_posted_all_are_looked_at_at_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(situations, "ENOUGH", 1)
    ask = stage.ask()
    rings = names(stage, situation(ask))
    monkeypatch.setattr(telling, "FEW", 9)
    assert names(stage, situation(ask)) == [*rings, *3 * ["further"], *3 * ["far"]]
    monkeypatch.setattr(telling, "FEW", 8)
    assert names(stage, situation(ask)) == rings
