"""What we tell somebody is in the language they read, on every channel, whatever the one who did it reads."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.utils import translation

from handtag.errands.actions import words
from handtag.errands.messages import meeting
from handtag.kernel.actor import Via, system
from handtag.municipalities.models import Municipality
from handtag.notices import actions
from handtag.notices.models import Notice
from handtag.notices.rules.short import isolated
from handtag.people.actions import read_in
from handtag.people.models import Person
from tests.errands import stage as stages
from tests.errands.stage import Stage
from tests.notices.conftest import Make, as_
from tests.notices.elks import Elks

pytestmark = pytest.mark.django_db
LANGUAGES = ("sv", "sv-easy", "en", "ar", "uk", "fi", "so")
ALPHABETS: dict[str, Callable[[str], bool]] = {
    "ar": lambda words: any("\u0600" <= letter <= "\u06ff" for letter in words),
    "uk": lambda words: any("\u0400" <= letter <= "\u04ff" for letter in words),
}


@pytest.fixture
def stage(elks: Elks, db: None) -> Stage:
    return stages.build()


def reads(person: Person, language: str, **columns: Any) -> Person:
    Person.objects.filter(pk=person.pk).update(language=language, **columns)
    person.refresh_from_db()
    return person


def said(words: str, language: str) -> str:
    with translation.override(language):
        return translation.gettext(words)


def somebody_writes(stage: Stage, reader: str, **columns: Any) -> Notice:
    """Leila, who reads Ukrainian, writes to the asker, who reads in `reader`."""
    errand = stage.errand()
    Municipality.objects.filter(pk=stage.town.pk).update(phone="042-10 50 00")
    reads(stage.people["asker"], reader, **columns)
    with translation.override("uk"):
        words.write_message(by=stage.actor("leila"), errand_id=errand.id, text="Добрий день!")
    return Notice.objects.everywhere().get(person=stage.people["asker"], kind="message.written")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_e_mail_speaks_the_readers_language(stage: Stage, language: str) -> None:
    notice = somebody_writes(stage, language)
    assert notice.language == language
    mail.outbox.clear()
    with translation.override("uk"):  # whatever the worker was at before
        actions.send_due()
    message = next(each for each in mail.outbox if each.subject == notice.subject)
    assert said("Would you rather talk? Ring us on %(phone)s.", language).split("%")[0] in str(message.body)
    for other, is_in in ALPHABETS.items():
        assert is_in(str(message.subject) + str(message.body)) == (other == language)
    assert "Добрий" not in str(message.body)


def thanked(stage: Stage, reader: str, **columns: Any) -> Notice:
    """The asker, who reads in `reader`, is told by somebody who reads Ukrainian that there are thanks."""
    errand = stage.errand()
    asker = reads(stage.people["asker"], reader, **columns)
    with translation.override("uk"):
        meeting.tell(stage.town.id, asker.id, "thanked", errand.id)
    return Notice.objects.everywhere().get(person=asker, kind="feedback.given")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_message_speaks_the_readers_language(stage: Stage, elks: Elks, language: str) -> None:
    notice = thanked(stage, language, email="", phone="+46701740603")
    assert (notice.channel, notice.language) == ("sms", language)
    with translation.override("uk"):
        actions.send_due()
    text = next(each for each in elks.words if notice.subject[:20] in each)
    for other, is_in in ALPHABETS.items():
        assert is_in(text) == (other == language)


def test_words_passed_on_by_text_stand_in_a_sentence_of_the_readers(stage: Stage) -> None:
    errand = stage.errand()
    asker = reads(stage.people["asker"], "fi", email="", phone="+46701740603")
    with translation.override("uk"):
        words.write_message(by=stage.actor("leila"), errand_id=errand.id, text="Добрий день!")
    passed_on = Notice.objects.everywhere().get(person=asker, kind="sms.message")
    frame = said("From the one you are to meet: %(text)s", "fi")
    assert (passed_on.language, passed_on.body) == ("fi", frame % {"text": "Добрий день!"})


def test_what_failed_on_one_channel_goes_out_on_the_next_in_the_same_language(
    stage: Stage, elks: Elks
) -> None:
    notice = somebody_writes(stage, "ar", phone="+46701740603")
    assert notice.channel == "email"
    actions.sending.fail(notice, from_states={"waiting"}, problem="550")
    second = Notice.objects.everywhere().get(follows=notice)
    assert (second.channel, second.language, second.subject) == ("sms", "ar", notice.subject)


def test_a_letter_is_written_in_the_readers_language(stage: Stage) -> None:
    home = {"address": "Exempelvägen 4", "postcode": "25467", "post_town": "Helsingborg"}
    notice = thanked(stage, "fi", email="", phone="", **home)
    assert (notice.channel, notice.language) == ("letter", "fi")
    assert notice.subject == said("A thank-you is waiting for you", "fi")


def test_who_texts_is_answered_in_their_own_language(elks: Elks, town: Municipality, make: Make) -> None:
    make(language="so")
    with translation.override("sv"):
        actions.receive(by=system(town.id, Via.SMS), provider_id="a", sender="+46701740605", text="ja")
    answer = Notice.objects.everywhere().get(kind="sms.answer")
    assert answer.language == "so"
    question = "No question of ours waits for your yes or no just now. "
    question += "Do you want to help with something? Open the link in the message, or ring us."
    assert answer.body == said(question, "so")


def test_a_new_choice_counts_from_the_next_notice(town: Municipality, make: Make) -> None:
    person = make(phone="", email="leila@example.se")
    read_in(by=as_(person, town), language="fi")
    with translation.override("sv"):
        notice = actions.tell(
            municipality_id=town.id,
            person_id=person.id,
            kind="test",
            write=lambda: actions.Letter(translation.gettext("Language"), ""),
        )
    assert (notice.language, notice.subject) == ("fi", "Kieli")


@pytest.mark.parametrize(
    ("words", "isolates"),
    [
        ("اتصل بنا على 042-10 50 00.", ["042-10 50 00"]),
        ("112 أو +46 70 174 06 05", ["+46 70 174 06 05"]),
        ("https://h.example/a/123456-7890123/", []),
        ("الساعة 14:00", []),
        ("رقمنا \u2066042-10 50 00\u2069", ["042-10 50 00"]),  # the translation says so already
    ],
)
def test_phone_numbers_keep_their_order_in_plain_text(words: str, isolates: list[str]) -> None:
    whole = isolated(words)
    assert [part.split("\u2069")[0] for part in whole.split("\u2066")[1:]] == isolates


def test_an_arabic_mail_keeps_the_phone_number_together(stage: Stage) -> None:
    somebody_writes(stage, "ar")
    mail.outbox.clear()
    actions.send_due()
    assert any("\u2066042-10 50 00\u2069" in str(message.body) for message in mail.outbox)
