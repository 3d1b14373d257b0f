"""The contact centre: from the call to the follow-up, by keyboard alone; doubles seen; who is at the door."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page

from handtag.desk.models import Consent, RingBack
from handtag.errands.actions import asking, meeting
from handtag.errands.actions import errand as errands
from handtag.errands.models import Ask, Errand, Feedback, Occasion
from handtag.errands.rules.asks import Wish
from handtag.kernel import clock
from handtag.kernel.actor import Actor, Hat
from handtag.kernel.rights import Role
from handtag.login.models import User
from handtag.mandates.queries import in_force, within
from handtag.municipalities.models import Municipality, Place
from handtag.people.models import Person
from handtag.permits.models import Service
from tests.journeys import axe, looks
from tests.journeys.sample import Clock, Sample
from tests.journeys.steps import work
from tests.journeys.visit import said

MOST_KEYS = 45  # besides the letters that are written; less than a minute of a slow hand
MOST_PAGES = 4  # who is it, the sheet, what to read, and that it is filed


class Counted:
    """A keyboard, and nothing else, that counts what is pressed besides letters, and the pages passed."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed, self.pages = page, 0, 0

    def press(self, key: str) -> None:
        """One key."""
        self.page.keyboard.press(key)
        self.pressed += 1

    def to(self, question: str) -> "Counted":
        """Tab until what has the focus answers to a selector."""
        for _stop in range(40):
            if self.page.evaluate("q => document.activeElement.matches(q)", question):
                return self
            self.press("Tab")
        raise AssertionError(f"Tab never comes to {question}")

    def write(self, words: str) -> "Counted":
        """Write, or choose from a list by writing what it says."""
        self.page.keyboard.type(words)
        return self

    def enter(self) -> "Counted":
        """Send, and be where it leads; axe has a look."""
        with self.page.expect_navigation():
            self.press("Enter")
        self.page.wait_for_load_state("load")
        self.pages += 1
        axe.look(self.page)
        return self


def resident(person_id: UUID | str, town: Municipality) -> Actor:
    return Actor(UUID(str(person_id)), town.id, (Hat(Role.RESIDENT),))


@pytest.fixture
def town(sample: Sample) -> Municipality:
    return Municipality.objects.get(code="1283")


def wish(town: Municipality) -> Wish:
    """Shopping tomorrow morning in Ödåkra."""
    day = clock.today() + timedelta(days=1)
    place = Place.objects.of(town.id).get(name="Ödåkra", kind="village", retired_at=None)
    return Wish(
        service_id=Service.objects.of(town.id).get(kind="shopping").id,
        day=day,
        from_time=clock.local(clock.at(day, clock.NIGHT_TO)).time(),
        to_time=clock.local(clock.at(day, clock.NIGHT_TO) + timedelta(hours=4)).time(),
        place_id=place.id,
        accepted=True,
    )


def test_an_84_year_old_from_the_call_to_the_follow_up_by_keyboard_alone(
    sample: Sample, town: Municipality, time_of_day: Clock
) -> None:
    agent = sample.visit("agent").go("telefon/")
    keys = Counted(agent.page)
    keys.write("Elsa Holm").enter()
    keys.write("042-400 04 84").to("[name=service]").write("Handla")
    keys.to("[name=need]").write("Mjölk och bröd").to("[name=place]").write("Kattarp")
    keys.to("[name=address]").write("Storgatan 8").enter()
    agent.sees("Read this aloud")
    keys.press("Space")
    keys.to("button[value=file]").enter()
    agent.sees("The question is filed. It stands in the same queue as from the web.")
    assert keys.pressed <= MOST_KEYS, f"{keys.pressed} keys"
    assert keys.pages <= MOST_PAGES, f"{keys.pages} pages"

    elsa = Person.objects.get(given_name="Elsa", family_name="Holm")
    ask = Ask.objects.of(town.id).get(asker=elsa)
    assert (elsa.email, ask.state, ask.filed_by is not None) == ("", "open", True)
    assert Consent.objects.of(town.id).get(ask=ask).in_swedish.startswith("Du ber om hjälp")

    errand = _somebody_says_yes(sample, town, ask)
    agent.go("telefon/").sees("Elsa Holm")
    agent.click(agent.page.get_by_role("button", name=said("I ring %(name)s", name="Elsa Holm")))
    assert "Leila" in agent.words
    agent.press("Reached")
    assert not RingBack.objects.of(town.id).filter(person=elsa, state__in=RingBack.LIVE).exists()

    time_of_day.set(errand.starts_at + timedelta(minutes=40))
    errands.complete(by=resident(errand.helper_id, town), errand_id=errand.id)
    time_of_day.set(clock.now() + timedelta(hours=3))
    work(time_of_day)
    agent.go("telefon/").sees("How did it go?")
    agent.click(agent.page.get_by_role("button", name=said("I ring %(name)s", name="Elsa Holm")))
    agent.press("Good").sees("Noted how it went.")
    assert Feedback.objects.get(errand=errand, side="asker").how == "good"


def test_somebody_without_any_way_to_be_reached_is_helped_from_the_counter(
    sample: Sample, town: Municipality, time_of_day: Clock
) -> None:
    agent = sample.visit("agent").go("telefon/").write("words", "Signe Ask").press("Find")
    agent.pick("service", "Handla").write("need", "Mjölk och bröd").pick("place", "Kattarp")
    agent.write("address", "Storgatan 9").press("Go on: what to read aloud")
    agent.tick("accepted").pick("way", said("They ask us themselves"))
    agent.click(agent.page.locator("button[value=file]"))
    signe = Person.objects.get(given_name="Signe", family_name="Ask")
    assert (signe.email, signe.phone, User.objects.filter(person=signe).exists()) == ("", "", False)

    errand = _somebody_says_yes(sample, town, Ask.objects.of(town.id).get(asker=signe))
    agent.again()
    assert errand.door_code in agent.words, "what she is told at the counter is not on the page"
    agent.unfold("Write to each other").write("text", "Ring på hos grannen").press("Send")
    leila = sample.visit("helper", width=390).go(f"uppdrag/{errand.id}/")
    assert "Ring på hos grannen" in leila.words
    assert said("%(proxy)s for %(helped)s", proxy="Petra", helped="Signe") in leila.words

    time_of_day.set(errand.starts_at)
    leila.again().click(leila.page.locator("form[action$='/framme/'] button"))
    agent.again().press("It is done")
    agent.press("Good").sees("Noted how it went.")
    assert Feedback.objects.get(errand=errand, side="asker").how == "good"
    errand.refresh_from_db()
    assert errand.state == "completed"


def _somebody_says_yes(sample: Sample, town: Municipality, ask: Ask) -> Errand:
    """Leila comes, as she would by the web."""
    occasion = Occasion.objects.of(town.id).get(ask=ask)
    offer = meeting.make_offer(by=resident(sample.cast["helper"]["person_id"], town), occasion_id=occasion.pk)
    if offer.state == offer.State.MADE:
        meeting.accept_offer(by=resident(ask.asker_id, town), offer_id=offer.id)
    return Errand.objects.of(town.id).get(occasion=occasion)


def test_the_daughter_and_the_contact_centre_file_the_same_ask(sample: Sample, town: Municipality) -> None:
    asker, daughter = (UUID(sample.cast[key]["person_id"]) for key in ("asker", "proxy"))
    mandate = in_force(town.id, daughter, asker)
    assert mandate is not None
    filed = asking.open_ask(by=resident(daughter, town).in_name_of(asker, within(mandate)), wish=wish(town))
    before = Ask.objects.of(town.id).filter(asker_id=asker).count()
    agent = sample.visit("agent").go("telefon/").write("words", "070-174 06 10").press("Find")
    agent.pick("service", "Handla").press("Go on: what to read aloud")
    agent.sees("Is it this one?")
    assert "Lena Alm" in agent.words
    agent.press("This is it: continue with that one")
    agent.sees("Nothing new was filed. The one that was there goes on.")
    assert Ask.objects.of(town.id).filter(asker_id=asker).count() == before
    filed.refresh_from_db()
    assert filed.state == "open"


def test_somebody_at_the_door(sample: Sample) -> None:
    agent = sample.visit("agent").go("telefon/").follow("Somebody at the door?")
    answers = {}
    for words in ("Leila Nasser", "Rolf Rövare", "Kanariefrida"):
        agent.write("words", words).press("Ask")
        answers[words] = agent.page.locator("[role=status] .big").inner_text()
    assert list(answers.values()) == [said("Yes"), said("No"), said("No")]
    assert "112" in agent.words


@pytest.mark.parametrize(
    "how", [{"width": 390}, {"dark": True}, {"zoom": 4}, {"width": 390, "javascript": False}]
)
def test_the_desk_in_a_hand_in_the_dark_and_magnified(sample: Sample, how: dict[str, Any]) -> None:
    agent = sample.visit("agent", **how)
    aino = Person.objects.get(given_name="Aino", family_name="Lahti")
    Person.objects.filter(pk=aino.pk).update(language="ar")
    for path in ("telefon/", "telefon/samtal/", "telefon/ny/", "telefon/vid-dorren/", f"telefon/{aino.pk}/"):
        agent.go(path)
        assert not agent.is_wider_than_the_screen, path
        assert looks.cut_off(agent.page) == [], path
        assert looks.without_an_edge(agent.page) == [], path
    agent.pick("service", "Handla").press("Go on: what to read aloud")
    assert agent.page.locator("[lang=ar][dir=rtl]").count() == 1
    assert not agent.is_wider_than_the_screen
