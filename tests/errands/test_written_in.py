"""What neighbours write is marked with the language they wrote it in, and says so to who reads in another."""

from datetime import UTC, datetime, time
from typing import Any

import pytest
from django.utils import translation

from handtag.errands.actions import words
from handtag.errands.actions.asking import change_ask, tell_more
from handtag.errands.models import Errand, Feedback, Message
from tests.errands import stage
from tests.errands.asked import AskTown
from tests.errands.stage import Stage

COMING = "أهلًا، سآتي غدًا"
MILK = "حليب وخبز"


@pytest.fixture
def town(db: None) -> Stage:
    return stage.build()


@pytest.fixture
def errand(town: Stage) -> Errand:
    return town.errand()


def write(town: Stage, errand: Errand, who: str, text: str, language: str) -> Message:
    with translation.override(language):
        return words.write_message(by=town.actor(who), errand_id=errand.id, text=text)


def page_of(town: Stage, errand: Errand, who: str, language: str) -> str:
    """The page of the errand, in the language somebody reads in."""
    type(town.people[who]).objects.filter(pk=town.people[who].pk).update(language=language)
    return str(town.browser(who).get(f"/{town.town.slug}/uppdrag/{errand.id}/").text)


def test_a_message_in_arabic_is_marked_and_said_to_be_so(town: Stage, errand: Errand) -> None:
    assert write(town, errand, "leila", COMING, "ar").written_in == "ar"
    page = page_of(town, errand, "asker", "sv")
    assert f'<div dir="auto" lang="ar">{COMING}</div><p class="muted sm">(Skrivet på arabiska)</p>' in page
    page = page_of(town, errand, "leila", "ar")
    assert f'<div dir="auto" lang="ar">{COMING}</div></li>' in page


def test_a_message_in_swedish_is_marked_on_the_arabic_page(town: Stage, errand: Errand) -> None:
    write(town, errand, "asker", "Välkommen, jag är hemma.", "sv-easy")
    page = page_of(town, errand, "leila", "ar")
    assert '<div dir="auto" lang="sv">Välkommen, jag är hemma.</div>' in page
    assert '<p class="muted sm">(مكتوب باللغة السويدية)</p>' in page


def test_who_reads_arabic_and_writes_swedish_is_not_said_to_write_arabic(town: Stage, errand: Errand) -> None:
    assert write(town, errand, "leila", "Hej, jag kommer i morgon!", "ar").written_in == ""


def test_what_stood_before_has_no_mark(town: Stage, errand: Errand) -> None:
    Message.objects.create(errand=errand, writer=town.people["asker"], text="Välkommen!")
    page = page_of(town, errand, "leila", "ar")
    assert '<div dir="auto">Välkommen!</div></li>' in page


def test_thanks_are_marked(town: Stage, errand: Errand) -> None:
    Errand.objects.of(town.town.id).filter(pk=errand.pk).update(state=Errand.State.COMPLETED)
    with translation.override("uk"):
        words.give_feedback(by=town.actor("asker"), errand_id=errand.id, how="good", thanks="Дякую!")
    assert Feedback.objects.get().written_in == "uk"
    page = page_of(town, errand, "leila", "fi")
    assert '<div dir="auto" lang="uk">Дякую!</div><p class="muted sm">(Kielenä ukraina)</p>' in page


def test_words_are_shown_as_words_and_never_as_code(town: Stage, errand: Errand) -> None:
    write(town, errand, "leila", "سآتي <b>غدًا</b>\nأهلًا", "ar")
    assert "سآتي &lt;b&gt;غدًا&lt;/b&gt;<br>أهلًا</div>" in page_of(town, errand, "asker", "sv")


@pytest.fixture
def asking(db: None, time_machine: Any) -> AskTown:
    time_machine.move_to(datetime(2026, 11, 21, 12, 40, tzinfo=UTC), tick=False)
    return AskTown()


def test_what_is_needed_is_marked_from_the_list_to_the_page(asking: AskTown) -> None:
    with translation.override("ar"):
        ask = asking.ask(asking.person(), need=MILK, know="الباب الثاني")
    assert ask.written_in == "ar"
    helper = asking.helper()
    for path in ("hjalpa-till/", f"hjalpa-till/{ask.id}/"):
        page = asking.client(helper).get(f"/{asking.slug}/{path}").text
        assert f'<bdi lang="ar">{MILK}</bdi> <span class="muted sm">(Skrivet på arabiska)</span>' in page


def test_the_asker_reads_their_own_words_without_a_mark_beside(asking: AskTown) -> None:
    asker = asking.person(language="ar")
    with translation.override("ar"):
        ask = asking.ask(asker, need=MILK)
    page = asking.client(asker).get(f"/{asking.slug}/mina-fragor/{ask.id}/").text
    assert f'<bdi lang="ar">{MILK}</bdi></dd>' in page


def test_a_change_of_the_time_leaves_the_mark_and_other_words_get_their_own(asking: AskTown) -> None:
    asker = asking.person()
    with translation.override("ar"):
        ask = asking.ask(asker, need=MILK)
    with translation.override("sv"):
        changed = change_ask(by=asker, ask_id=ask.id, wish=asking.wish(need=MILK, from_time=time(13)))
        assert changed.written_in == "ar"
        changed = change_ask(by=asker, ask_id=ask.id, wish=asking.wish(need="Mjölk och bröd"))
        assert changed.written_in == "sv"
    with translation.override("ar"):
        assert tell_more(by=asker, ask_id=ask.id, need=MILK, know="").written_in == "ar"
