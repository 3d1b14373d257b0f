"""A coordinator's Monday: what nobody has taken, permits to decide, a report to see to, the figures."""

from playwright.sync_api import expect

from tests.journeys.sample import Sample
from tests.journeys.steps import (
    ask_for,
    find_permit,
    get_ready,
    open_in_queue,
    place_by_hand,
    proposed,
    say_yes,
    sign_up_to_help,
)
from tests.journeys.visit import Visit, letter

WORRY = "Leila kom inte in i tid och dörren stod öppen."
ANSWER = "Vi har talat med henne. Hör av dig om det händer igen."


def deed(visit: Visit, path: str) -> Visit:
    """Press the button of the form that leads to this address."""
    return visit.click(visit.page.locator(f'main form[action$="/{path}/"] button').first)


def test_what_nobody_has_taken_is_widened_proposed_and_placed(sample: Sample) -> None:
    asker, coordinator, helper = (sample.visit(key) for key in ("asker", "coordinator", "helper"))
    ask = ask_for(asker, "library", need="Två deckare")
    # Marek lives in Kattarp: nobody who walks dogs is nearer to it.
    dog = ask_for(asker, "dog_walk", need="En lugn pudel", where="Kattarp")

    open_in_queue(coordinator, ask)
    if coordinator.page.locator('form[action$="/vidga/"]').count():
        deed(coordinator, "vidga")
    coordinator.click(proposed(coordinator, ask, "Leila Nasser").locator('form[action$="/bjud-in/"] button'))

    helper.go(letter("helper@example.org", "invitation.sent").link)
    helper.page.locator('[name="accept"]').check()
    helper.click(helper.page.locator('button[name="answer"][value="yes"]'))
    asker.go(f"mina-fragor/{ask}/")
    assert "Leila" in asker.heading

    place_by_hand(coordinator, dog, "Marek Nowak")
    asker.go(f"mina-fragor/{dog}/")
    assert "Marek" in asker.heading
    assert coordinator.go("oversikt/").page.locator(f'nav.queue a[href*="{dog}"]').count() == 0


def test_a_permit_is_decided_and_the_applicant_told(sample: Sample) -> None:
    applicant, coordinator = sample.visit(width=390), sample.visit("coordinator")
    email = sign_up_to_help(applicant, "Mirja", "Ovanlig")
    get_ready(applicant, "care_companion")

    coordinator.go("oversikt/")
    expect(coordinator.page.locator('nav.queue a[href*="/behorigheter/"]').first).to_be_visible()
    find_permit(coordinator, "Mirja Ovanlig").choose("verb", "refused")
    coordinator.page.locator('[name="reason_code"]').select_option("own_wish")
    coordinator.press("See the letter first").press("Decide and tell them")
    applicant.go(letter(email, "permit.refused").link)
    assert applicant.page.locator("ul.checks .tag.ok").count() == 0
    assert coordinator.go("behorigheter/").page.locator("main", has_text="Mirja Ovanlig").count() == 0


def test_a_report_is_taken_in_hand_and_answered(sample: Sample) -> None:
    asker, coordinator, helper = (sample.visit(key) for key in ("asker", "coordinator", "helper"))
    errand = say_yes(helper, ask_for(asker, "shopping", need="Mjölk"))
    asker.go(f"uppdrag/{errand}/").follow("Something feels wrong")
    asker.choose("concern", "unsafe").write("words", WORRY)
    asker.click(asker.page.locator("main form .btn:not(.quiet)"))

    coordinator.go("oversikt/")
    expect(coordinator.page.locator('nav.queue a[href*="/att-reda-ut/"]').first).to_be_visible()
    coordinator.go("att-reda-ut/").click(
        coordinator.page.locator('main ul.rows a[href*="/att-reda-ut/"]').last
    )
    case = coordinator.id
    expect(coordinator.page.locator("main")).to_contain_text(WORRY)
    deed(coordinator, "ta-hand-om").write("text", "Ringt Leila.").press("Save the note")
    coordinator.tick("came_of").write("answer", ANSWER).press("Answer and close")
    asker.go(letter("asker@example.org", "case.answered").link)
    assert asker.page.url.endswith(f"det-du-berattade/{case}/")
    assert ANSWER in asker.words
    assert "Ringt Leila" not in asker.source
    helper.go(f"uppdrag/{errand}/")
    assert WORRY not in helper.source


def test_the_figures_of_the_week_hide_what_is_few(sample: Sample) -> None:
    coordinator = sample.visit("coordinator").go("siffror/")
    cells = coordinator.page.locator("main table td").all_inner_texts()
    numbers = [int(cell) for cell in cells if cell.strip().isdecimal()]
    assert any(numbers), "no figures are shown"
    assert not [number for number in numbers if 0 < number < 5], cells


def test_on_a_phone_the_ask_stands_first_and_the_queue_a_link_away(sample: Sample) -> None:
    ask = ask_for(sample.visit("asker"), "library", need="Två deckare")
    coordinator = sample.visit("coordinator", width=390).go(f"oversikt/fraga/{ask}/")
    queue = coordinator.page.locator("nav.queue")
    expect(queue).to_be_hidden()
    coordinator.page.set_viewport_size({"width": 1280, "height": 900})
    expect(queue).to_be_visible()
    coordinator.page.set_viewport_size({"width": 390, "height": 844})
    coordinator.follow("Overview")
    expect(queue).to_be_visible()
