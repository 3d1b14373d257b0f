"""Our keys towards a directory: made, shown, renewed in time, taken away; and never seen by anybody."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from django.test import Client
from lxml import etree
from onelogin.saml2.settings import OneLogin_Saml2_Settings

from handtag.history.models import Entry
from handtag.kernel import clock, sealing
from handtag.kernel.errors import NotAllowed, NotFound, Problem
from handtag.login.actions import (
    add_mapping,
    make_user,
    remove_provider,
    renew_key,
    save_provider,
    turn_keys,
    use_key,
)
from handtag.login.models import DirectoryKey, Provider
from handtag.operations.queries import state
from tests.login.conftest import Town, letters
from tests.login.directory import signed_by
from tests.login.leaving import SLO
from tests.login.office import Office, saml_wish

MD = {"md": "urn:oasis:names:tc:SAML:2.0:metadata", "ds": "http://www.w3.org/2000/09/xmldsig#"}
DAY = timedelta(days=1)


@pytest.fixture
def provider(town: Town) -> Provider:
    made = save_provider(by=town.product, wish=saml_wish(slo_url=SLO))
    add_mapping(by=town.product, provider_id=made.id, group="Handtag samordnare", role="coordinator")
    return made


@pytest.fixture
def office(town: Town, provider: Provider) -> Office:
    return Office(town)


def described(office: Office) -> tuple[Any, dict[str, list[str]]]:
    """Our metadata, and the certificates in it by use."""
    body = Client().get(f"{office.path}metadata/").content
    assert OneLogin_Saml2_Settings.validate_metadata(_settings(), body.decode()) == []
    root = etree.fromstring(body)
    shown: dict[str, list[str]] = {"signing": [], "encryption": []}
    for one in root.iterfind(".//md:KeyDescriptor", MD):
        shown[one.get("use")].append("".join(one.findtext(".//ds:X509Certificate", None, MD).split()))
    return root, shown


def _settings() -> Any:
    bare = OneLogin_Saml2_Settings.__new__(OneLogin_Saml2_Settings)
    bare._debug = False
    return bare


def bare(certificate: str) -> str:
    return "".join(certificate.split("-----")[2].split())


def newest_first() -> list[DirectoryKey]:
    return list(DirectoryKey.objects.order_by("-signs_from"))


def signs(office: Office, key: DirectoryKey) -> bool:
    """Whether what we ask is signed by this key."""
    return signed_by(Client().get(office.path)["Location"], key.certificate)


def test_a_key_is_made_with_the_directory_and_signs_at_once(office: Office) -> None:
    (key,) = newest_first()
    assert signs(office, key)
    root, shown = described(office)
    assert shown == {"signing": [bare(key.certificate)], "encryption": [bare(key.certificate)]}
    assert root.find("md:SPSSODescriptor", MD).get("AuthnRequestsSigned") == "true"
    assert datetime.fromisoformat(root.get("validUntil")) == key.ends_at.replace(microsecond=0)
    ways = [
        (one.get("Binding")[-8:], one.get("Location"))
        for one in root.iterfind(".//md:SingleLogoutService", MD)
    ]
    out = f"http://localhost:8000{office.path}utloggning/"
    assert ways == [("Redirect", out), ("TTP-POST", out)]


def test_the_certificate_says_no_more_than_it_must(office: Office) -> None:
    made = x509.load_pem_x509_certificate(office.certificate().encode())
    assert made.subject.rfc4514_string() == "CN=Handtag helsingborg katalog"
    assert made.not_valid_after_utc - clock.now() > timedelta(days=729)
    assert made.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False


def test_a_second_saving_makes_no_second_key(office: Office, town: Town, provider: Provider) -> None:
    save_provider(by=town.product, wish=saml_wish(name="Kontot"), provider_id=provider.id)
    turn_keys()
    described(office)
    assert len(newest_first()) == 1


def test_it_is_renewed_in_time_overlaps_and_goes(office: Office) -> None:
    (first,) = newest_first()
    with clock.travelling(first.ends_at - 61 * DAY):
        turn_keys()
        assert newest_first() == [first]
    with clock.travelling(first.ends_at - 59 * DAY):
        turn_keys()
        turn_keys()
        second, old = newest_first()
        assert old == first
        assert second.signs_from == first.ends_at - 29 * DAY
        assert signs(office, first)
        both = [bare(first.certificate), bare(second.certificate)]
        assert described(office)[1] == {"signing": both, "encryption": both}
    with clock.travelling(first.ends_at - 28 * DAY):
        turn_keys()
        assert signs(office, second)
        assert described(office)[1]["signing"] == [bare(second.certificate)]
        assert newest_first() == [second, first]
    with clock.travelling(first.ends_at + DAY):
        turn_keys()
        assert newest_first() == [second]
    verbs = list(
        Entry.objects.filter(verb__startswith="directory_key").order_by("at").values_list("verb", flat=True)
    )
    assert verbs == ["directory_key.made", "directory_key.made", "directory_key.removed"]


def test_administrators_are_told_in_time_and_nobody_else(office: Office, town: Town, neighbour: Town) -> None:
    ulla = town.person("Ulla", "administrator")
    town.person("Maria", "coordinator")
    neighbour.person("Nils", "administrator")
    (first,) = newest_first()
    assert letters("login.directory_key") == []
    with clock.travelling(first.ends_at - 59 * DAY):
        turn_keys()
        turn_keys()
    (letter,) = letters("login.directory_key")
    assert letter.person_id == ulla.person
    day = clock.local(first.ends_at - 29 * DAY)
    assert f"{day.day} " in letter.body
    assert f"/inloggning/{first.provider_id}/" in letter.link


def test_who_makes_one_by_hand_needs_no_letter(office: Office, town: Town, provider: Provider) -> None:
    entered(town).post(f"/{town.slug}/installningar/inloggning/{provider.id}/nyckel/")
    assert len(newest_first()) == 2
    assert letters("login.directory_key") == []


def test_a_worker_that_slept_too_long_makes_one_that_signs_at_once(office: Office) -> None:
    (first,) = newest_first()
    with clock.travelling(first.ends_at + DAY):
        shown = described(office)[1]["signing"]
        turn_keys()
        (second,) = newest_first()
        assert signs(office, second)
        assert shown == [bare(second.certificate)]


def test_a_renewal_that_comes_late_still_signs_before_the_old_one_ends(office: Office) -> None:
    (first,) = newest_first()
    with clock.travelling(first.ends_at - 10 * DAY):
        turn_keys()
        assert newest_first()[0].signs_from == first.ends_at


def test_what_is_encrypted_for_either_key_is_read(office: Office, town: Town, provider: Provider) -> None:
    (first,) = newest_first()
    renew_key(by=town.product, provider_id=provider.id)
    second = newest_first()[0]
    for at, key in enumerate((first, second)):
        office.client = Client()
        office.come(sealed_for=key.certificate, name=f"_before{at}")
        assert office.is_in
    use_key(by=town.product, provider_id=provider.id)
    assert signs(office, second)
    office.client = Client()
    office.come(sealed_for=first.certificate, name="_after")
    assert office.is_in


def test_a_directory_from_before_has_time_to_read_the_first_key(
    office: Office, town: Town, provider: Provider
) -> None:
    DirectoryKey.objects.all().delete()
    assert "Signature" not in Client().get(office.path)["Location"]
    root, shown = described(office)
    (key,) = newest_first()
    assert shown["signing"] == [bare(key.certificate)]
    assert root.find("md:SPSSODescriptor", MD).get("AuthnRequestsSigned") == "false"
    assert "Signature" not in Client().get(office.path)["Location"]
    office.come(sealed_for=key.certificate)
    assert office.is_in
    assert office.client.post("/logga-ut/")["Location"] == "/"
    with clock.travelling(key.signs_from):
        assert signs(office, key)
    use_key(by=town.product, provider_id=provider.id)
    assert signs(office, key)


def test_the_worker_makes_the_first_key_of_a_directory_from_before(office: Office) -> None:
    DirectoryKey.objects.all().delete()
    turn_keys()
    (key,) = newest_first()
    assert key.signs_from > clock.now() + 29 * DAY


def test_a_key_that_cannot_be_opened_asks_nothing_and_is_replaced(
    office: Office, town: Town, provider: Provider, settings: Any
) -> None:
    settings.IDENTITY_KEYS = ["another key of at least thirty-two letters"]
    assert Client().get(office.path).status_code == 403
    admin = entered(town)
    page = f"/{town.slug}/installningar/inloggning/{provider.id}/"
    assert "IDENTITY_KEYS" in admin.get(page).content.decode()
    renew_key(by=town.product, provider_id=provider.id)
    assert signs(office, newest_first()[0])
    assert "IDENTITY_KEYS" not in admin.get(page).content.decode()


def test_without_keys_to_seal_by_there_is_no_such_directory(town: Town, settings: Any) -> None:
    settings.IDENTITY_KEYS = []
    with pytest.raises(Problem):
        save_provider(by=town.product, wish=saml_wish())
    assert not Provider.objects.everywhere().exists()
    turn_keys()


def entered(town: Town) -> Client:
    anna = town.person("Karin", "administrator")
    login = make_user(by=town.product, person_id=anna.person, email="karin@example.se")
    client = Client()
    client.force_login(login, backend="handtag.login.middleware.sessions.Backend")
    return client


def test_the_administrators_page(office: Office, town: Town, provider: Provider) -> None:
    admin, page = entered(town), f"/{town.slug}/installningar/inloggning/{provider.id}/"
    (first,) = newest_first()
    said = admin.get(page).content.decode()
    known = x509.load_pem_x509_certificate(first.certificate.encode())
    assert known.fingerprint(hashes.SHA256()).hex(":").upper() in said
    assert f"{office.path}utloggning/" in said
    assert admin.post(f"{page}nyckel/").status_code == 302
    second = newest_first()[0]
    assert "läsa in våra metadata på nytt" in admin.get(page).content.decode()
    assert admin.post(f"{page}nyckel/").status_code == 302
    assert len(newest_first()) == 2
    assert admin.post(f"{page}nyckel/anvand/").status_code == 302
    assert signs(office, second)
    assert admin.get(page).content.decode().count("PRIVATE") == 0


def test_no_private_key_stands_anywhere_in_clear(office: Office, town: Town, provider: Provider) -> None:
    """Neither in the book nor in a backup: it stands there sealed, once, as other secrets do."""
    (key,) = newest_first()
    assert "PRIVATE KEY" in sealing.unseal(key.sealed_private)
    lines = [state.line(row) for model in state.tables() for row in state.rows(model)]
    assert [line for line in lines if "PRIVATE" in line] == []
    assert len([line for line in lines if key.sealed_private in line]) == 1
    body = Client().get(f"{office.path}metadata/").content.decode()
    assert (
        key.sealed_private
        not in body
        + entered(town).get(f"/{town.slug}/installningar/inloggning/{provider.id}/").content.decode()
    )


def test_the_ladder_of_keys(town: Town, neighbour: Town, provider: Provider) -> None:
    for deed in (renew_key, use_key):
        with pytest.raises(NotAllowed):
            deed(by=town.person("Maria", "coordinator"), provider_id=provider.id)
        with pytest.raises(NotFound):
            deed(by=neighbour.product, provider_id=provider.id)
    with pytest.raises(Problem):
        use_key(by=town.product, provider_id=provider.id)
    renew_key(by=town.product, provider_id=provider.id)
    with pytest.raises(Problem):
        renew_key(by=town.product, provider_id=provider.id)
    use_key(by=town.product, provider_id=provider.id)
    with pytest.raises(Problem):
        use_key(by=town.product, provider_id=provider.id)
    assert len(newest_first()) == 2


def test_keys_go_with_their_directory(town: Town, provider: Provider) -> None:
    remove_provider(by=town.product, provider_id=provider.id)
    assert newest_first() == []


def test_a_logout_address_is_https(town: Town) -> None:
    with pytest.raises(Problem) as found:
        save_provider(by=town.product, wish=saml_wish(slo_url="http://directory.example.se/"))
    assert found.value.field == "slo_url"
