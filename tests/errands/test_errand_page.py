"""The errand's page, the same for both sides: every deed, what is wrong said in place, strangers out."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from handtag.errands.actions import errand as actions
from handtag.errands.actions import meeting, words
from handtag.errands.models import Errand, Feedback, Message, Outlay
from handtag.kernel import clock
from handtag.people.models import Person
from tests.errands import stage as stages

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    return stages.build()


@pytest.fixture
def errand(stage):
    return stage.errand(outlay_ceiling=400, outlay_how="swish", know="Hunden skäller")


def where(name, errand):
    return reverse(name, args=["helsingborg", errand.id])


def said(browser, errand):
    return browser.get(where("errand", errand)).content.decode()


def test_the_helper_sees_the_place_and_the_asker_the_code(stage, errand):
    helper = said(stage.browser("leila"), errand)
    for shown in ("Exempelvägen 4", "Portkod 2580", "070-174", "Hunden skäller", errand.door_code, "400"):
        assert shown in helper
    asker = said(stage.browser("asker"), errand)
    assert errand.door_code in asker
    assert "Leila" in asker


def test_the_code_at_the_door_goes_when_it_is_done(stage, errand):
    assert f">{errand.door_code}<" in said(stage.browser("leila"), errand)
    actions.complete(by=stage.actor("leila"), errand_id=errand.id)
    for name in ("leila", "asker"):
        assert f">{errand.door_code}<" not in said(stage.browser(name), errand)


def test_strangers_visitors_and_other_towns_do_not(stage, errand):
    stage.helper("olle")
    bjuv = stages.build("1260")
    bjuv.helper("sture")
    assert stage.browser("olle").get(where("errand", errand)).status_code == 404
    assert bjuv.browser("sture").get(where("errand", errand)).status_code in (403, 404)
    assert Client().get(where("errand", errand)).status_code == 302


def test_from_meeting_to_thanks(stage, errand):
    helper, asker = stage.browser("leila"), stage.browser("asker")
    helper.post(where("errand_start", errand))
    helper.post(where("errand_spent", errand), {"spent": "240"})
    asker.post(where("errand_repaid", errand))
    helper.post(where("errand_done", errand))
    asker.post(where("errand_feedback", errand), {"how": "good", "thanks": "Tack snälla du"})
    helper.post(where("errand_feedback", errand), {"how": "good"})
    errand.refresh_from_db()
    assert errand.state == "completed"
    assert Feedback.objects.count() == 2
    assert Outlay.objects.get().repaid_at
    assert "Tack snälla du" in said(helper, errand)


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("errand_spent", {"spent": "900"}, 'value="900"'),
        ("errand_spent", {"spent": "två"}, 'value="två"'),
        ("errand_messages", {"text": "  "}, "skriv"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(stage, errand, name, typed, kept):
    answer = stage.browser("leila").post(where(name, errand), typed)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert 'role="alert"' in text
    assert kept in text
    assert Outlay.objects.get().spent is None


def test_messages_are_fetched_only_when_there_are_new_ones(stage, errand):
    browser = stage.browser("leila")
    browser.post(where("errand_messages", errand), {"text": "Hej <b>du</b>"})
    last = str(Message.objects.get().id)
    answer = browser.get(where("errand_messages", errand), {"last": ""})
    assert "Hej &lt;b&gt;du&lt;/b&gt;" in answer.content.decode()
    assert browser.get(where("errand_messages", errand), {"last": last}).status_code == 204


def test_cancelling_asks_first(stage, errand):
    browser = stage.browser("leila")
    assert browser.get(where("errand_cancel", errand)).status_code == 200
    errand.refresh_from_db()
    assert errand.state == "agreed"
    browser.post(where("errand_cancel", errand), {"reason": "Feber"})
    errand.refresh_from_db()
    assert errand.state == "cancelled_by_helper"
    text = said(browser, errand)
    assert reverse("open_ask", args=["helsingborg", errand.occasion.ask_id]) in text
    assert not [secret for secret in ("Exempelvägen", "070-174", "Hunden", "plate") if secret in text]


def test_reporting_and_missing(stage, errand):
    browser = stage.browser("asker")
    assert browser.post(where("errand_report", errand), {"concern": "money"}).status_code == 200
    browser.post(where("errand_report", errand), {"concern": "money", "words": "Fel växel"})
    errand.refresh_from_db()
    assert errand.state == "reported"
    other = stage.errand(asker="rut", helper="maja")
    late = stage.browser("rut").post(where("errand_missed", other), {"missed_by": "helper"})
    assert late.status_code == 200
    with clock.travelling(other.ends_at + timedelta(hours=1)):
        stage.browser("rut").post(where("errand_missed", other), {"missed_by": "helper"})
    assert Errand.objects.of(stage.town.id).get(id=other.id).missed_by == "helper"


def test_nobody_is_thanked_for_what_was_refused(stage, errand):
    asker, typed = stage.browser("asker"), {"how": "good"}
    with translation.override("sv"):
        thanks = gettext("Thank you for telling us how it was!")
    refused = asker.post(where("errand_feedback", errand), typed)
    assert refused.status_code == 200
    assert thanks not in refused.content.decode()
    actions.complete(by=stage.actor("leila"), errand_id=errand.id)
    assert asker.post(where("errand_feedback", errand), typed).status_code == 302
    assert thanks in said(asker, errand)


def test_undo_on_the_page(stage, errand):
    browser = stage.browser("leila")
    browser.post(where("errand_start", errand))
    assert where("errand_undo", errand) in said(browser, errand)
    browser.post(where("errand_undo", errand))
    errand.refresh_from_db()
    assert errand.state == "agreed"


def test_of_a_protected_person_only_the_chosen_name(stage, errand):
    words.write_message(by=stage.actor("asker"), errand_id=errand.id, text="Jag bor på Exempelvägen")
    Person.objects.filter(id=errand.asker_id).update(
        protection=Person.Protection.SECRECY_MARK, chosen_name="Kim"
    )
    text = said(stage.browser("leila"), errand)
    assert "Kim" in text
    assert not [
        secret
        for secret in ("Asker", "Exempel", "070-174", "Portkod")
        if secret in text.replace("Leila Exempel", "")
    ]


def test_with_a_protected_person_one_meets_elsewhere_than_at_a_door(stage, errand):
    Person.objects.filter(id=errand.asker_id).update(protection=Person.Protection.SECRECY_MARK)
    with translation.override("sv"):
        meeting_place = gettext("You meet at a public place. Say the code before you begin.")
        at_a_door = gettext("At the door"), gettext("Address")
    text = said(stage.browser("leila"), errand)
    assert meeting_place in text
    for words_of_a_door in (*at_a_door, "Adress och telefon"):
        assert words_of_a_door not in text
    assert at_a_door[0] not in said(stage.browser("asker"), errand)


def test_the_list_of_errands(stage, errand):
    done = stage.errand(asker="rut", start=errand.ends_at)
    actions.complete(by=stage.actor("leila"), errand_id=done.id)
    waiting = stage.ask("olle", agreement="asker", start=done.ends_at)
    meeting.make_offer(by=stage.actor("leila"), occasion_id=stage.occasion(waiting).id)
    browser = stage.browser("leila")
    browser.get(reverse("errands", args=["helsingborg"]))
    with CaptureQueriesContext(connection) as queries:
        text = browser.get(reverse("errands", args=["helsingborg"])).content.decode()
    for each in (errand.id, done.id, waiting.id):
        assert str(each) in text
    assert len(queries) <= 12


def test_few_questions_for_one_errand(stage, errand):
    for number in range(5):
        words.write_message(by=stage.actor("asker"), errand_id=errand.id, text=f"Rad {number}")
    browser = stage.browser("leila")
    said(browser, errand)
    with CaptureQueriesContext(connection) as queries:
        said(browser, errand)
    assert len(queries) <= 12, [query["sql"][:90] for query in queries]
