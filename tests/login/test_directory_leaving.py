"""Logging out of a directory that speaks SAML, and by it: signed both ways, and exactly who is named."""

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from handtag.history.models import Entry
from handtag.kernel import sealing
from handtag.login.actions import add_mapping, save_provider
from handtag.login.models import Provider, ProviderSession, User
from tests.login import leaving
from tests.login.conftest import Town
from tests.login.directory import ENTITY, FORMAT, document, pair, sealed, signed_by
from tests.login.leaving import SLO, Way, by_address, by_form
from tests.login.office import Office, saml_wish

BACKEND = "handtag.login.middleware.sessions.Backend"
SAML = {"saml": "urn:oasis:names:tc:SAML:2.0:assertion", "samlp": "urn:oasis:names:tc:SAML:2.0:protocol"}


def furnished(town: Town) -> Provider:
    made = save_provider(by=town.product, wish=saml_wish(slo_url=SLO))
    add_mapping(by=town.product, provider_id=made.id, group="Handtag samordnare", role="coordinator")
    return made


@pytest.fixture
def office(town: Town) -> Office:
    """Somebody who has come in through the directory."""
    furnished(town)
    made = Office(town)
    made.come()
    assert made.is_in
    return made


def way(office: Office) -> Way:
    return Way(f"http://localhost:8000{office.path}utloggning/")


def told(office: Office, message: str | dict[str, str]) -> Any:
    """The directory's page leads there, without any cookie of ours."""
    path = f"{office.path}utloggning/"
    return Client().post(path, message) if isinstance(message, dict) else Client().get(f"{path}?{message}")


def is_in(client: Client) -> bool:
    return client.get("/mina-inloggningar/").status_code == 200


def away(answer: Any) -> str:
    """Where the page after logging out leads on to."""
    assert answer.status_code == 200
    address = answer["Refresh"].removeprefix("1; url=")
    assert address in unescape(answer.content.decode())
    return str(address)


def again(office: Office, session: str, name: str) -> Client:
    """The same colleague in another browser."""
    first, office.client = office.client, Client()
    office.directory.session = session
    office.come(name=name)
    office.client, other = first, office.client
    assert is_in(other)
    return other


def refused(because: str) -> None:
    assert Entry.objects.get(verb="logout.refused").facts == {"because": because}
    assert not Entry.objects.filter(verb="login.ended_by_provider").exists()


# --- by us ------------------------------------------------------------------------------------------------


def test_who_logs_out_here_is_sent_there_with_a_signed_request(office: Office) -> None:
    address = away(office.client.post("/logga-ut/"))
    assert address.startswith(f"{SLO}&SAMLRequest=")
    assert signed_by(address, office.certificate())
    asked = document(address, "SAMLRequest")
    name = asked.find("saml:NameID", SAML)
    assert (name.text, name.get("Format"), name.get("NameQualifier")) == ("anna.ek", FORMAT, ENTITY)
    assert name.get("SPNameQualifier") == f"http://localhost:8000{office.path}metadata/"
    assert asked.findtext("samlp:SessionIndex", None, SAML) == "session-1"
    assert asked.get("Destination") == SLO
    assert not is_in(office.client)
    assert not ProviderSession.objects.exists()


def test_a_name_with_signs_in_it_is_said_as_it_is(office: Office) -> None:
    office.directory.session, office.client = "a<b>&c", Client()
    office.directory.attributes["mail"] = ["rd@helsingborg.example"]
    office.come(name="_signs", subject="r&amp;d")
    asked = document(away(office.client.post("/logga-ut/")), "SAMLRequest")
    assert asked.findtext("samlp:SessionIndex", None, SAML) == "a<b>&c"
    assert asked.findtext("saml:NameID", None, SAML) == "r&d"


def test_the_session_ends_first_whatever_the_directory_is(office: Office) -> None:
    Provider.objects.everywhere().update(slo_url="")
    assert office.client.post("/logga-ut/")["Location"] == "/"
    assert not is_in(office.client)


def test_keys_that_are_gone_keep_nobody_in(office: Office, settings: Any) -> None:
    settings.IDENTITY_KEYS = ["another key of at least thirty-two letters"]
    assert office.client.post("/logga-ut/")["Location"] == "/"
    assert not is_in(office.client)


def test_name_and_session_are_kept_sealed(office: Office) -> None:
    hint = office.client.session["came_from"]["hint"]
    assert "session-1" in sealing.unseal(hint)
    for text in (str(dict(office.client.session)), str(list(ProviderSession.objects.values()))):
        assert "session-1" not in text
        assert "persistent" not in text
    row = ProviderSession.objects.get()
    assert office.client.session.session_key not in str(ProviderSession.objects.values())
    assert sealing.unseal(row.sealed_session) == office.client.session.session_key
    office.client.post("/logga-ut/")
    told(office, by_address(way(office).demand()))
    book = str(list(Entry.objects.values()))
    assert not [word for word in ("session-1", "anna.ek", "persistent") if word in book]


def test_the_directory_answers_that_we_have_left(office: Office) -> None:
    asked = document(away(office.client.post("/logga-ut/")), "SAMLRequest").get("ID")
    said = by_address(way(office).answer(asked), kind="SAMLResponse")
    home = office.client.get(f"{office.path}utloggning/?{said}", follow=True)
    assert "Helsingborgs konto" in home.content.decode()
    assert not Entry.objects.filter(verb="logout.refused").exists()
    assert office.client.get(f"{office.path}utloggning/?{said}")["Location"] == "/"
    refused("state")


def test_a_directory_that_could_not_is_not_said_to_have(office: Office) -> None:
    asked = document(away(office.client.post("/logga-ut/")), "SAMLRequest").get("ID")
    bad = way(office).answer(asked, status="urn:oasis:names:tc:SAML:2.0:status:Responder")
    said = by_address(bad, kind="SAMLResponse")
    page = office.client.get(f"{office.path}utloggning/?{said}", follow=True).content.decode()
    assert "att du fortfarande är inloggad där" in page


@pytest.mark.parametrize("lie", ["forged", "unsigned", "made up"])
def test_a_false_answer_is_harmless(office: Office, lie: str) -> None:
    asked = document(away(office.client.post("/logga-ut/")), "SAMLRequest").get("ID")
    other = again(office, "session-2", "_two")
    said_there = way(office).answer("_none" if lie == "made up" else asked)
    said = by_address(said_there, kind="SAMLResponse", key=1 if lie == "forged" else 0)
    said = said.partition("&SigAlg")[0] if lie == "unsigned" else said
    assert told(office, said)["Location"] == "/"
    assert is_in(other)
    refused("state" if lie == "made up" else "signature")


def test_a_false_answer_does_not_say_that_one_has_left(office: Office) -> None:
    said = by_address(way(office).answer("_none"), kind="SAMLResponse", key=1)
    page = office.client.get(f"{office.path}utloggning/?{said}")
    assert page.status_code == 400
    assert "Du är inte utloggad" in page.content.decode()
    assert is_in(office.client)


# --- by the directory -------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", [by_address, by_form])
def test_the_directory_ends_the_session_it_names_and_no_other(office: Office, how: Any) -> None:
    other = again(office, "session-2", "_two")
    by_code = Client()
    by_code.force_login(User.objects.get(identities__subject="anna.ek"), backend=BACKEND)
    answer = told(office, how(way(office).demand()))
    assert answer.status_code == 302
    assert not is_in(office.client)
    assert is_in(other)
    assert is_in(by_code)
    assert Entry.objects.filter(verb="login.ended_by_provider").count() == 1
    assert ProviderSession.objects.count() == 1


def test_without_a_session_it_ends_all_that_came_of_the_name(office: Office) -> None:
    other = again(office, "", "_two")
    by_code = Client()
    by_code.force_login(User.objects.get(identities__subject="anna.ek"), backend=BACKEND)
    told(office, by_address(way(office).demand(sessions=())))
    assert not is_in(office.client)
    assert not is_in(other)
    assert is_in(by_code)


def test_the_directory_hears_in_return_that_it_is_done(office: Office) -> None:
    address = told(office, by_address(way(office).demand(), relay="tillbaka"))["Location"]
    assert address.startswith(f"{SLO}&SAMLResponse=")
    assert signed_by(address, office.certificate())
    assert "RelayState=tillbaka" in address
    answer = document(address, "SAMLResponse")
    assert (answer.get("InResponseTo"), answer.get("Destination")) == ("_demand", SLO)
    assert "status:Success" in answer.find(".//samlp:StatusCode", SAML).get("Value")


def test_whoever_is_not_here_is_not_here(office: Office) -> None:
    assert told(office, by_address(way(office).demand(subject="bo.ek"))).status_code == 302
    assert told(office, by_address(way(office).demand(sessions=("9",), name="_2"))).status_code == 302
    assert is_in(office.client)


def test_without_an_address_to_answer_at_it_ends_all_the_same(office: Office) -> None:
    Provider.objects.everywhere().update(slo_url="")
    assert told(office, by_form(way(office).demand()))["Location"] == "/"
    assert not is_in(office.client)


def test_a_session_that_goes_on_under_another_key_is_found(office: Office) -> None:
    before = office.client.session.session_key
    office.client.post("/mina-inloggningar/logga-ut-andra/")
    assert office.client.session.session_key != before
    assert is_in(office.client)
    told(office, by_address(way(office).demand()))
    assert not is_in(office.client)


def test_an_encrypted_name_is_read(office: Office) -> None:
    name = f'<saml:NameID xmlns:saml="{SAML["saml"]}">anna.ek</saml:NameID>'
    hidden = sealed(name, office.certificate(), office.directory.transport, office.directory.cipher)
    hidden = hidden.replace("EncryptedAssertion", "EncryptedID")
    assert "anna" not in hidden
    told(office, by_form(way(office).demand(named=hidden)))
    assert not is_in(office.client)


def test_where_the_session_can_no_longer_be_read_all_of_them_end(office: Office, settings: Any) -> None:
    settings.IDENTITY_KEYS = ["another key of at least thirty-two letters"]
    told(office, by_form(way(office).demand()))
    assert not is_in(office.client)


LIES: list[tuple[dict[str, Any], str]] = [
    ({"issuer": "https://another.example"}, "issuer"),
    ({"to": "https://another.example/slo"}, "saml"),
    ({"to": "http://localhost:8000/helsingborg/logga-in/katalog/utloggning/x"}, "audience"),
    ({"made": -3600}, "expired"),
    ({"made": 3600}, "expired"),
    ({"until": -5}, "expired"),
    ({"root": "ManageNameIDRequest"}, "format"),
]


@pytest.mark.parametrize("how", [by_address, by_form])
@pytest.mark.parametrize(("lies", "because"), LIES)
def test_what_does_not_hold_ends_nothing(
    office: Office, how: Any, lies: dict[str, Any], because: str
) -> None:
    assert told(office, how(way(office).demand(**lies))).status_code == 400
    assert is_in(office.client)
    refused(because)


@pytest.mark.parametrize("how", [by_address, by_form])
@pytest.mark.parametrize(
    ("part", "because"),
    [
        (f"<saml:Issuer>{ENTITY}</saml:Issuer>", "issuer"),
        (r' Destination="[^"]*"', "audience"),
        (r"<saml:NameID.*</saml:NameID>", "saml"),
    ],
)
def test_what_the_library_would_not_miss_is_missed(office: Office, how: Any, part: str, because: str) -> None:
    said = re.sub(part, "", way(office).demand())
    assert said != way(office).demand()
    if how is by_form and because == "issuer":
        said = said.replace("<saml:NameID", "<saml:Issuer/><saml:NameID")  # the signature needs a place
    assert told(office, how(said)).status_code == 400
    assert is_in(office.client)
    refused(because)


def unsigned_form(said: str) -> dict[str, str]:
    return by_form(said, signed=False)


def false_form(said: str) -> dict[str, str]:
    return by_form(said, key=1)


def unsigned_address(said: str) -> str:
    return by_address(said).partition("&SigAlg")[0]


def false_address(said: str) -> str:
    return by_address(said, key=1)


def changed_address(said: str) -> str:
    other = by_address(said.replace("anna.ek", "bo.ek"))
    return by_address(said).partition("&")[0] + "&" + other.partition("&")[2]


def weak_address(said: str) -> str:
    return by_address(said, method="http://www.w3.org/2000/09/xmldsig#rsa-sha1")


@pytest.mark.parametrize(
    "how", [unsigned_form, false_form, unsigned_address, false_address, changed_address, weak_address]
)
def test_what_the_directory_did_not_sign_ends_nothing(office: Office, how: Any) -> None:
    answer = told(office, how(way(office).demand()))
    assert answer.status_code == 400
    assert "Logga ut" in answer.content.decode()
    assert is_in(office.client)
    refused("signature")


def test_nothing_stands_twice_or_veiled_in_an_address(office: Office) -> None:
    good = by_address(way(office).demand(subject="bo.ek"))
    evil = by_address(way(office).demand(), key=1).partition("&")[0]
    for address in (f"{good}&{evil}", f"{evil}&{good}", f"{good}&{evil.replace('SAML', '%53AML', 1)}"):
        assert told(office, address).status_code == 400
    assert is_in(office.client)
    assert {row.facts["because"] for row in Entry.objects.filter(verb="logout.refused")} == {"format"}


@pytest.mark.parametrize("name", ["_evil", "_good"])
@pytest.mark.parametrize("how", ["inside", "beside"])
def test_a_signature_moved_over_another_demand_ends_nothing(office: Office, how: str, name: str) -> None:
    signed = by_form(way(office).demand(subject="bo.ek", name="_good"))
    assert told(office, leaving.wrapped(signed, way(office).demand(name=name), how)).status_code == 400
    assert is_in(office.client)
    refused("signature")


def test_a_demand_counts_once(office: Office) -> None:
    said = by_address(way(office).demand())
    assert [told(office, said).status_code for _twice in range(2)] == [302, 400]
    office.client = Client()
    office.come(name="_again")
    assert told(office, by_form(way(office).demand())).status_code == 400
    assert is_in(office.client)
    assert {row.facts["because"] for row in Entry.objects.filter(verb="logout.refused")} == {"replayed"}


def test_rubbish_and_no_words_at_all_end_nothing(office: Office) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    for message in ("", "x=1", {"SAMLRequest": "rubbish"}, {}, by_form(bomb, signed=False)):
        assert told(office, message).status_code == 400
    assert is_in(office.client)


def test_the_neighbours_directory_ends_nothing_here(office: Office, neighbour: Town) -> None:
    """The same directory may serve both: what it says to one is not said to the other."""
    furnished(neighbour)
    there = Office(neighbour)
    there.come(name="_there")
    assert told(there, by_address(way(office).demand())).status_code == 400
    assert told(there, by_address(way(there).demand(name="_theirs"))).status_code == 302
    assert is_in(office.client)
    assert not is_in(there.client)
    assert Client().get(f"/{neighbour.slug}/logga-in/finns-inte/utloggning/").status_code == 404


def test_an_openid_provider_has_no_such_page(office: Office) -> None:
    Provider.objects.everywhere().update(kind="oidc")
    assert told(office, by_address(way(office).demand())).status_code == 404
    assert is_in(office.client)
    assert Client().get(f"{office.path}metadata/").status_code == 404


def test_old_rows_go_when_their_session_has_gone(office: Office) -> None:
    from datetime import timedelta

    from handtag.kernel import clock
    from handtag.login.actions import forget_gone

    again(office, "session-2", "_two")
    ProviderSession.objects.update(began_at=clock.now() - timedelta(days=30))
    Session.objects.exclude(session_key=office.client.session.session_key).delete()
    forget_gone()
    assert ProviderSession.objects.count() == 1
    told(office, by_address(way(office).demand()))
    assert not is_in(office.client)


def test_no_session_is_named_in_an_address_of_ours(office: Office) -> None:
    """What stands in an address may stand in somebody's log: never a key to a session here."""
    key = office.client.session.session_key
    address = away(office.client.post("/logga-ut/"))
    assert key not in address
    assert not re.search("PRIVATE KEY", address)
    assert pair(0)[1] not in address
