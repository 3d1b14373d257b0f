"""The push gateway against a service that checks what it is sent, and where it never goes."""

import json
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from handtag.kernel import egress, vapid
from handtag.notices.gateways import push
from handtag.notices.gateways.faults import NeverSendable, NotSent, ServerAway
from tests.notices.pushes import Browser, Pushes, unb64


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
