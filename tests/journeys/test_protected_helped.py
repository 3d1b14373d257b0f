"""Somebody with a protected identity is helped like anybody else, and nobody learns who or where."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import expect

from handtag.kernel import phones
from tests.journeys import traces
from tests.journeys.sample import Clock, Sample
from tests.journeys.steps import (
    ask_for,
    calendar_address,
    code_at_the_door,
    events,
    introduce,
    log_in,
    open_in_queue,
    place_by_hand,
    put_on_the_map,
    say_yes,
)
from tests.journeys.traces import Trace, ids_about, letters, told, told_apart, walked
from tests.journeys.visit import Visit, said

ADDRESS, DOOR = "Kanariestigen 77", "Kanarie står det på dörren"
KNOW = ("officer", "protected")
PHONE, EMAIL = "070-174 06 88", "kanarie.soderdahl@example.se"


def test_a_protected_person_asks_and_an_officer_places_it(
    sample: Sample, time_of_day: Clock, log: Callable[[], str], settings: Any
) -> None:
    person, officer, helper = (sample.visit(key) for key in ("protected", "officer", "helper"))
    person.go("mina-kontaktuppgifter/").write("address", ADDRESS).press("Save")
    point: list[str] = []
    # Few helpers speak Arabic; one of the cast does.
    ask = ask_for(person, "shopping", need="En kasse mat", language="ar", where=on_the_map(point))
    person.sees("We are finding somebody for you")

    open_in_queue(officer, ask).sees("Protected identity.")
    place_by_hand(officer, ask, "Leila Nasser")
    person.go(f"mina-fragor/{ask}/")
    assert "Leila" in person.heading

    errand = the_errand(helper, "Vera")
    helper.sees("The municipality arranges the contact for this errand. Ring us if you have questions.")
    helper.sees("You meet at a public place. Say the code before you begin.")
    assert code_at_the_door(helper) == code_at_the_door(person)
    address = calendar_address(helper)
    assert any(errand in str(event["URL"]) for event in events(helper, address)), "not in the calendar"
    both_say_how_it_was(person, helper, errand, "Vera")

    secrets = [*sample.canaries, phones.shown(sample.canary("phone")), ADDRESS, DOOR, *coarser(point)]
    about = sample.cast["protected"]["person_id"]
    assert {one.split(":")[0].strip("'") for one in told(walked(sample, "protected"), secrets)} >= {
        *sample.canaries,
        ADDRESS,
    }, "the search finds nothing where all of it stands"
    everything = [
        *whatever_others_find(sample, about),
        *letters(but_to=sample.canary("email")),
        *traces.sent(settings, time_of_day),
        Trace("the calendar", helper.page.request.get(address).text()),
        Trace("the log", log()),
    ]
    assert told(everything, secrets) == []
    assert "notice not sent" in log(), "nothing was logged at all"
    assert len(everything) > 1000, "too little was looked at to say anything"


def test_hidden_and_absent_answer_alike(sample: Sample) -> None:
    person, officer = sample.visit("protected"), sample.visit("officer")
    place_by_hand(officer, ask_for(person, "shopping", need="En kasse mat", language="ar"), "Leila Nasser")
    about = ids_about(sample.cast["protected"]["person_id"])
    assert all(about[name] for name in ("ask_id", "occasion_id", "errand_id", "permit_id")), about
    apart = [
        one
        for key in sample.everybody_but(*KNOW)
        if key != "helper"
        for one in told_apart(sample, key, about)
    ]
    assert apart == []
    assert told_apart(sample, "officer", about), "the officer opens some of them"
    staff = ("coordinator", "caseworker", "agent", "host", "administrator", "both")
    assert [one for key in staff for one in told_apart(sample, key, about, method="post")] == []


def test_whoever_is_marked_today_is_gone_from_what_was_shown_yesterday(
    sample: Sample, time_of_day: Clock, log: Callable[[], str], settings: Any
) -> None:
    person, helper, officer = sample.visit(width=390), sample.visit("helper"), sample.visit("officer")
    person.go("mina-kontaktuppgifter/")
    log_in(person, EMAIL)
    introduce(person, "Kanarina", "Söderdahl", place="Ödåkra")
    person.go("mina-kontaktuppgifter/").write("phone", PHONE).write("address", ADDRESS).press("Save")
    about = str(person.page.locator("[data-person]").first.get_attribute("data-person"))
    point: list[str] = []
    ask = ask_for(person, "shopping", need="Mjölk", where=on_the_map(point))
    errand = say_yes(helper, ask)
    person.go(f"uppdrag/{errand}/").write("text", f"Ring mig på {PHONE}").press("Send")
    address = calendar_address(helper)

    secrets = ["Kanarina", "Söderdahl", EMAIL, PHONE, ADDRESS, DOOR, *coarser(point)]
    before = told([*walked(sample, "helper"), *walked(sample, "coordinator")], secrets)
    assert {one.split(":")[0].strip("'") for one in before} >= {"Kanarina", "Söderdahl", PHONE, DOOR}
    assert "Kanarina" in helper.page.request.get(address).text()

    officer.go("personer/").write("words", EMAIL).press("Search")
    officer.click(officer.page.locator("main ul.rows a").first).follow("Mark as protected")
    officer.choose("kind", "protected_registration").write("chosen_name", "Solveig")
    officer.write("reason", "Beslut visat").press("Mark as protected")

    helper.go(f"uppdrag/{errand}/").sees("This is called off")
    assert {event["STATUS"] for event in events(helper, address) if errand in event["URL"]} == {"CANCELLED"}
    person.go(f"mina-fragor/{ask}/").sees("We are finding somebody for you")
    everything = [
        *whatever_others_find(sample, about),
        *letters(but_to=EMAIL),
        *traces.sent(settings, time_of_day),
        Trace("the calendar", helper.page.request.get(address).text()),
        Trace("the log", log()),
    ]
    assert told(everything, secrets) == []

    place_by_hand(officer, ask, "Leila Nasser")
    both_say_how_it_was(person, helper, the_errand(helper, "Solveig"), "Solveig")


def whatever_others_find(sample: Sample, about: str) -> Iterator[Trace]:
    """Each page and file they walk to, and what they get who have found out her ids."""
    for key in sample.everybody_but(*KNOW):
        yield from walked(sample, key)
        yield from traces.knocked(sample.browser(key), key, "helsingborg", ids_about(about))


def on_the_map(point: list[str]) -> Callable[[Visit], None]:
    """Say where by a point, which is told in `point`, and how to find the door."""

    def say(visit: Visit) -> None:
        point.extend(put_on_the_map(visit))
        visit.write("door", DOOR)

    return say


def coarser(point: list[str]) -> list[str]:
    """Longitude and latitude, to some ten metres, as machines and as people write them."""
    assert all(re.fullmatch(r"\d\d\.\d{5}", number) for number in point), point
    return [number[:-1].replace(".", sign) for number in point for sign in ".,"]


def the_errand(helper: Visit, name: str) -> str:
    """Open the coming errand with this person; gives back its id."""
    line = (
        helper.go("uppdrag/")
        .page.locator("main li", has_text=name)
        .filter(has_not_text=said("This is called off"))
    )
    return helper.click(line.get_by_role("link").first).id


def both_say_how_it_was(person: Visit, helper: Visit, errand: str, name: str) -> None:
    """The help is given, and each tells."""
    helper.go(f"uppdrag/{errand}/").press("I am with %(name)s", name=name).press("It is done")
    person.go(f"uppdrag/{errand}/").choose("how", "good").write("thanks", "Tack för allt!").press("Send")
    person.sees("You have said how it was. Thank you!")
    helper.again().sees("Tack för allt!")
    helper.choose("how", "good").press("Send").sees("You have said how it was. Thank you!")
    expect(helper.page.locator("main")).to_contain_text(said("Thanks from %(name)s", name=name))
