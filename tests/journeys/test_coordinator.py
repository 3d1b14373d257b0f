"""A coordinator's Monday: what nobody has taken, permits to decide, a report to see to."""

from playwright.sync_api import expect

from tests.journeys.sample import Sample
from tests.journeys.steps import ask_for, say_yes
from tests.journeys.visit import Visit

WORRY = "Leila kom inte in i tid och dörren stod öppen."
ANSWER = "Vi har talat med henne. Hör av dig om det händer igen."


def deed(visit: Visit, path: str) -> Visit:
    """Press the button of the form that leads to this address."""
    return visit.click(visit.page.locator(f'main form[action$="/{path}/"] button').first)


def open_ask(coordinator: Visit, ask_id: str) -> None:
    """Choose an ask in the queue."""
    coordinator.go("oversikt/")
    line = coordinator.page.locator(f'nav.queue a[href*="{ask_id}"]')
    if not line.is_visible():
        folded = coordinator.page.locator("details", has=coordinator.page.locator(f'a[href*="{ask_id}"]'))
        folded.locator("summary").click()
    coordinator.click(line)


def test_what_nobody_has_taken_is_widened_proposed_and_placed(sample: Sample) -> None:
    asker, coordinator, helper = (sample.visit(key) for key in ("asker", "coordinator", "helper"))
    ask = ask_for(asker, "library", need="Två deckare")
    dog = ask_for(asker, "dog_walk", need="En lugn pudel")

    open_ask(coordinator, ask)
    if coordinator.page.locator('form[action$="/vidga/"]').count():
        deed(coordinator, "vidga")
    open_ask(coordinator, ask)
    coordinator.follow("Choose a person")
    row = coordinator.page.locator("ol.asks > li", has_text="Leila")
    coordinator.click(row.locator('form[action$="/bjud-in/"] button').first)

    helper.go("uppdrag/").sees("You have been asked")
    helper.click(helper.page.locator(f'main a[href*="{ask}"]'))
    helper.page.locator('[name="accept"]').check()
    helper.click(helper.page.locator('button[name="answer"][value="yes"]'))
    asker.go(f"mina-fragor/{ask}/")
    assert "Leila" in asker.heading

    open_ask(coordinator, dog)
    coordinator.follow("Choose a person")
    row = coordinator.page.locator("ol.asks > li", has_text="Marek")
    row.locator("summary").click()
    coordinator.click(row.locator('form[action$="/placera/"] button'))
    asker.go(f"mina-fragor/{dog}/")
    assert "Marek" in asker.heading
    assert coordinator.go("oversikt/").page.locator(f'nav.queue a[href*="{dog}"]').count() == 0


def test_a_permit_is_decided_and_a_report_is_answered(sample: Sample) -> None:
    asker, coordinator, helper = (sample.visit(key) for key in ("asker", "coordinator", "helper"))
    errand = say_yes(helper, ask_for(asker, "shopping", need="Mjölk"))
    asker.go(f"uppdrag/{errand}/").follow("Something feels wrong")
    asker.choose("concern", "unsafe").write("words", WORRY)
    asker.click(asker.page.locator("main form .btn:not(.quiet)"))

    coordinator.go("oversikt/")
    coordinator.click(coordinator.page.locator('nav.queue a[href*="/att-reda-ut/"]').first)
    case = coordinator.id
    expect(coordinator.page.locator("main")).to_contain_text(WORRY)
    deed(coordinator, "ta-hand-om").write("text", "Ringt Leila.").press("Save the note")
    coordinator.tick("came_of").write("answer", ANSWER).press("Answer and close")
    asker.go(f"det-du-berattade/{case}/")
    assert ANSWER in asker.words
    assert "Ringt Leila" not in asker.source

    coordinator.go("oversikt/")
    coordinator.click(coordinator.page.locator('nav.queue a[href*="/behorigheter/"]').first)
    coordinator.choose("verb", "refused")
    coordinator.page.locator('[name="reason_code"]').select_option("own_wish")
    coordinator.press("See the letter first").press("Decide and tell them")
    coordinator.go("siffror/")
