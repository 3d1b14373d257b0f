"""A family that uses the service in Arabic, and a neighbour in easy Swedish: each reads in their own way."""

from playwright.sync_api import expect

from handtag.people.models import Person
from tests.journeys.sample import Clock, Sample
from tests.journeys.steps import (
    agree,
    ask_as_a_visitor,
    choose_service,
    code_at_the_door,
    only,
    say_when,
    work,
)
from tests.journeys.visit import Visit, letter, said

MOTHER = "noor.haddad@example.se"
NEED, COMING, THANKS = "حليب وخبز لجدّتي", "أهلًا، الجرس معطّل. اطرق الباب من فضلك.", "شكرًا جزيلًا لك!"
SWEDISH = "Hej! Jag kommer vid två och knackar på."


def reads_in(visit: Visit, code: str) -> Visit:
    """Choose a language in the foot of the page, by its own name."""
    visit.click(visit.page.locator(f'#languages button[value="{code}"]'))
    visit.reads = code
    expect(visit.page.locator("html")).to_have_attribute("dir", "rtl" if code == "ar" else "ltr")
    return visit


def narrow(*visits: Visit) -> None:
    """Nothing runs out over the edge of a telephone."""
    for visit in visits:
        assert not visit.is_wider_than_the_screen, visit.page.url


def marked(visit: Visit, words: str, code: str, beside: str) -> None:
    """The words say which language they are in: to a machine always, to a reader of another in words."""
    held = visit.page.locator(f'main [lang="{code}"]', has_text=words).first
    expect(held).to_be_visible()
    assert held.evaluate("e => getComputedStyle(e).direction") == ("rtl" if code == "ar" else "ltr")
    note = visit.page.locator(
        "main", has_text=said("Written in %(language)s", reads=visit.reads, language=beside)
    )
    assert note.count() == bool(beside)


def test_a_mother_asks_in_arabic_and_a_neighbour_who_reads_swedish_comes(
    sample: Sample, time_of_day: Clock
) -> None:
    mother, helper = sample.visit(width=390), sample.visit("helper", width=390)
    only(sample, "helper")
    reads_in(mother.go(), "ar")
    ask = ask_as_a_visitor(mother, MOTHER, "Noor", "Haddad", place="Ödåkra", need=NEED)
    narrow(mother)
    assert Person.objects.get(email=MOTHER).language == "ar"
    work(time_of_day)

    helper.go(letter("helper@example.org", "ask.open", ask).link)
    marked(helper, NEED, "ar", "arabiska")
    errand = agree(helper)
    told = letter(MOTHER, "errand.agreed")
    assert (told.language, told.subject) == ("ar", said("Somebody is coming to help you", reads="ar"))
    mother.go(told.link)
    assert code_at_the_door(mother) == code_at_the_door(helper)

    mother.go(f"uppdrag/{errand}/").write("text", COMING).press("Send")
    helper.again()
    marked(helper, COMING, "ar", "arabiska")
    helper.write("text", SWEDISH).press("Send")
    mother.again()
    marked(mother, SWEDISH, "sv", "السويدية")
    narrow(mother, helper)

    helper.press("I am with %(name)s", name="Noor").press("It is done")
    mother.again().choose("how", "good").write("thanks", THANKS).press("Send")
    mother.sees("You have said how it was. Thank you!")
    helper.go(letter("helper@example.org", "feedback.given").link)
    marked(helper, THANKS, "ar", "arabiska")
    narrow(mother, helper)


def test_a_grandfather_turns_to_easy_swedish_in_the_middle_of_asking(sample: Sample) -> None:
    asker = sample.visit("asker", width=390)
    asker.go("be-om-hjalp/for-vem/").choose("for_whom", "self").press("Go on")
    choose_service(asker, "shopping")
    asker.write("need", "Mjölk och fil").choose("outlay_how", "cash").write("outlay_ceiling", "150")
    asker.click(asker.page.get_by_role("banner").get_by_role("button", name="Lätt svenska"))
    asker.reads = "sv-easy"
    asker.sees("From now on we write to you in this language too.")
    expect(asker.page.locator('[name="need"]')).to_have_value("Mjölk och fil")
    expect(asker.page.locator('[name="outlay_how"][value="cash"]')).to_be_checked()
    expect(asker.page.locator('[name="outlay_ceiling"]')).to_have_value("150")
    asker.press("Go on")
    say_when(asker, None, part="afternoon", last_on=None)
    asker.choose("where", "home").press("Go on")
    asker.sees("In Swedish, and this is what holds:")
    asker.tick("accepted").press("Send the question")
    asker.sees("Your code at the door")
    narrow(asker)
    assert asker.page.locator("html").get_attribute("lang") == "sv"
    assert Person.objects.get(pk=sample.cast["asker"]["person_id"]).language == "sv-easy"


def test_a_language_is_chosen_without_scripts_too(sample: Sample) -> None:
    asker = sample.visit("asker", width=390, javascript=False)
    reads_in(asker.go("mina-fragor/"), "so")
    assert asker.page.url.endswith("/mina-fragor/")
    asker.sees("From now on we write to you in this language too.")
    lost = sample.visit(width=390, javascript=False)
    lost.page.goto("/helsingborg/finns-inte/")
    reads_in(lost, "uk").sees("There is no door here")
