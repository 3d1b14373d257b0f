"""Asking for somebody: a home-care ambassador, a daughter, the one who ends it by phone, and in Arabic."""

from collections.abc import Callable

from playwright.sync_api import expect

from handtag.errands.models import Ask
from handtag.mandates.models import Mandate
from handtag.notices.models import Notice
from tests.journeys.keys import Keys
from tests.journeys.sample import Sample
from tests.journeys.steps import agree, choose_service, say_when, say_where
from tests.journeys.visit import Visit, said

AMAL, MOTHER = "Amal Said", "Gun-Britt Alm"


def at_home_in(place: str) -> Callable[[Visit], None]:
    """Where somebody lives is known from an earlier ask, else it is said."""

    def say(visit: Visit) -> None:
        if visit.page.locator('main [name="where"][value="home"]').count():
            visit.choose("where", "home")
        else:
            visit.pick("place", place).write("address", "Exempelvägen 4")

    return say


def ask_in_that_name(visit: Visit, kind: str, need: str, place: str = "Mörarp") -> str:
    """The steps that are left when it is known for whom; gives back the id of the ask."""
    choose_service(visit, kind)
    visit.write("need", need).press("Go on")
    say_when(visit, None, part="afternoon", last_on=None)
    say_where(visit, at_home_in(place))
    visit.press("Go on").tick("accepted").press("Send the question")
    return visit.id


def lets_go_by_phone(agent: Visit, name: str) -> None:
    """The one who is helped has rung, and wants it no more."""
    agent.go("personer/").write("words", name).press("Look up")
    agent.click(agent.page.locator("main ul.rows a", has_text=name)).follow("Mandates")
    agent.click(agent.link("End it", context="mandate")).choose("side", "helped").press("End it now")
    agent.sees("It is ended, and holds no more from now on. Both are told.")


def test_an_ambassador_whose_client_ends_it_by_phone(sample: Sample) -> None:
    """Two touches to ask; the call ends it in the middle of the next; what was sent stays; she is told."""
    anders, petra = sample.visit("ambassador"), sample.visit("agent")
    anders.go("ambassador/").choose("branch", "home_care").press("Save")
    anders.press("Ask for %(name)s", name=AMAL)
    expect(anders.page.locator("section.banner")).to_contain_text(AMAL)
    sent = ask_in_that_name(anders, "shopping", "Bröd och te")
    anders.go("ambassador/").sees(AMAL).sees("questions sent")
    anders.press("Ask for %(name)s", name=AMAL)
    choose_service(anders, "library")
    lets_go_by_phone(petra, AMAL)
    anders.write("need", "En bok").press("Go on").sees(
        "You can no longer do things in that name. Nothing was sent."
    )
    anders.go("ambassador/").misses(AMAL)
    hers = Ask.objects.everywhere().filter(asker__given_name="Amal")
    assert [(str(one.id), one.state) for one in hers] == [(sent, "open")]
    told = Notice.objects.everywhere().get(kind="mandate.ended", person__given_name="Amal")
    assert (told.language, told.state) == ("ar", "unreachable"), "neither mail, text nor a whole address"
    petra.go("onadda/").sees(AMAL)


def test_an_ambassador_adds_somebody_who_reads_arabic(sample: Sample) -> None:
    """The words are shown in Arabic, the Swedish stands beneath the heading, and it holds at once."""
    anders = sample.visit("ambassador", width=390)
    anders.go("ambassador/").follow("Add somebody who has said yes")
    anders.page.locator("summary[lang=ar]").click()
    shown = anders.page.locator("p[lang=ar]")
    assert shown.get_attribute("dir") == "rtl"
    expect(shown).to_be_visible()
    anders.look()
    assert not anders.is_wider_than_the_screen
    anders.write("given_name", "Huda").write("family_name", "Aziz").write("phone", "042-400 04 31")
    anders.page.locator('main select[name="language"]').select_option("ar")
    anders.choose("consent_how", "in_person").press("Save, and tell them")
    anders.sees("Without a yes you cannot ask for them.")
    anders.tick("said_yes").press("Save, and tell them").sees("Huda Aziz")
    made = Mandate.objects.everywhere().get(helped__given_name="Huda")
    assert (made.consent_language, made.consent_how) == ("ar", "in_person")


def test_a_daughter_asks_for_her_mother(sample: Sample) -> None:
    """On a phone: both names stand where the mother and who comes can read them."""
    lena, mother, leila = sample.visit("proxy", width=390), sample.visit("asker"), sample.visit("helper")
    lena.go("mina-fragor/").follow("I help somebody, or somebody helps me")
    lena.press("Do things for %(name)s", name=MOTHER)
    lena.follow("Ask for something else")
    assert not lena.is_wider_than_the_screen
    ask = ask_in_that_name(lena, "shopping", "Mjölk och kaffe")
    mother.go(f"mina-fragor/{ask}/")
    expect(mother.page.locator("main")).to_contain_text(
        said("%(proxy)s for %(helped)s", proxy="Lena", helped=MOTHER)
    )
    leila.go(f"hjalpa-till/{ask}/")
    agree(leila)
    errand = leila.id
    lena.go(f"mina-fragor/{ask}/vem/{errand}/")
    lena.go(f"uppdrag/{errand}/").write("text", "Ring på två gånger").press("Send")
    leila.go(f"uppdrag/{errand}/")
    expect(leila.page.locator(".msgs")).to_contain_text("Lena")
    lena.press("Stop", within="section.banner", context="acting for another")
    expect(lena.page.locator("section.banner")).to_have_count(0)


def test_by_keyboard_alone_one_begins_and_ends(sample: Sample) -> None:
    mother = sample.visit("asker").go("jag-hjalper-nagon/")
    keys = Keys(mother.page)
    keys.unfold("main summary")
    keys.follow('main form[action$="/avsluta/"] .btn')
    mother.look().sees("It is ended. You are both told.")
    lena = sample.visit("proxy").go("jag-hjalper-nagon/")
    assert lena.button("Do things for %(name)s", name=MOTHER).count() == 0


def test_who_hesitates_finds_a_hand_in_every_language(sample: Sample) -> None:
    """From the front page and from the first step; right to left too, and no wider than the phone."""
    visitor = sample.visit(width=390)
    visitor.go().follow("Is it hard to ask?").follow("Ask for help").follow("Is it hard to ask?")
    for code in ("ar", "uk", "fi", "so", "sv-easy"):
        reads = sample.visit(width=390, reads=code).go("be-om-hjalp/svart-att-fraga/")
        assert reads.page.locator("html").get_attribute("dir") == ("rtl" if code == "ar" else "ltr")
        assert not reads.is_wider_than_the_screen


def test_the_pages_of_acting_read_in_arabic(sample: Sample) -> None:
    lena = sample.visit("proxy", width=390, reads="ar").go("jag-hjalper-nagon/")
    assert lena.page.locator("html").get_attribute("dir") == "rtl"
    assert not lena.is_wider_than_the_screen
    lena.click(lena.page.locator('main a[href$="/utskrift/"]'))
    expect(lena.page.locator('p[lang="sv"]')).to_have_attribute("dir", "ltr")


def test_the_course_to_the_end(sample: Sample) -> None:
    """Six pages on a phone; a wrong answer sends nobody on."""
    anders = sample.visit("ambassador", width=390).go("ambassador/kurs/").follow("Begin")
    anders.choose("answer", 0).press("Answer", context="button").sees(
        "Not quite. Read it once more and choose again."
    )
    for number, right in enumerate((1, 2, 1, 0, 2, 1), start=1):
        anders.choose("answer", right).press("Answer", context="button").sees("Right.")
        anders.follow("Next page" if number < 6 else "The course is done")
        assert not anders.is_wider_than_the_screen
    anders.sees("You have done the course. It is noted, and you can read it again whenever you like.")
