"""The calendar feed: secret, revocable, cancellations arrive, and nothing in it says where or what for."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from handtag.errands.actions import errand as actions
from handtag.errands.actions import feeding
from handtag.errands.models import Feed
from handtag.kernel import clock
from handtag.people.models import Person
from tests.errands import stage as stages

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    return stages.build()


@pytest.fixture
def errand(stage):
    return stage.errand(know="Hunden skäller")


def read(token, town="helsingborg"):
    return Client().get(reverse("calendar", args=[town, token]))


def event(token):
    answer = read(token)
    assert answer["Content-Type"].startswith("text/calendar")
    (found,) = Calendar.from_ical(answer.content).walk("VEVENT")
    return found


def test_it_says_when_and_to_whom_and_no_more(stage, errand):
    token = feeding.open_feed(by=stage.actor("leila"))
    found = event(token)
    assert found.decoded("dtstart") == errand.starts_at
    assert found["status"] == "CONFIRMED"
    said = read(token).content.decode()
    assert not [secret for secret in ("Exempel", "kasse", "Portkod", "070-174", "Hunden") if secret in said]


def test_a_cancellation_arrives_under_the_same_uid_with_a_higher_sequence(stage, errand):
    token = feeding.open_feed(by=stage.actor("leila"))
    before = event(token)
    actions.cancel(by=stage.actor("asker"), errand_id=errand.id)
    after = event(token)
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["status"] == "CANCELLED"
    assert "Asker" not in after["summary"]


def test_revoked_renewed_and_wrong_addresses_are_not_there(stage, errand):
    by = stage.actor("leila")
    first = feeding.open_feed(by=by)
    second = feeding.open_feed(by=by)
    assert [read(token).status_code for token in (first, second, "nonsense")] == [404, 200, 404]
    assert feeding.revoke_feed(by=by) == 1
    assert read(second).status_code == 404


def test_only_the_hash_is_kept_and_another_town_has_no_such_feed(stage, errand):
    stages.build("1260")
    token = feeding.open_feed(by=stage.actor("leila"))
    assert token not in str(Feed.objects.of(stage.town.id).values().get())
    assert read(token, "bjuv").status_code == 404


def test_a_protected_person_has_no_feed_and_is_in_none(stage, errand):
    token = feeding.open_feed(by=stage.actor("leila"))
    Person.objects.filter(id=errand.asker_id).update(protection=Person.Protection.SECRECY_MARK)
    assert "Asker" not in read(token).content.decode()
    Person.objects.filter(id=errand.helper_id).update(protection=Person.Protection.SECRECY_MARK)
    assert read(token).status_code == 404


def test_old_errands_leave_the_feed(stage, errand):
    token = feeding.open_feed(by=stage.actor("leila"))
    with clock.travelling(errand.ends_at + timedelta(days=31)):
        assert b"VEVENT" not in read(token).content


def test_the_page_shows_the_address_once(stage, errand):
    browser, where = stage.browser("leila"), reverse("my_calendar", args=["helsingborg"])
    assert ".ics" in browser.post(where).content.decode()
    assert ".ics" not in browser.get(where).content.decode()
    assert browser.post(reverse("revoke_calendar", args=["helsingborg"])).status_code == 302
