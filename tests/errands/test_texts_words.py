"""All that one can text besides JA, NEJ and KLAR; and words for the one whom they are to meet."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from handtag.cases.models import Case
from handtag.desk.models import RingBack
from handtag.errands.actions import errand as errands
from handtag.errands.actions import meeting
from handtag.errands.actions.words import write_message
from handtag.errands.models import Errand, Feedback, Message
from handtag.kernel import clock
from handtag.notices import actions as notices
from handtag.notices import queries
from handtag.notices.models import Notice
from handtag.people.models import Person
from tests.errands.stage import Stage
from tests.errands.test_by_text import NOON, PHONES, built, invite, text
from tests.notices.elks import Elks, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def elks(settings: Any) -> Iterator[Elks]:
    with running() as server, clock.travelling(NOON):
        settings.SMS_URL = server.url
        yield server


@pytest.fixture
def stage(elks: Elks, db: None) -> Stage:
    return built()


# --- more words -------------------------------------------------------------------------------------------


def test_stopp_and_start(stage: Stage, elks: Elks) -> None:
    text(stage, "leila", "STOPP")
    text(stage, "leila", "start")
    assert stage.profile("leila").paused_until is None
    assert Case.objects.of(stage.town.id).count() == 0


def test_stopp_once_more_is_no_texts_at_all(stage: Stage, elks: Elks) -> None:
    for _ in range(2):
        text(stage, "leila", "stopp")
    assert invite(stage)
    assert elks.taken[-1].to == PHONES["leila"]
    before = len(elks.taken)
    text(stage, "leila", "hjälp")
    assert len(elks.taken) == before + 1
    tell = Notice.objects.of(stage.town.id).get(kind="invitation.sent")
    assert (tell.state, tell.channel) == ("unreachable", "email")


def test_an_asker_who_says_stopp_is_rung_instead_until_start(stage: Stage, elks: Elks) -> None:
    errand = stage.errand(helper="leila")
    text(stage, "asker", "stopp")
    before = len(elks.taken)
    stage.actor("leila")
    errands.cancel(by=stage.actor("leila"), errand_id=errand.id)
    notices.send_due()
    assert len(elks.taken) == before
    text(stage, "asker", "START")
    assert not queries.chosen(stage.people["asker"].id).no_texts


def test_what_waits_when_they_say_stopp_is_not_sent(stage: Stage, elks: Elks) -> None:
    occasion = stage.occasion(stage.ask(agreement="coordinator"))
    meeting.invite(by=stage.actor("karin"), occasion_id=occasion.id, person_id=stage.people["leila"].id)
    notices.stop_texts(by=stage.actor("leila"))
    assert (notices.send_due(), elks.taken) == (0, [])


def test_texts_are_taken_up_again_on_the_page(stage: Stage) -> None:
    notices.stop_texts(by=stage.actor("asker"))
    path = f"/{stage.town.slug}/mina-kontaktuppgifter/kanaler/"
    browser = stage.browser("asker")
    with translation.override("sv"):
        assert translation.gettext("You have stopped our texts.") in browser.get(path).content.decode()
    browser.post(path, {"first": "sms", "then": "", "quiet_from": "21", "quiet_until": "8"})
    assert not queries.chosen(stage.people["asker"].id).no_texts


def test_help_is_a_list_of_words(stage: Stage, elks: Elks) -> None:
    text(stage, "leila", "Hjälp!")
    assert "AVBRYT" in elks.words[-1]
    assert Case.objects.of(stage.town.id).count() == 0


def test_ring_makes_a_call_to_be_made_and_a_promise(stage: Stage, elks: Elks) -> None:
    stage.errand(helper="leila")  # not passed on to the neighbour
    text(stage, "asker", "Ring mig")
    assert RingBack.objects.of(stage.town.id).get().person_id == stage.people["asker"].id
    assert (Message.objects.count(), Case.objects.of(stage.town.id).count()) == (0, 0)
    assert elks.taken[-1].to == PHONES["asker"]


@pytest.mark.parametrize(
    ("yes", "no"), [("YES", "NO"), ("نعم", "لا"), ("ТАК", "НІ"), ("KYLLÄ", "EI"), ("HAA", "MAYA")]
)
def test_yes_and_no_in_their_own_language(stage: Stage, yes: str, no: str) -> None:
    stage.errand(helper="leila")
    invite(stage, start=NOON + timedelta(days=3))
    text(stage, "leila", yes)
    assert Errand.objects.of(stage.town.id).count() == 2
    invitation = invite(stage, start=NOON + timedelta(days=4))
    text(stage, "leila", no)
    invitation.refresh_from_db()
    assert invitation.state == "declined"


def test_vem_is_answered_with_who_where_when_and_the_code(stage: Stage, elks: Elks) -> None:
    errand = stage.errand(helper="leila")
    text(stage, "leila", "vem?")
    for fact in ("Asker", "Exempelvägen 4", errand.door_code):
        assert fact in elks.words[-1]
    text(stage, "asker", "VEM")
    assert "Leila" in elks.words[-1]
    assert errand.door_code in elks.words[-1]
    assert "Exempel" not in elks.words[-1]


def test_vem_before_one_answers_tells_what_the_page_would(stage: Stage, elks: Elks) -> None:
    invite(stage)
    assert "VEM 1" in elks.words[-1]
    text(stage, "leila", "VEM 1")
    (told,) = [words for words in elks.words if "1 km" in words]
    for hidden in ("Asker", "Exempel", "2580", "kasse"):
        assert hidden not in told
    second = invite(stage, start=NOON + timedelta(days=3))
    text(stage, "leila", "vem")
    assert "VEM 1, VEM 2" in elks.words[-1]
    Person.objects.filter(pk=stage.people["asker"].pk).update(protection="secrecy_mark")
    text(stage, "leila", "VEM 2")
    assert "km" not in elks.words[-1]
    assert second.state == "sent"


def test_vem_of_an_offer_tells_the_asker_who(stage: Stage, elks: Elks) -> None:
    occasion = stage.occasion(stage.ask(agreement="asker"))
    meeting.make_offer(by=stage.actor("leila"), occasion_id=occasion.id)
    notices.send_due()
    text(stage, "asker", "VEM 1")
    assert "Leila" in elks.words[-1]
    assert "Exempel" not in elks.words[-1]


def test_vem_tells_nothing_of_somebody_protected(stage: Stage, elks: Elks) -> None:
    errand = stage.errand(helper="leila")
    Person.objects.filter(pk=stage.people["asker"].pk).update(protection="secrecy_mark")
    text(stage, "leila", "VEM")
    for canary in ("Asker", "Exempel", errand.door_code):
        assert canary not in elks.words[-1]


def test_the_asker_hears_when_and_the_code(stage: Stage, elks: Elks) -> None:
    errand = stage.errand(helper="leila")
    notices.send_due()
    (told,) = [message for message in elks.taken if message.to == PHONES["asker"]]
    assert errand.door_code in told.words
    assert "VEM" in told.words
    assert Notice.objects.of(stage.town.id).get(kind="sms.facts").body == ""


def test_har_begins_and_klar_ends_and_bra_says_how_it_was(stage: Stage, elks: Elks) -> None:
    errand = stage.errand(helper="leila")
    with clock.travelling(errand.starts_at - timedelta(minutes=5)):
        text(stage, "leila", "Framme")
        errand.refresh_from_db()
        assert errand.state == "started"
        text(stage, "leila", "klar")
        text(stage, "leila", "1")
        text(stage, "asker", "sådär")
    errand.refresh_from_db()
    assert errand.state == "completed"
    said = {row.side: row.how for row in Feedback.objects.filter(errand=errand)}
    assert said == {"helper": "good", "asker": "fair"}


def test_har_long_before_is_a_word_like_any_other(stage: Stage) -> None:
    errand = stage.errand(helper="leila")
    text(stage, "leila", "här")
    errand.refresh_from_db()
    assert errand.state == "agreed"


def test_avbryt_by_the_helper_opens_the_place_again(stage: Stage, elks: Elks) -> None:
    errand = stage.errand(helper="leila")
    text(stage, "leila", "AVBRYT")
    errand.refresh_from_db()
    assert errand.state == "cancelled_by_helper"


def test_avbryt_by_the_asker_takes_back_the_ask(stage: Stage, elks: Elks) -> None:
    ask = stage.ask()
    text(stage, "asker", "avbryt")
    ask.refresh_from_db()
    assert ask.state == "withdrawn"


def test_avbryt_by_the_asker_tells_the_helper(stage: Stage, elks: Elks) -> None:
    errand = stage.errand(helper="leila")
    text(stage, "asker", "AVBRYT")
    errand.refresh_from_db()
    assert errand.state == "cancelled_by_asker"
    assert PHONES["leila"] in {message.to for message in elks.taken}


def test_avbryt_with_two_does_nothing(stage: Stage) -> None:
    errand = stage.errand(helper="leila")
    other = stage.errand(helper="leila", start=NOON + timedelta(days=5))
    text(stage, "leila", "avbryt")
    for each in (errand, other):
        each.refresh_from_db()
        assert each.state == "agreed"


# --- words for the one whom they are to meet ---------------------------------------------------------------


def test_what_is_no_command_is_passed_on_whole_without_name_or_number(stage: Stage, elks: Elks) -> None:
    errand = stage.errand(helper="leila")
    text(stage, "leila", "Jag kommer med bussen tio över två")
    message = Message.objects.get(errand=errand)
    assert (message.text, message.writer_id) == (
        "Jag kommer med bussen tio över två",
        stage.people["leila"].id,
    )
    (got,) = [each for each in elks.taken if "bussen" in each.words]
    assert got.to == PHONES["asker"]
    for canary in ("Leila", "46701740601", "0701740601", "Exempel"):
        assert canary not in got.words
    text(stage, "asker", "Fint, jag står i porten")
    assert [each.to for each in elks.taken if "porten" in each.words] == [PHONES["leila"]]
    assert Case.objects.of(stage.town.id).count() == 0


def test_two_in_a_row_come_both(stage: Stage, elks: Elks) -> None:
    stage.errand(helper="leila")
    for words in ("Jag blir sen", "Nu går jag"):
        text(stage, "leila", words)
    assert len([each for each in elks.taken if "Jag blir sen" in each.words or "Nu går" in each.words]) == 2


def test_what_is_written_on_the_page_reaches_who_lives_by_text(stage: Stage, elks: Elks) -> None:
    errand = stage.errand(helper="leila")
    write_message(by=stage.actor("leila"), errand_id=errand.id, text="Hej från sidan")
    notices.send_due()
    assert [each.to for each in elks.taken if "Hej från sidan" in each.words] == [PHONES["asker"]]
    wiped = Notice.objects.of(stage.town.id).get(kind="sms.message")
    assert (wiped.state, wiped.body) == ("sent", "")


def test_who_has_email_reads_it_on_the_page(stage: Stage, elks: Elks) -> None:
    errand = stage.errand(helper="leila")
    Person.objects.filter(pk=stage.people["asker"].pk).update(email="asker@example.org")
    text(stage, "leila", "Jag kommer med bussen")
    assert not [each for each in elks.taken if "bussen" in each.words]
    assert Message.objects.filter(errand=errand).count() == 1


def test_without_an_errand_it_reaches_staff(stage: Stage) -> None:
    text(stage, "olle", "Jag har en fråga")
    assert (Message.objects.count(), Case.objects.of(stage.town.id).count()) == (0, 1)


def test_with_several_it_reaches_staff_but_at_the_hour_the_one_who_is_met(stage: Stage) -> None:
    first = stage.errand(helper="leila")
    Person.objects.filter(pk=stage.person("bo").pk).update(phone="+46701740677", email="")
    stage.errand(helper="leila", asker="bo", start=NOON + timedelta(days=5))
    text(stage, "leila", "Jag blir lite sen")
    assert (Message.objects.count(), Case.objects.of(stage.town.id).count()) == (0, 1)
    with clock.travelling(first.starts_at - timedelta(minutes=10)):
        text(stage, "leila", "Jag står vid porten")
    assert Message.objects.get().errand_id == first.id


def test_kommun_first_reaches_staff(stage: Stage) -> None:
    stage.errand(helper="leila")
    text(stage, "leila", "Kommun: jag är orolig för henne")
    assert (Message.objects.count(), Case.objects.of(stage.town.id).count()) == (0, 1)


def test_nothing_is_passed_on_to_or_from_somebody_protected(stage: Stage, elks: Elks) -> None:
    stage.errand(helper="leila")
    Person.objects.filter(pk=stage.people["asker"].pk).update(protection="secrecy_mark")
    text(stage, "leila", "Jag kommer snart")
    text(stage, "asker", "Bra att du kommer")
    assert (Message.objects.count(), Case.objects.of(stage.town.id).count()) == (0, 2)


def test_seven_days_after_the_end_nothing_is_passed_on(stage: Stage) -> None:
    errand = stage.errand(helper="leila")
    with clock.travelling(errand.ends_at + timedelta(days=7)):
        text(stage, "leila", "Glömde jag min väska?")
    assert (Message.objects.count(), Case.objects.of(stage.town.id).count()) == (0, 1)
