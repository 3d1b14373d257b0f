"""A coordinator tries a change on the town's own figures; the worker plays it, and the page fills itself."""

import pytest
from playwright.sync_api import expect

from handtag.front.actions import what_if
from handtag.front.rules import what_if as rules
from tests.journeys.keys import Keys
from tests.journeys.sample import Sample
from tests.journeys.visit import Visit, said


@pytest.fixture(autouse=True)
def _few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rounds show what twelve do."""
    monkeypatch.setattr(rules, "SEEDS", 2)
    monkeypatch.setattr(rules, "LEAST_ASKS", 1)


def to_the_question(visit: Visit) -> Visit:
    """From the overview, by its link."""
    return visit.go("oversikt/").follow("What if …")


def test_a_wider_reach_is_tried_and_the_answer_comes_by_itself(sample: Sample) -> None:
    coordinator = to_the_question(sample.visit("coordinator"))
    coordinator.press("Try it").sees("Choose something to change first.")
    coordinator.page.locator('main [name="km"]').select_option("5")
    coordinator.press("Try it").sees("%(count)s of %(of)s rounds have been played.", count=0, of=2)
    assert what_if.play_due() == 1
    table = coordinator.page.locator("main table")
    expect(coordinator.page.locator("main")).to_contain_text(
        said("%(count)s of %(of)s rounds have been played.", count=1, of=2)
    )
    assert table.count() == 0
    assert what_if.play_due() == 1
    expect(table).to_be_visible()
    coordinator.look().sees("How far to trust it")
    assert coordinator.page.locator("main svg.chart").count() >= 2
    assert "5 km" in coordinator.heading
    assert not [value for value in sample.canaries if value in coordinator.source]


def test_the_same_by_keyboard_without_javascript_in_a_hand(sample: Sample) -> None:
    coordinator = to_the_question(sample.visit("coordinator", javascript=False, width=390))
    Keys(coordinator.page).to("budget").press("ArrowUp").send()
    first = coordinator.page.url
    while what_if.play_due():
        pass
    coordinator.follow("See how far it has come").sees("How far to trust it")
    assert coordinator.page.url == first
    assert not coordinator.is_wider_than_the_screen
    again = to_the_question(sample.visit("coordinator"))
    again.page.locator('main [name="budget"]').select_option("2")
    assert again.press("Try it").page.url == first
