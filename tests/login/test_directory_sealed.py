"""What a directory encrypts for us, what we sign, and who was to show anew who they are."""

import base64
import re
from typing import Any

import pytest
import xmlsec
from django.test import Client

from handtag.kernel import clock
from handtag.login.actions import add_mapping, save_provider
from handtag.login.models import Identity, Provider
from handtag.login.rules import is_fresh
from tests.login import directory as directories
from tests.login import issuer as issuers
from tests.login.conftest import Town
from tests.login.directory import pair, signed_by
from tests.login.office import Office, saml_wish
from tests.login.test_provider import Door, refusals, wish


@pytest.fixture
def office(town: Town) -> Office:
    made = save_provider(by=town.product, wish=saml_wish())
    add_mapping(by=town.product, provider_id=made.id, group="Handtag samordnare", role="coordinator")
    return Office(town)


def sealed_answer(office: Office, asked: directories.Asked, **lies: Any) -> str:
    return office.directory.response(asked, sealed_for=office.certificate(), **lies)


def changed(answer: str, old: str, new: str) -> str:
    """The answer with some letters exchanged, outside of what is encrypted."""
    words = base64.b64decode(answer).decode()
    assert old in words
    return base64.b64encode(words.replace(old, new).encode()).decode()


def out(office: Office, asked: directories.Asked, answer: str, because: str) -> None:
    assert office.post(asked, answer).status_code == 403
    assert not office.is_in
    assert refusals() == [because]
    assert not Identity.objects.exists()


# --- what we ask ------------------------------------------------------------------------------------------


def test_what_we_ask_is_signed_by_our_key_and_no_other(office: Office) -> None:
    address = office.client.get(office.path)["Location"]
    assert signed_by(address, office.certificate())
    assert not signed_by(address, pair(0)[1])
    assert not signed_by(address.replace("RelayState=", "RelayState=x"), office.certificate())
    assert address.rpartition("&")[2].startswith("Signature=")


def test_an_address_with_signs_in_it_is_written_as_it_is(office: Office) -> None:
    Provider.objects.everywhere().update(sso_url="https://directory.example.se/sso?a=1&b=2")
    address = office.client.get(office.path)["Location"]
    assert address.startswith("https://directory.example.se/sso?a=1&b=2&SAMLRequest=")
    assert directories.heard(address).request_id


# --- what is encrypted for us -----------------------------------------------------------------------------


@pytest.mark.parametrize("cipher", ["AES128", "AES192", "AES256", "AES256_GCM"])
def test_an_encrypted_answer_lets_in(office: Office, cipher: str) -> None:
    office.directory.cipher = getattr(xmlsec.Transform, cipher)
    asked = office.begin()
    answer = sealed_answer(office, asked)
    assert "anna" not in base64.b64decode(answer).decode()
    assert office.post(asked, answer)["Location"].startswith("/vidare/")
    assert office.is_in


def test_one_that_is_not_encrypted_still_lets_in(office: Office) -> None:
    office.come()
    assert office.is_in


@pytest.mark.parametrize(
    ("lies", "because"),
    [
        ({"signed": False}, "signature"),
        ({"key": 1}, "signature"),
        ({"audience": "https://another.example"}, "audience"),
        ({"until": -400}, "expired"),
    ],
)
def test_what_is_encrypted_is_checked_as_what_is_not(
    office: Office, lies: dict[str, Any], because: str
) -> None:
    """Anybody can encrypt for us: our certificate is no secret."""
    asked = office.begin()
    out(office, asked, sealed_answer(office, asked, **lies), because)


def test_what_is_encrypted_for_another_is_not_read(office: Office) -> None:
    asked = office.begin()
    out(office, asked, office.directory.response(asked, sealed_for=pair(1)[1]), "unreadable")


def test_a_way_of_encryption_with_known_holes_is_not_tried(office: Office) -> None:
    office.directory.transport = xmlsec.Transform.RSA_PKCS1
    asked = office.begin()
    out(office, asked, sealed_answer(office, asked), "algorithm")


def test_nothing_is_fetched_for_a_document(office: Office) -> None:
    """What stands in a document is no reason to open a file or an address: xmlsec would."""
    asked = office.begin()
    sealed = base64.b64decode(sealed_answer(office, asked)).decode()
    elsewhere = '<xenc:CipherReference URI="file:///etc/hostname"/>'
    away = re.sub(r"<xenc:CipherValue>[^<]*</xenc:CipherValue>", elsewhere, sealed)
    assert away != sealed
    out(office, asked, base64.b64encode(away.encode()).decode(), "saml")


@pytest.mark.parametrize(
    ("old", "new", "because"),
    [
        ('URI="#_assertion"', 'URI="https://another.example/"', "saml"),
        (
            "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
            "http://www.w3.org/TR/1999/REC-xslt-19991116",
            "algorithm",
        ),
    ],
)
def test_a_signature_wants_nothing_unusual(office: Office, old: str, new: str, because: str) -> None:
    asked = office.begin()
    out(office, asked, changed(office.directory.response(asked), old, new), because)


# --- anew -------------------------------------------------------------------------------------------------


def stepped(office: Office, **lies: Any) -> Any:
    """Logged in since long, and now asked to show it anew."""
    office.come()
    session = office.client.session
    session["shown_at"] = "2020-01-01T00:00:00+00:00"
    session.save()
    asked = office.begin(**{"for": "step", "next": "/helsingborg/personer/"})
    return office.post(asked, office.directory.response(asked, name="_step", **lies))


def test_a_step_asks_the_directory_to_ask_anew(office: Office) -> None:
    office.come()
    address = office.client.get(office.path, {"for": "step"})["Location"]
    assert directories.document(address).get("ForceAuthn") == "true"
    assert directories.document(office.client.get(office.path)["Location"]).get("ForceAuthn") is None


@pytest.mark.parametrize("shown", [0, -30])
def test_who_showed_it_just_now_goes_on(office: Office, shown: int) -> None:
    assert stepped(office, shown=shown)["Location"] == "/helsingborg/personer/"
    assert is_fresh(office.client.session, clock.now())


@pytest.mark.parametrize("shown", [-90, -8 * 60 * 60])
def test_who_was_let_through_without_showing_it_does_not(office: Office, shown: int) -> None:
    answer = stepped(office, shown=shown)
    assert answer.status_code == 403
    assert refusals() == ["stale"]
    assert not is_fresh(office.client.session, clock.now())
    assert office.is_in


def test_without_a_step_the_directorys_own_session_will_do(office: Office) -> None:
    office.client = Client()
    office.come(shown=-8 * 60 * 60)
    assert office.is_in


@pytest.mark.parametrize("shown", [-90, -8 * 60 * 60, None])
def test_an_openid_provider_must_have_asked_anew_too(town: Town, shown: int | None) -> None:
    with issuers.served() as issuer:
        save_provider(by=town.product, wish=wish(issuer))
        door = Door(town, issuer, Client())
        door.come()
        door.client.post("/ny-har/")
        asked = door.begin(**{"for": "step"})
        assert "prompt=login" in asked
        moment = None if shown is None else int(clock.now().timestamp()) + shown
        answer = door.client.get(f"{door.path}svar/", issuer.grant(asked, auth_time=moment))
    assert answer.status_code == 403
    assert refusals() == ["stale"]
    assert door.is_in
