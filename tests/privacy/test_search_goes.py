"""What outreach has written of whom it told, and why, goes when the municipality's decision says so."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from handtag.errands.models import Ask, Told
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Role
from handtag.outreach.actions import steering, waves
from handtag.outreach.models import Attention, Chosen, Wave
from handtag.outreach.queries.search import search
from handtag.privacy.actions import retention
from handtag.privacy.models import Destruction
from handtag.privacy.queries import retention as queries
from tests.errands import stage as stages
from tests.errands.stage import Stage

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 19, 11, tzinfo=UTC)
LONG_AGO = NOON - timedelta(days=366)


@pytest.fixture
def stage() -> Iterator[Stage]:
    """Leila was told of an ask more than a year ago, Hamid of another today; a coordinator hurried both."""
    stage = stages.build()
    stage.person("karin", role=Role.COORDINATOR)
    for name in ("anna", "olle"):
        stage.person(name, role=Role.ADMINISTRATOR)
    for moment, name in ((LONG_AGO, "leila"), (NOON, "hamid")):
        with clock.travelling(moment):
            stage.helper(name)
            ask = stage.ask(f"asker of {name}")
            steering.hurry(by=stage.actor("karin"), ask_id=ask.id)
            assert waves.advance(by=stage.actor("karin"), ask_id=ask.id) >= 1
        Told.objects.of(stage.town.id).exclude(person=stage.people[name]).filter(ask=ask).delete()
        stage.profile(name).delete()
    with clock.travelling(NOON):
        yield stage


def rows(stage: Stage) -> dict[str, int]:
    town = stage.town.id
    return {
        "told": Told.objects.of(town).count(),
        "chosen": Chosen.objects.filter(wave__municipality_id=town).count(),
        "attention": Attention.objects.of(town).count(),
        "search_step": Wave.objects.of(town).count(),
    }


def decide(by: Actor, days: int | None) -> None:
    retention.decide(by=by, record_type="told", keep_days=days, reference="KS 1", on=date(2026, 1, 1))


def destroyed(stage: Stage) -> dict[str, int]:
    """What two people agree to destroy, and the worker does."""
    proposed = retention.propose(by=stage.actor("anna"))
    retention.approve(by=stage.actor("olle"), destruction_id=proposed.id)
    return retention.destroy_approved()


def test_the_whole_search_goes_with_who_was_told_and_what_is_newer_stays(stage: Stage) -> None:
    before = rows(stage)
    decide(stage.actor("anna"), 365)
    due = queries.due(stage.town.id)
    assert due == {"told": 1, "chosen": 1, "attention": 1, "search_step": 2}
    assert destroyed(stage) == due
    assert rows(stage) == {kind: count - due[kind] for kind, count in before.items()}
    assert Destruction.objects.of(stage.town.id).get().protocol == due
    old, new = Ask.objects.of(stage.town.id).order_by("opened_at")
    assert search(stage.actor("karin"), old.id).tried == ()
    assert [len(step.told) for step in search(stage.actor("karin"), new.id).tried] == [1, 0]


def test_nothing_goes_without_a_decision_nor_by_the_neighbours(stage: Stage) -> None:
    before = rows(stage)
    assert queries.due(stage.town.id) == {}
    neighbour = stages.build("1260")
    neighbour.person("maria", role=Role.ADMINISTRATOR)
    decide(neighbour.actor("maria"), 1)
    assert queries.due(neighbour.town.id) == queries.due(stage.town.id) == {}
    decide(stage.actor("anna"), None)
    assert queries.due(stage.town.id) == {}
    assert rows(stage) == before


def test_the_page_says_what_one_decision_is_about(stage: Stage) -> None:
    line = next(line for line in queries.table(stage.actor("anna")) if line.type == "told")
    assert line.proposed_days == 365
    assert len(line.title.split(", ")) == 4
