"""How often we ask: a helper reads their own figures, changes them, and rests with one touch."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from handtag.kernel import clock
from handtag.kernel.actor import system
from handtag.outreach.actions import waves
from handtag.outreach.models import Attention, Chosen, Wave
from handtag.outreach.queries.own import how_we_ask
from handtag.people.actions.erasing import erase_person
from tests.errands import stage as stages
from tests.errands.stage import Stage

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 19, 11, tzinfo=UTC)
PATH = "/helsingborg/min-profil/sa-fragar-vi/"


@pytest.fixture
def stage() -> Iterator[Stage]:
    with clock.travelling(NOON):
        stage = stages.build()
        stage.helper("leila", most_in_week=2)
        stage.ask()
        waves.advance_due()
        yield stage


def test_the_figures_are_true(stage: Stage) -> None:
    found = how_we_ask(stage.actor("leila"))
    assert found is not None
    assert (found.in_week, found.budget, found.most_in_week) == (1, 3, 2)
    assert [(one.asked, one.yes) for one in found.reckoned] == [(0, 0)]
    assert [each.why for each in found.latest] != [()]


def test_who_is_no_helper_has_none(stage: Stage) -> None:
    assert how_we_ask(stage.actor("asker")) is None
    assert stage.browser("asker").get(PATH).status_code == 302


def test_the_page_says_them_and_rests_with_one_touch(stage: Stage) -> None:
    browser = stage.browser("leila")
    said = browser.get(PATH).content.decode()
    assert "Så ofta frågar vi dig" in said
    assert "/helsingborg/min-profil/pausa/" in said
    browser.post("/helsingborg/min-profil/pausa/", {"submission": "0190a4d2-2f7c-7c21-9f43-1c6a52d1f0aa"})
    paused_until = stage.profile("leila").paused_until
    assert paused_until is not None
    assert paused_until > clock.now()


def test_whoever_is_erased_is_reckoned_with_no_more(stage: Stage) -> None:
    assert Chosen.objects.count() == Attention.objects.of(stage.town.id).count() == 1
    erase_person(by=system(stage.town.id), person_id=stage.people["leila"].id)
    assert Chosen.objects.count() == Attention.objects.of(stage.town.id).count() == 0
    assert Wave.objects.of(stage.town.id).get(step="wave").told == 1


def test_what_we_hold_shows_what_was_reckoned(stage: Stage) -> None:
    said = stage.browser("leila").get("/helsingborg/mina-uppgifter/").content.decode()
    assert "Det vi räknade med när du fick frågan" in said
    assert "Så ofta frågar vi dig" in said
