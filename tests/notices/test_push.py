"""Push messages: sealed, signed, to every browser of a person and to nobody else; what happens when one ends."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core import mail
from django.utils import translation

from handtag.history.models import Entry
from handtag.kernel import clock, egress, vapid
from handtag.kernel.errors import NotFound, Problem
from handtag.municipalities.models import Municipality
from handtag.notices import actions, queries
from handtag.notices.gateways import push
from handtag.notices.gateways.faults import NeverSendable, NotSent, ServerAway
from handtag.notices.messages import Letter, pushed
from handtag.notices.models import Notice, Subscription
from handtag.people.models import Person
from tests.notices import pushes as push_services
from tests.notices.conftest import NOON, Make, again, allow_push, as_, tell, turn_on
from tests.notices.elks import Elks
from tests.notices.pushes import Browser, Pushes, unb64

pytestmark = pytest.mark.django_db


def to(browser: Browser, payload: bytes = b'{"title":"Hej"}', key: str = "k-1") -> push.Push:
    form = browser.form
    return push.Push(form["endpoint"], form["p256dh"], form["auth"], payload, key)


# --- the specifications -----------------------------------------------------------------------------------


def test_it_is_sealed_as_the_example_of_rfc_8291() -> None:
    """Appendix A, to the byte."""
    mine = vapid.private_key("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")
    sealed = push.sealed(
        b"When I grow up, I want to be a watermelon",
        unb64("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
        unb64("BTBZMqHH6r4Tts7J_aSIgg"),
        mine=mine,
        salt=unb64("DGv6ra1nlYgDCS1FRnbzlw"),
        room=1,
    )
    assert sealed == unb64(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK"
        "6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_the_service_takes_it_and_the_browser_reads_it(pushes: Pushes) -> None:
    push.send(to(pushes.browser(), '{"title":"Något nytt åäö 👋"}'.encode()))
    (taken,) = pushes.taken
    assert (taken.said, pushes.refused) == ({"title": "Något nytt åäö 👋"}, [])
    assert (taken.headers["Idempotency-Key"], taken.headers["Urgency"]) == ("k-1", "normal")


def test_its_length_tells_nothing(pushes: Pushes) -> None:
    browser = pushes.browser()
    for words in ("", "a" * 300):
        push.send(to(browser, json.dumps({"title": words}).encode()))
    assert len({taken.size for taken in pushes.taken}) == 1


@pytest.mark.parametrize("wrong", ["key", "expiry", "audience"])
def test_the_fake_refuses_what_is_signed_wrongly(
    pushes: Pushes, settings: Any, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    """So that its yes means something."""
    browser = pushes.browser()
    if wrong == "key":
        settings.VAPID_PRIVATE_KEY = vapid.new()
    if wrong == "expiry":
        monkeypatch.setattr(push, "SIGNED_FOR", timedelta(hours=25))
    if wrong == "audience":
        signed = push.authorization
        monkeypatch.setattr(push, "authorization", lambda _origin: signed("https://else.example"))
    with pytest.raises(NotSent):
        push.send(to(browser))
    assert len(pushes.refused) == 1


@pytest.mark.parametrize(
    ("mood", "fault"),
    [
        ("gone", push.Gone),
        ("missing", push.Gone),
        ("too_large", NeverSendable),
        ("busy", NotSent),
        ("broke", NotSent),
        ("forbidden", NotSent),
        ("odd", NotSent),
    ],
)
def test_each_refusal_has_its_meaning(pushes: Pushes, mood: str, fault: type[Exception]) -> None:
    browser = pushes.browser()
    pushes.mood(browser, mood)
    with pytest.raises(fault) as raised:
        push.send(to(browser))
    assert raised.type is fault


def test_a_slow_service_is_not_waited_for(pushes: Pushes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(push, "TIMEOUT", 0.1)
    browser = pushes.browser()
    pushes.mood(browser, "slow")
    with pytest.raises(NotSent):
        push.send(to(browser))


# --- the key ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["raw", "der", "pem", "pem in one line"])
def test_a_key_is_read_however_people_have_it(form: str) -> None:
    key = vapid.private_key(vapid.new())
    pkcs8 = (PrivateFormat.PKCS8, NoEncryption())
    pem = key.private_bytes(Encoding.PEM, *pkcs8).decode()
    text = {
        "raw": vapid.encoded(key.private_numbers().private_value.to_bytes(32, "big")),
        "der": urlsafe_b64encode(key.private_bytes(Encoding.DER, *pkcs8)).decode(),
        "pem": pem,
        "pem in one line": pem.replace("\n", "\\n"),
    }[form]
    assert vapid.public_text(vapid.private_key(text)) == vapid.public_text(key)


@pytest.mark.parametrize("text", ["x", "not base64 at all!", "AAAA", "-----BEGIN PRIVATE KEY-----"])
def test_what_is_no_key_is_said_to_be_none(text: str) -> None:
    from config.variables import _BY_NAME

    assert "manage.py vapid" in (_BY_NAME["VAPID_PRIVATE_KEY"].problem(text) or "")


def test_a_key_on_another_curve_is_refused() -> None:
    other = ec.generate_private_key(ec.SECP384R1())
    pem = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    with pytest.raises(ValueError, match="P-256"):
        vapid.private_key(pem)


def test_the_command_makes_a_key_that_works(capsys: pytest.CaptureFixture[str]) -> None:
    from django.core.management import call_command

    call_command("vapid")
    made = capsys.readouterr().out.strip().removeprefix("VAPID_PRIVATE_KEY=")
    assert len(vapid.decoded(vapid.public_text(vapid.private_key(made)))) == 65


# --- where it may go --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "http://push.example.com/a",
        "https://127.0.0.1/a",
        "https://10.0.0.1/a",
        "https://[::1]/a",
        "https://[::ffff:10.0.0.1]/a",
        "https://169.254.169.254/latest",
        "https://localhost/a",
        "https://db.internal/a",
        "https://push.example.com:8443/a",
        "https://user@push.example.com/a",
        "https://2130706433/a",
        "ftp://push.example.com/a",
        "https://",
        "nonsense",
        "https://[",
    ],
)
def test_nobody_makes_us_call_our_own_network(address: str) -> None:
    with pytest.raises(egress.Refused):
        egress.named(address)


def test_what_is_let_through_may_be_private_and_plain() -> None:
    found = egress.target("http://127.0.0.1:8123/a?b=c", ["127.0.0.1"])
    assert (found.origin, found.path, found.ip) == ("http://127.0.0.1:8123", "/a?b=c", "127.0.0.1")


def test_a_name_that_stands_for_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(2, 1, 6, "", ("142.250.74.42", 443)), (2, 1, 6, "", ("192.168.1.7", 443))]
    monkeypatch.setattr(egress.socket, "getaddrinfo", lambda *_a, **_k: rows)
    with pytest.raises(egress.Refused):
        egress.target("https://push.example.com/a")
    monkeypatch.setattr(egress.socket, "getaddrinfo", lambda *_a, **_k: rows[:1])
    assert egress.target("https://push.example.com/a").ip == "142.250.74.42"


@pytest.mark.parametrize(
    ("ip", "public"),
    [
        ("142.250.74.42", True),
        ("2a00:1450:400f:80c::200a", True),
        ("fe80::1%eth0", False),
        ("0.0.0.0", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_which_addresses_are_of_the_open_internet(ip: str, public: bool) -> None:
    assert egress.is_public(ip) is public


def test_all_goes_through_the_gateway_where_one_is_set(pushes: Pushes, settings: Any) -> None:
    settings.EGRESS_ALLOW, settings.PUSH_URL = [], f"{pushes.origin}/all"
    for service in ("https://fcm.googleapis.com", "https://updates.push.services.mozilla.com"):
        push.send(to(pushes.browser(service)))
    assert [taken.endpoint.split("/send")[0] for taken in pushes.taken] == [
        "https://fcm.googleapis.com",
        "https://updates.push.services.mozilla.com",
    ]
    assert pushes.refused == []


def test_a_gateway_that_is_away_is_a_fault_for_all(pushes: Pushes, settings: Any) -> None:
    settings.PUSH_URL = "http://127.0.0.1:9/all"
    with pytest.raises(ServerAway):
        push.send(to(pushes.browser("https://fcm.googleapis.com")))


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
    from handtag.kernel.actor import Actor, Hat, Via
    from handtag.kernel.rights import Role
    from handtag.municipalities.actions import add

    with push_services.running() as server:
        allow_push(settings, server)
        server.now = NOON
        town = add(by=Actor(None, None, (Hat(Role.SYSTEM),), via=Via.COMMAND), code="1283")
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
    from handtag.kernel.actor import Actor, Hat, Via
    from handtag.kernel.rights import Role
    from handtag.municipalities.actions import add

    with push_services.running() as server:
        allow_push(settings, server)
        town = add(by=Actor(None, None, (Hat(Role.SYSTEM),), via=Via.COMMAND), code="1283")
        person, browser = Person.objects.create(given_name="Race"), server.browser()
        done = at_once(*[lambda: turn_on(person, town, browser)] * 4)
        assert [each for each in done if isinstance(each, Exception)] == []
        assert Subscription.objects.everywhere().count() == 1
