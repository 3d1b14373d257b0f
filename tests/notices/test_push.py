"""Push messages: to every browser of a person and to nobody else, and what happens when one ends."""

import json
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import translation

from handtag.history.models import Entry
from handtag.kernel import clock
from handtag.kernel.errors import NotFound, Problem
from handtag.municipalities.models import Municipality
from handtag.notices import actions, queries
from handtag.notices.messages import Letter, pushed
from handtag.notices.models import Notice, Subscription
from handtag.people.models import Person
from tests.ground import a_town
from tests.notices import pushes as push_services
from tests.notices.conftest import NOON, Make, again, allow_push, as_, tell, turn_on
from tests.notices.elks import Elks
from tests.notices.pushes import Browser, Pushes

pytestmark = pytest.mark.django_db


# --- who gets them ----------------------------------------------------------------------------------------


def test_who_has_turned_it_on_is_told_there(pushes: Pushes, make: Make, town: Municipality) -> None:
    person = make(email="a@example.org")
    turn_on(person, town, pushes.browser())
    notice = tell(person, town)
    assert (actions.send_due(), actions.send_due()) == (1, 0)
    (taken,) = pushes.taken
    assert taken.said == {
        "title": "Något nytt",
        "link": "https://x.example/a/",
        "tag": str(notice.id),
        "lang": "sv",
        "dir": "ltr",
    }
    assert taken.headers["Idempotency-Key"] == str(notice.id)
    assert (again(notice).state, mail.outbox) == ("sent", [])


def test_a_locked_screen_shows_nothing_of_the_body(pushes: Pushes, make: Make, town: Municipality) -> None:
    person = make()
    turn_on(person, town, pushes.browser())
    tell(person, town)
    actions.send_due()
    assert "Elsa" not in json.dumps(pushes.taken[0].said)


def test_arabic_is_shown_from_the_right() -> None:
    with translation.override("ar"):
        assert json.loads(pushed(Letter("x", ""), "t"))["dir"] == "rtl"
    with translation.override("sv-easy"):
        assert json.loads(pushed(Letter("x", ""), "t"))["lang"] == "sv"


def test_every_browser_of_a_person_gets_it(pushes: Pushes, make: Make, town: Municipality) -> None:
    person = make()
    mine = [turn_on(person, town, pushes.browser()) for _ in range(2)]
    tell(person, town)
    actions.send_due()
    assert {taken.endpoint for taken in pushes.taken} == {browser.endpoint for browser in mine}


def test_without_a_key_push_is_not_offered(
    pushes: Pushes, make: Make, town: Municipality, settings: Any
) -> None:
    person = make(email="a@example.org")
    turn_on(person, town, pushes.browser())
    settings.VAPID_PRIVATE_KEY = ""
    assert tell(person, town).channel == "email"
    assert queries.browsers(as_(person, town)) == ("", ())
    with pytest.raises(Problem):
        turn_on(person, town, pushes.browser())


def test_with_a_new_key_old_browsers_are_turned_on_anew(
    pushes: Pushes, make: Make, town: Municipality, settings: Any
) -> None:
    person = make(email="a@example.org")
    browser = turn_on(person, town, pushes.browser())
    allow_push(settings, pushes)
    assert tell(person, town).channel == "email"
    turn_on(person, town, browser)
    assert tell(person, town).channel == "push"


def test_a_way_in_is_never_pushed(pushes: Pushes, make: Make, town: Municipality) -> None:
    person = make(email="a@example.org")
    turn_on(person, town, pushes.browser())
    assert tell(person, town, kind="login.link").channel == "email"


def test_a_protected_person_is_pushed_to_once_they_said_so(
    pushes: Pushes, make: Make, town: Municipality
) -> None:
    person = make(email="a@example.org", protection="secrecy_mark")
    assert tell(person, town).state == "unreachable"
    turn_on(person, town, pushes.browser())
    assert tell(person, town).channel == "push"


def test_a_mark_set_while_it_waits_holds_it_back(pushes: Pushes, make: Make, town: Municipality) -> None:
    person = make()
    turn_on(person, town, pushes.browser())
    notice = tell(person, town)
    Person.objects.filter(pk=person.pk).update(protection="secrecy_mark")
    assert (actions.send_due(), again(notice).state, pushes.taken) == (0, "failed", [])


def test_at_night_the_telephone_is_quiet(pushes: Pushes, make: Make, town: Municipality) -> None:
    person = make()
    turn_on(person, town, pushes.browser())
    pushes.now = clock.at(date(2026, 11, 26), time(22))
    with clock.travelling(pushes.now):
        tell(person, town)
        tell(person, town, kind="errand.cancelled_by_asker")
        assert actions.send_due() == 1
    assert pushes.taken[0].headers["Urgency"] == "high"
    pushes.now = clock.at(date(2026, 11, 27), time(8))
    with clock.travelling(pushes.now):
        assert actions.send_due() == 1


# --- what goes wrong --------------------------------------------------------------------------------------


@pytest.mark.parametrize("mood", ["gone", "missing"])
def test_an_ended_subscription_goes_and_the_next_channel_takes_over(
    pushes: Pushes, make: Make, town: Municipality, mood: str
) -> None:
    person = make(email="a@example.org")
    pushes.mood(turn_on(person, town, pushes.browser()), mood)
    notice = tell(person, town)
    actions.send_due()
    with clock.travelling(NOON + timedelta(minutes=1)):
        actions.send_due()
    assert (again(notice).state, len(mail.outbox)) == ("failed", 1)
    assert not Subscription.objects.everywhere().exists()
    assert tell(person, town).channel == "email"


def test_one_browser_that_has_ended_does_not_end_the_other(
    pushes: Pushes, make: Make, town: Municipality
) -> None:
    person = make()
    pushes.mood(turn_on(person, town, pushes.browser()), "gone")
    turn_on(person, town, pushes.browser())
    tell(person, town)
    assert (actions.send_due(), len(pushes.taken)) == (1, 1)
    assert Subscription.objects.everywhere().count() == 1


def test_a_busy_service_says_how_long_to_wait(pushes: Pushes, make: Make, town: Municipality) -> None:
    person = make()
    browser = turn_on(person, town, pushes.browser())
    pushes.mood(browser, "busy")
    notice = tell(person, town)
    actions.send_due()
    assert again(notice).due_at == NOON + timedelta(minutes=30)
    pushes.mood(browser, "well")
    pushes.now = NOON + timedelta(minutes=30)
    with clock.travelling(pushes.now):
        assert actions.send_due() == 1


def test_a_service_that_is_broken_for_long_falls_over(pushes: Pushes, make: Make, town: Municipality) -> None:
    person = make(email="a@example.org")
    pushes.mood(turn_on(person, town, pushes.browser()), "broke")
    tell(person, town)
    for minutes in range(0, 120):
        pushes.now = NOON + timedelta(minutes=minutes)
        with clock.travelling(pushes.now):
            actions.send_due()
    assert (len(mail.outbox), Subscription.objects.everywhere().count()) == (1, 1)


def test_a_service_that_is_broken_for_an_hour_loses_nothing(
    pushes: Pushes, make: Make, town: Municipality
) -> None:
    person = make(phone="")
    browser = turn_on(person, town, pushes.browser())
    pushes.mood(browser, "broke")
    tell(person, town)
    for minutes in range(0, 180):
        pushes.now = NOON + timedelta(minutes=minutes)
        pushes.mood(browser, "broke" if minutes < 60 else "well")
        with clock.travelling(pushes.now):
            actions.send_due()
    assert len(pushes.taken) == 1


def test_one_service_that_is_away_does_not_hold_up_the_others(
    pushes: Pushes, make: Make, town: Municipality
) -> None:
    away = Browser("http://127.0.0.1:9/send/1")
    turn_on(make(), town, away)
    reached = make(phone="+46701740606")
    turn_on(reached, town, pushes.browser())
    for notice in Person.objects.order_by("id"):
        tell(notice, town)
    assert (actions.send_due(), len(pushes.taken)) == (1, 1)


def test_with_push_and_text_the_text_takes_over(
    pushes: Pushes, elks: Elks, make: Make, town: Municipality
) -> None:
    person = make(email="a@example.org")
    actions.choose_channels(by=as_(person, town), wish=actions.Wish(("sms", "email")))
    pushes.mood(turn_on(person, town, pushes.browser()), "gone")
    assert queries.chosen(person.id).channels == ("push", "sms", "email")
    tell(person, town)
    actions.send_due()
    with clock.travelling(NOON + timedelta(minutes=1)):
        actions.send_due()
    assert (len(elks.words), mail.outbox) == (1, [])


# --- turning on and off -----------------------------------------------------------------------------------


def test_turned_on_twice_is_once(pushes: Pushes, make: Make, town: Municipality) -> None:
    person, browser = make(), pushes.browser()
    turn_on(person, town, browser)
    turn_on(person, town, browser)
    assert Subscription.objects.everywhere().count() == 1
    assert Entry.objects.filter(verb="person.push_on").count() == 1


def test_a_shared_tablet_shows_the_notices_of_who_turned_it_on_last(
    pushes: Pushes, make: Make, town: Municipality
) -> None:
    first, second = make(email="a@example.org"), make(phone="+46701740606")
    browser = pushes.browser()
    turn_on(first, town, browser)
    turn_on(second, town, browser)
    assert (tell(first, town).channel, tell(second, town).channel) == ("email", "push")


def test_turned_off_nothing_comes(pushes: Pushes, make: Make, town: Municipality) -> None:
    person = make(email="a@example.org")
    turn_on(person, town, pushes.browser())
    ((mine, _at, _mark),) = queries.browsers(as_(person, town)).turned_on
    actions.unsubscribe(by=as_(person, town), subscription_id=mine)
    assert tell(person, town).channel == "email"
    with pytest.raises(NotFound):
        actions.unsubscribe(by=as_(person, town), subscription_id=mine)


def test_nobody_turns_off_anothers_browser(pushes: Pushes, make: Make, town: Municipality) -> None:
    person, other = make(), make(phone="+46701740606")
    turn_on(person, town, pushes.browser())
    ((mine, _at, _mark),) = queries.browsers(as_(person, town)).turned_on
    with pytest.raises(NotFound):
        actions.unsubscribe(by=as_(other, town), subscription_id=mine)
    assert queries.browsers(as_(other, town)).turned_on == ()


@pytest.mark.parametrize(
    "change",
    [
        {"endpoint": "https://10.0.0.1/a"},
        {"endpoint": "http://push.example.com/a"},
        {"endpoint": "https://push.example.com/" + "a" * 1000},
        {"p256dh": "AAAA"},
        {"auth": "no"},
        {"auth": "åäö"},
    ],
)
def test_what_is_no_browser_is_not_turned_on(
    pushes: Pushes, make: Make, town: Municipality, change: dict[str, str]
) -> None:
    form = {**pushes.browser().form, **change}
    with pytest.raises(Problem):
        actions.subscribe(by=as_(make(), town), device=actions.Device(**form))
    assert not Subscription.objects.everywhere().exists()


def test_at_most_ten_browsers(pushes: Pushes, make: Make, town: Municipality) -> None:
    person = make()
    for minute in range(12):
        with clock.travelling(NOON + timedelta(minutes=minute)):
            turn_on(person, town, pushes.browser())
    assert Subscription.objects.everywhere().filter(person=person).count() == 10


@pytest.mark.race
def test_two_workers_at_the_same_moment_push_once(settings: Any, at_once: Callable[..., list[Any]]) -> None:

    with push_services.running() as server:
        allow_push(settings, server)
        server.now = NOON
        town = a_town("1283")
        person = Person.objects.create(given_name="Race")
        with clock.travelling(NOON):
            turn_on(person, town, server.browser())
            notices = [tell(person) for _ in range(8)]

        def send() -> int:
            with clock.travelling(NOON):
                return actions.send_due()

        assert sum(at_once(*[send] * 4)) == len(notices)
        tags = [taken.said["tag"] for taken in server.taken]
        assert sorted(tags) == sorted(str(notice.id) for notice in notices)
        assert not Notice.objects.everywhere().exclude(state="sent").exists()


@pytest.mark.race
def test_the_same_browser_turned_on_twice_at_once(settings: Any, at_once: Callable[..., list[Any]]) -> None:

    with push_services.running() as server:
        allow_push(settings, server)
        town = a_town("1283")
        person, browser = Person.objects.create(given_name="Race"), server.browser()
        done = at_once(*[lambda: turn_on(person, town, browser)] * 4)
        assert [each for each in done if isinstance(each, Exception)] == []
        assert Subscription.objects.everywhere().count() == 1
