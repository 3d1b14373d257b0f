"""Who may help: somebody new for whom a check remains, and a caseworker who takes a permit back."""

from tests.journeys.sample import Sample
from tests.journeys.steps import (
    YES,
    ask_for,
    find_at_the_counter,
    find_permit,
    get_ready,
    note_as_met,
    say_yes,
    sign_up_to_help,
)
from tests.journeys.visit import Visit, letter, said

WHY = "Så här står det bara för Leila."


def is_in_the_list(helper: Visit, ask: str) -> bool:
    """Whether the ask is among those that the helper may take."""
    return helper.go("hjalpa-till/?most=200").page.locator(f'main a[href*="{ask}"]').count() > 0


def test_a_new_helper_whose_second_service_needs_a_check(sample: Sample) -> None:
    asker, helper, caseworker = sample.visit("asker"), sample.visit(width=390), sample.visit("caseworker")
    milk = ask_for(asker, "shopping", need="Mjölk")
    company = ask_for(asker, "care_companion", need="Till vårdcentralen", part="evening")
    email = sign_up_to_help(helper, "Nadja", "Olsson")
    get_ready(helper, "shopping", "care_companion")
    helper.sees("This remains")
    assert helper.page.locator("main .rows li").count() == 4, "identity, age, a talk and a reference"
    assert not is_in_the_list(helper, milk)

    find_at_the_counter(caseworker, "Nadja Olsson")
    note_as_met(caseworker, "identity")
    helper.go("hjalpa-till/klart/").sees("Open to you now")
    assert helper.page.locator(".tag.ok").count() == 1
    assert is_in_the_list(helper, milk)
    assert not is_in_the_list(helper, company)
    say_yes(helper, milk)

    for kind in ("interview", "reference"):
        note_as_met(caseworker, kind)
    helper.go("hjalpa-till/klart/").sees("We are looking at it")
    assert not is_in_the_list(helper, company)

    find_permit(caseworker, "Nadja Olsson").choose("verb", "granted").press("Decide and tell them")
    helper.go(letter(email, "permit.granted").link)
    assert helper.page.locator("ul.checks .tag.ok").count() == 2
    helper.go("hjalpa-till/klart/").misses("This remains")
    assert is_in_the_list(helper, company)


def test_a_caseworker_revokes_and_what_was_agreed_reopens(sample: Sample) -> None:
    asker, helper, caseworker = (sample.visit(key) for key in ("asker", "helper", "caseworker"))
    ask = ask_for(asker, "shopping", need="Mjölk och bröd")
    errand = say_yes(helper, ask)
    books = ask_for(asker, "library", need="Två deckare", part="morning")

    find_permit(caseworker, "Leila Nasser", tab="held", service=said("Shopping")).choose("verb", "revoked")
    caseworker.page.locator('[name="reason_code"]').select_option("against_purpose")
    caseworker.write("motivation", WHY).press("Decide and tell them")

    asker.go(letter(email_of("asker"), "errand.called_off").link).sees("This is called off")
    asker.go(f"mina-fragor/{ask}/").sees("The code comes here when a neighbour has said yes.")
    assert WHY not in asker.source
    assert WHY not in letter(email_of("asker"), "errand.called_off").body
    helper.go(f"uppdrag/{errand}/").sees("This is called off")
    assert "Exempelvägen" not in helper.source
    helper.go("mina-behorigheter/").sees(WHY)
    answer = helper.page.goto(f"/helsingborg/hjalpa-till/{ask}/")
    assert answer is not None
    assert answer.status == 404
    helper.look()
    assert helper.button(YES).count() == 0
    again = ask_for(asker, "shopping", need="Kaffe", part="evening")
    assert not is_in_the_list(helper, again)
    assert is_in_the_list(helper, books), "what else they may do stays as it was"
    say_yes(sample.visit("second_helper"), ask)
    asker.go(f"mina-fragor/{ask}/")
    assert "Marek" in asker.heading


def email_of(key: str) -> str:
    """The e-mail address of one of the cast."""
    return f"{key.replace('_', '.')}@example.org"
