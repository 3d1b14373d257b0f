"""What several journeys do: ask for something, say yes to it."""

from datetime import date
from typing import Any

from playwright.sync_api import Locator, expect

from tests.journeys.visit import Visit

YES = "Yes, I will come"


def ask_for(visit: Visit, kind: str, *, need: str = "", day: date | None = None, **more: Any) -> str:
    """Ask for a service through the four steps; gives back the id of the ask.

    `more`: part, last_on, outlay, place; what is not said is as it usually is.
    """
    visit.go("be-om-hjalp/for-vem/").choose("for_whom", "self").press("Go on")
    choose_service(visit, kind)
    visit.write("need", need)
    if more.get("outlay"):
        visit.choose("outlay_how", "swish").write("outlay_ceiling", more["outlay"])
    visit.press("Go on")
    say_when(visit, day, part=more.get("part", "afternoon"), last_on=more.get("last_on"))
    if more.get("place"):
        visit.pick("place", more["place"]).write("address", "Exempelvägen 8")
    else:
        visit.choose("where", "home")
    visit.press("Go on").tick("accepted").press("Send the question")
    return visit.id


def choose_service(visit: Visit, kind: str) -> None:
    """Choose the service by its picture and go on."""
    picture(visit, kind).get_by_role("radio").check()
    visit.press("Go on")


def picture(visit: Visit, kind: str) -> Locator:
    """The choice of a service, known by its picture."""
    sign = visit.page.locator(f"use[href*='#{PICTURES[kind]}']")
    return visit.page.locator("label.pick", has=sign)


def say_when(visit: Visit, day: date | None, *, part: str, last_on: date | None) -> None:
    """Say which day and time, and until when if it is every week; go on."""
    if day is None:
        visit.choose("when", "tomorrow")
    else:
        visit.choose("when", "day").write("day", day.isoformat())
    visit.choose("part", part)
    if last_on:
        visit.unfold("Every week, or more than one helper").choose("often", "weekly")
        visit.write("last_on", last_on.isoformat())
    visit.press("Go on")


def say_yes(visit: Visit, ask_id: str) -> str:
    """Take the ask from the list of those who would like a hand; gives back the id of the errand."""
    visit.go("hjalpa-till/?most=200")
    visit.click(visit.page.locator(f'main a.btn[href*="{ask_id}"]').first)
    visit.tick("accept").press(YES)
    expect(visit.page.locator(".plate")).to_be_visible()
    return visit.id


def code_at_the_door(visit: Visit) -> str:
    """The four digits that stand on the page."""
    code: str = visit.page.locator(".plate").first.inner_text()
    assert len(code) == 4, f"{code!r} is no code"
    assert code.isdigit(), f"{code!r} is no code"
    return code


PICTURES = {
    "shopping": "shopping-basket",
    "library": "library",
    "dog_walk": "dog",
    "care_companion": "stethoscope",
}
