"""The pages of helping: what a helper sees before anything is agreed, and how they answer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from handtag.errands.actions import meeting
from handtag.errands.models import Errand, Occasion, Offer, Told
from handtag.people.models import Person
from handtag.permits.models import Permit, Service
from tests.errands import stage as stages

pytestmark = pytest.mark.django_db
SECRETS = ("Exempelvägen", "Portkod", "Exempel ", "070-174", "Hunden")


@pytest.fixture
def stage():
    return stages.build()


def page(browser, name, *args):
    return browser.get(reverse(name, args=["helsingborg", *args])).content.decode()


def test_the_list_shows_what_may_be_seen_and_no_more(stage):
    ask = stage.ask(know="Hunden Sixten skäller", outlay_ceiling=400)
    stage.helper("leila")
    said = page(stage.browser("leila"), "open_asks")
    for shown in ("Asker", "En kasse mat", "400", str(ask.id)):
        assert shown in said
    assert not [secret for secret in SECRETS if secret in said]


def test_best_first_with_one_filled_button(stage):
    near, far = stage.ask(need="Nära dig"), stage.ask("olle", need="Långt bort", latitude=stages.LAT + 0.03)
    stage.helper("leila")
    said = page(stage.browser("leila"), "open_asks")
    assert said.index(str(near.id)) < said.index(str(far.id))
    assert said.count('class="btn"') == 1


def test_filters_without_javascript(stage):
    stage.ask(need="Långt bort", latitude=stages.LAT + 0.1)
    stage.helper("leila")
    browser, where = stage.browser("leila"), reverse("open_asks", args=["helsingborg"])
    assert "Långt bort" not in browser.get(where).content.decode()
    assert "Långt bort" in browser.get(where, {"within": "20000"}).content.decode()
    assert browser.get(where, {"within": "nonsense", "when": "never", "most": "x"}).status_code == 200


def test_a_service_without_permit_leads_to_what_remains(stage):
    homework = Service.objects.of(stage.town.id).get(kind="homework")
    stage.helper("leila")
    ask = stage.ask()
    type(ask).objects.of(stage.town.id).update(service=homework)
    browser, further = stage.browser("leila"), reverse("helper_services", args=["helsingborg"])
    assert f'href="{further}"' in page(browser, "open_asks")
    stage.profile("leila").services.create(service=homework)
    remains = reverse("helper_ready", args=["helsingborg"])
    assert f'href="{remains}"' in page(browser, "open_asks")


def test_who_has_not_said_how_they_help_is_led_there(stage):
    stage.person("ny")
    assert reverse("helper_services", args=["helsingborg"]) in page(stage.browser("ny"), "open_asks")


def test_few_questions_to_the_database_however_long_the_list(stage):
    stage.helper("leila")
    browser, where = stage.browser("leila"), reverse("open_asks", args=["helsingborg"])
    for number in range(25):
        stage.ask(f"olle{number}", dates=1 + number % 3, languages=["sv"] if number % 2 else [])
    browser.get(where)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert browser.get(where).status_code == 200
    assert len(queries) <= 12, [query["sql"][:120] for query in queries]


def test_yes_needs_the_responsibility_read(stage):
    ask = stage.ask()
    stage.helper("leila")
    browser, where = stage.browser("leila"), reverse("open_ask", args=["helsingborg", ask.id])
    assert "som grannar" in browser.get(where).content.decode()
    occasion = str(stage.occasion(ask).id)
    assert browser.post(where, {"occasions": occasion}).status_code == 200
    assert not Errand.objects.of(stage.town.id).exists()
    answer = browser.post(where, {"occasions": occasion, "accept": "on"})
    errand = Errand.objects.of(stage.town.id).get()
    assert answer["Location"] == reverse("errand", args=["helsingborg", errand.id])


def test_two_dates_of_a_series(stage):
    ask = stage.ask(dates=3)
    stage.helper("leila")
    where = reverse("open_ask", args=["helsingborg", ask.id])
    chosen = [str(stage.occasion(ask, number).id) for number in (0, 2)]
    stage.browser("leila").post(where, {"occasions": chosen, "accept": "on"})
    states = list(Occasion.objects.of(stage.town.id).filter(ask=ask).values_list("state", flat=True))
    assert states == ["filled", "open", "filled"]


def test_the_same_form_sent_twice_is_one_yes(stage):
    ask = stage.ask(wanted=2)
    stage.helper("leila")
    browser, where = stage.browser("leila"), reverse("open_ask", args=["helsingborg", ask.id])
    said = {"occasions": str(stage.occasion(ask).id), "accept": "on", "submission": "a-once-id"}
    first, second = browser.post(where, said), browser.post(where, said)
    assert first["Location"] == second["Location"]
    assert Errand.objects.of(stage.town.id).count() == 1


def test_too_late_is_said_beside_the_form(stage):
    ask = stage.ask()
    stage.helper("leila")
    browser, where = stage.browser("leila"), reverse("open_ask", args=["helsingborg", ask.id])
    said = {"occasions": str(stage.occasion(ask).id), "accept": "on"}
    meeting.make_offer(by=stage.helper("early"), occasion_id=stage.occasion(ask).id)
    answer = browser.post(where, said)
    assert answer.status_code == 200
    assert str(ask.id) not in page(browser, "open_asks")


def test_no_and_undo(stage):
    ask = stage.ask()
    stage.helper("leila")
    browser = stage.browser("leila")
    browser.post(reverse("decline_ask", args=["helsingborg", ask.id]))
    assert str(ask.id) not in page(browser, "open_asks")
    browser.post(reverse("ask_declined", args=["helsingborg", ask.id]))
    assert str(ask.id) in page(browser, "open_asks")


def test_offer_and_taking_it_back(stage):
    ask = stage.ask(agreement="asker")
    stage.helper("leila")
    browser, where = stage.browser("leila"), reverse("open_ask", args=["helsingborg", ask.id])
    browser.post(where, {"occasions": str(stage.occasion(ask).id), "accept": "on"})
    offer = Offer.objects.of(stage.town.id).get()
    assert reverse("withdraw_offer", args=["helsingborg", offer.id]) in browser.get(where).content.decode()
    browser.post(reverse("withdraw_offer", args=["helsingborg", offer.id]))
    offer.refresh_from_db()
    assert offer.state == Offer.State.WITHDRAWN


def test_a_strangers_town_shows_nothing(stage):
    ask = stage.ask()
    bjuv = stages.build("1260")
    bjuv.helper("sture")
    browser = bjuv.browser("sture")
    for name, args in (("open_asks", []), ("open_ask", [ask.id]), ("errands", [])):
        assert browser.get(reverse(name, args=["helsingborg", *args])).status_code in (403, 404)
    assert browser.get(reverse("open_ask", args=["bjuv", ask.id])).status_code == 404


def test_a_protected_asker_is_nowhere(stage):
    ask = stage.ask()
    stage.helper("leila")
    Person.objects.filter(id=ask.asker_id).update(protection=Person.Protection.SECRECY_MARK)
    browser = stage.browser("leila")
    assert str(ask.id) not in page(browser, "open_asks")
    assert browser.get(reverse("open_ask", args=["helsingborg", ask.id])).status_code == 404


def test_without_the_permit_it_is_not_there(stage):
    ask = stage.ask()
    stage.helper("leila")
    Permit.objects.of(stage.town.id).update(state="suspended")
    assert str(ask.id) not in page(stage.browser("leila"), "open_asks")


def test_having_seen_it_is_noted(stage):
    ask = stage.ask()
    by = stage.helper("leila")
    Told.objects.create(municipality=stage.town, ask=ask, person_id=by.person, wave=1)
    page(stage.browser("leila"), "open_asks")
    assert Told.objects.of(stage.town.id).get().seen_at is not None
