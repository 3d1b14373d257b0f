"""Who may help: somebody new for whom a check remains, and a caseworker who takes a permit back."""

from handtag.people.models import Person
from tests.journeys.sample import Sample
from tests.journeys.steps import YES, ask_for, picture, say_yes
from tests.journeys.visit import Visit, code_in_the_post


def sign_up_to_help(visit: Visit, email: str) -> None:
    """From the front page to the helper's own page, with a code that came by e-mail."""
    visit.go().click(visit.page.locator(".doors a").nth(1))
    visit.write("email", email).press("Send me a code")
    visit.write("code", code_in_the_post(email)).press("Log in")
    visit.write("given_name", "Nadja").write("family_name", "Olsson")
    visit.choose("age", "adult").pick("place", "Ödåkra").click(visit.page.locator("main form .btn"))
    if "/borja/" not in visit.page.url:
        visit.follow("Tell us how you want to help")


def get_ready(visit: Visit, *kinds: str) -> None:
    """The four steps of a helper."""
    for kind in kinds:
        picture(visit, kind).get_by_role("checkbox").check()
    visit.press("Go on").press("Go on").tick("any_time").press("Go on").press("Done")


def note(visit: Visit, kind: str) -> None:
    """The caseworker notes one demand as met."""
    form = visit.page.locator("main details").filter(
        has=visit.page.locator(f'input[type="hidden"][name="kind"][value="{kind}"]')
    )
    form.locator("summary").click()
    if kind == "identity":
        form.locator('[name="adult"][value="yes"]').check()
    visit.click(form.get_by_role("button"))


def test_a_new_helper_whose_second_service_needs_a_check(sample: Sample) -> None:
    helper, caseworker = sample.visit(width=390), sample.visit("caseworker")
    sign_up_to_help(helper, "nadja.olsson@example.se")
    get_ready(helper, "shopping", "care_companion")
    helper.sees("This remains")
    assert helper.page.locator("main li").count() == 4, "identity, age, a talk and a reference"

    person = Person.objects.get(email="nadja.olsson@example.se").id
    caseworker.go("behorigheter/disken/").write("namn", "Nadja Olsson").press("Search")
    caseworker.click(caseworker.page.locator(f'main a[href*="{person}"]'))
    note(caseworker, "identity")

    helper.go("hjalpa-till/klart/").sees("Open to you now")
    assert helper.page.locator(".tag.ok").count() == 1
    for kind in ("interview", "reference"):
        note(caseworker, kind)
    helper.go("hjalpa-till/klart/").sees("We are looking at it")

    caseworker.go("behorigheter/?namn=Nadja+Olsson")
    caseworker.click(caseworker.page.locator("main ul.rows a", has_text="Nadja Olsson"))
    caseworker.choose("verb", "granted").press("Decide and tell them")
    helper.go("mina-behorigheter/")
    assert helper.page.locator("ul.checks .tag.ok").count() == 2
    helper.go("hjalpa-till/klart/").misses("This remains")


def test_a_caseworker_revokes_and_what_was_agreed_reopens(sample: Sample) -> None:
    asker, helper, caseworker = (sample.visit(key) for key in ("asker", "helper", "caseworker"))
    ask = ask_for(asker, "shopping", need="Mjölk och bröd")
    errand = say_yes(helper, ask)

    caseworker.go("behorigheter/?visa=held&namn=Leila")
    shopping = caseworker.page.locator("main ul.rows a", has_text="Leila Nasser").filter(has_text="Handl")
    caseworker.click(shopping).choose("verb", "revoked")
    caseworker.page.locator('[name="reason_code"]').select_option("against_purpose")
    caseworker.write("motivation", "Så här står det bara för Leila.").press("Decide and tell them")

    asker.go(f"mina-fragor/{ask}/").sees("The code comes here when a neighbour has said yes.")
    assert "Så här står det" not in asker.source
    helper.go(f"uppdrag/{errand}/").sees("This is called off")
    helper.go("mina-behorigheter/").sees("Så här står det bara för Leila.")
    answer = helper.page.goto(f"/helsingborg/hjalpa-till/{ask}/")
    assert answer is not None
    assert answer.status == 404
    helper.look()
    assert helper.button(YES).count() == 0
    again = ask_for(asker, "shopping", need="Kaffe", part="evening")
    helper.go("hjalpa-till/?most=200")
    assert helper.page.locator(f'a[href*="{again}"]').count() == 0
    say_yes(sample.visit("second_helper"), ask)
