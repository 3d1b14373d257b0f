"""Every page that the cast can walk to: axe finds nothing, at a desk and in a hand, by day and night."""

import pytest
from playwright.sync_api import ViewportSize

from tests.journeys import axe
from tests.journeys.sample import Sample
from tests.journeys.visit import Visit
from tests.journeys.walk import pages

VISITORS = (
    *("", "second_asker", "asker", "helper", "second_helper", "new_helper", "protected"),
    *("proxy", "guardian"),
    *("neighbour_asker", "neighbour_helper"),
)
DESK, HAND = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
DECIDING = ("caseworker", "officer", "agent", "host", "ambassador", "evaluator", "group_coordinator")
STEERING = (
    *("coordinator", "administrator", "second_administrator", "both"),
    *("neighbour_coordinator", "neighbour_caseworker"),
)


@pytest.mark.parametrize("cast", [VISITORS, DECIDING, STEERING], ids=["residents", "deciding", "steering"])
def test_axe_finds_nothing_on_any_page(sample: Sample, cast: tuple[str, ...]) -> None:
    seen: set[str] = set()
    found: list[str] = []
    for key in cast:
        visit = sample.visit(key)
        begin = f"/{visit.town}/" if cast == VISITORS else "/vidare/"
        for page in pages(sample.browser(key), begin):
            if page.route not in seen:
                seen.add(page.route)
                found += findings(visit, page.path)
    assert found == [], "\n".join(found)


def test_nobody_of_the_cast_is_forgotten(sample: Sample) -> None:
    assert {*VISITORS, *DECIDING, *STEERING} == set(sample.everybody_but())


def findings(visit: Visit, path: str) -> list[str]:
    """What axe says of one page, at both sizes."""
    visit.page.set_viewport_size(DESK)
    visit.page.goto(path)
    told = []
    for size in (DESK, HAND):
        visit.page.set_viewport_size(size)
        told += [f"{path} at {size['width']}: {one}" for one in axe.by_day_and_night(visit.page)]
        if visit.is_wider_than_the_screen:
            told.append(f"{path} at {size['width']}: wider than the screen")
    return told
