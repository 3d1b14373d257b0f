"""A week placed: a proposal on the map and in a list, a choice by hand and undone, all asked by one press."""

from typing import Any

import pytest
from playwright.sync_api import expect

from handtag.errands.models import Invitation
from tests.journeys.keys import Keys
from tests.journeys.sample import Sample
from tests.journeys.steps import ask_for
from tests.journeys.visit import Visit

ROWS = "main table.words tbody tr"


def names(visit: Visit) -> list[str]:
    """Who comes, from the top of the list."""
    return visit.page.locator(f"{ROWS} td strong").all_inner_texts()


def test_a_week_is_placed_changed_and_sent(sample: Sample) -> None:
    asker, coordinator = sample.visit("asker"), sample.visit("coordinator")
    for kind in ("shopping", "library"):
        ask_for(asker, kind, need="Mjölk eller deckare")
    coordinator.go("oversikt/").follow("Make the week work out")
    coordinator.sees("Who comes to whom").sees("There is no better way: that is proven.")
    expect(coordinator.page.get_by_role("img", name="karta")).to_be_visible()
    lines = coordinator.page.locator("main svg line")
    proposed = names(coordinator)
    assert lines.count() == len(proposed) >= 2
    before = Invitation.objects.everywhere().filter(state="sent").count()

    coordinator.click(coordinator.page.locator(ROWS).first.get_by_role("link"))
    coordinator.follow("Leave it to nobody").sees("With your choices, against the proposal:")
    # What it costs is said: an ask is left, or another way is longer, as the town happens to be.
    assert any(words in coordinator.words for words in ("blir utan", "längre väg", "poäng mer"))
    chosen = names(coordinator)
    assert chosen != proposed
    assert names(coordinator.again()) == chosen, "a choice is lost when the page is loaded again"
    coordinator.follow("Undo all choices")
    assert names(coordinator) == proposed
    assert Invitation.objects.everywhere().filter(state="sent").count() == before, "nobody is asked yet"

    Keys(coordinator.page).send()
    coordinator.look().sees("They say yes or no themselves.")
    sent = Invitation.objects.everywhere().filter(state="sent")
    assert sent.count() == before + len(proposed)
    assert names(coordinator) == []

    cast = {member["person_id"]: member for member in sample.cast.values()}
    invited = next(each for each in sent.order_by("-sent_at") if str(each.person_id) in cast)
    helper = sample.visit(cast[str(invited.person_id)]["key"], width=390)
    helper.go(f"hjalpa-till/{invited.occasion.ask_id}/")
    helper.page.locator('[name="accept"]').check()
    helper.click(helper.page.locator('button[name="answer"][value="yes"]'))
    expect(helper.page.locator(".plate")).to_be_visible()


def test_one_is_moved_and_the_week_sent_by_keyboard_alone_without_javascript(sample: Sample) -> None:
    coordinator = sample.visit("coordinator", javascript=False).go("oversikt/veckan/")
    proposed, keys = names(coordinator), Keys(coordinator.page)
    keys.follow("main table.words a")
    coordinator.look().sees("Leave it to nobody")
    keys.follow("main ol.asks li:last-child a.btn")
    coordinator.look().sees("With your choices, against the proposal:")
    chosen = names(coordinator)
    assert chosen != proposed
    before = Invitation.objects.everywhere().filter(state="sent").count()
    keys.send()
    coordinator.look().sees("They say yes or no themselves.")
    assert Invitation.objects.everywhere().filter(state="sent").count() == before + len(chosen)


@pytest.mark.parametrize("how", [{"width": 390}, {"zoom": 4}], ids=["a phone", "400 per cent"])
def test_nothing_is_wider_than_the_screen(sample: Sample, how: dict[str, Any]) -> None:
    coordinator = sample.visit("coordinator", **how).go("oversikt/veckan/")
    assert not coordinator.is_wider_than_the_screen
    coordinator.click(coordinator.page.locator(ROWS).first.get_by_role("link"))
    assert not coordinator.is_wider_than_the_screen
