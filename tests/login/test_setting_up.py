"""An administrator sets up providers: secrets go in and never out, and only one's own are named."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from handtag.kernel import sealing
from handtag.kernel.errors import NotFound, Problem
from handtag.login.actions import make_user, remove_provider, save_provider
from handtag.login.models import GroupMapping, Identity, Provider, User
from tests.login import issuer as issuers
from tests.login.conftest import Town
from tests.login.issuer import Issuer
from tests.login.test_provider import Door, wish

BACKEND = "handtag.login.middleware.sessions.Backend"


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with issuers.served() as served:
        yield served


@pytest.fixture
def door(town: Town, issuer: Issuer) -> Door:
    save_provider(by=town.product, wish=wish(issuer))
    return Door(town, issuer, Client())


def test_a_secret_goes_in_and_never_comes_out(door: Door, client_of: Any) -> None:
    admin = client_of(door.town.person("Anna", "administrator"))
    row = Provider.objects.everywhere().get()
    assert "hemligt" not in row.sealed_secret
    assert sealing.unseal(row.sealed_secret) == "hemligt"
    page = admin.get(f"/{door.town.slug}/installningar/inloggning/{row.id}/").content.decode()
    assert "hemligt" not in page
    assert row.sealed_secret not in page


def test_a_secret_is_not_sent_to_another_address_without_being_written_anew(door: Door) -> None:
    row = Provider.objects.everywhere().get()
    moved = replace(wish(door.issuer), issuer="http://localhost:9", secret="")
    with pytest.raises(Problem):
        save_provider(by=door.town.product, wish=moved, provider_id=row.id)


def test_a_municipality_names_its_own_variables_alone(door: Door, monkeypatch: Any) -> None:
    for name in ("SECRET_KEY", "HANDTAG_SECRET_1260_EID"):
        with pytest.raises(Problem):
            save_provider(by=door.town.product, wish=wish(door.issuer, key="two", secret_variable=name))
    monkeypatch.setenv("HANDTAG_SECRET_1283_EID", "ur omgivningen")
    row = Provider.objects.everywhere().get()
    with_variable = wish(door.issuer, secret_variable="HANDTAG_SECRET_1283_EID")
    save_provider(by=door.town.product, wish=with_variable, provider_id=row.id)
    door.come()
    auth = next(auth for path, _form, auth in door.issuer.asked if path == "/token")
    assert b"ur%20omgivningen" in base64.b64decode(auth.split()[1])


def test_only_the_administrator_sets_logins(door: Door, client_of: Any) -> None:
    page = f"/{door.town.slug}/installningar/inloggning/"
    assert client_of(door.town.person("Anna", "administrator")).get(page).status_code == 200
    assert client_of(door.town.person("Maria", "coordinator")).get(page).status_code == 403


def test_the_sign_in_page_of_a_town_offers_its_providers(door: Door, neighbour: Town) -> None:
    assert b"BankID" in Client().get(f"/logga-in/?next=/{door.town.slug}/").content
    assert b"BankID" not in Client().get(f"/logga-in/?next=/{neighbour.slug}/").content


def test_a_neighbour_neither_sees_nor_changes_it(door: Door, neighbour: Town, client_of: Any) -> None:
    row = Provider.objects.everywhere().get()
    nina = neighbour.person("Nina", "administrator")
    make_user(by=neighbour.product, person_id=nina.person, email="nina@example.se")
    admin = Client()
    admin.force_login(User.objects.get(person_id=nina.person), backend=BACKEND)
    page = f"/{neighbour.slug}/installningar/inloggning/"
    assert b"BankID" not in admin.get(page).content
    assert admin.get(f"{page}{row.id}/").status_code == 404
    with pytest.raises(NotFound):
        remove_provider(by=neighbour.product, provider_id=row.id)
    with pytest.raises(NotFound):
        save_provider(by=neighbour.product, wish=wish(door.issuer), provider_id=row.id)


def test_set_up_and_taken_away_on_the_page(town: Town, issuer: Issuer, client_of: Any) -> None:
    admin = client_of(town.person("Anna", "administrator"))
    page = f"/{town.slug}/installningar/inloggning/"
    said = {"what": "oidc staff", "name": "Kontot", "key": "konto", "is_on": "on", "issuer": issuer.url}
    said |= {"client_id": "handtag", "client_auth": "client_secret_post", "secret": "hemligt"}
    made = admin.post(f"{page}ny/", said)["Location"]
    assert admin.get(made).status_code == 200
    bad = admin.post(f"{made}grupper/", {"group": "Skydd", "role": "protected_identity_officer"})
    assert bad.status_code == 200
    assert not GroupMapping.objects.exists()
    admin.post(f"{made}grupper/", {"group": "Alla", "role": "evaluator"})
    row = GroupMapping.objects.get()
    assert "Alla" in admin.get(made).content.decode()
    admin.post(f"{made}grupper/{row.id}/ta-bort/")
    assert not GroupMapping.objects.exists()
    admin.post(f"{made}ta-bort/")
    assert not Provider.objects.everywhere().exists()


def test_an_address_inside_the_network_is_refused_unless_the_operator_names_it(
    town: Town, issuer: Issuer, settings: Any
) -> None:
    settings.SAMPLE = False
    for address in (
        issuer.url,
        "http://id.example.se",
        "https://id@evil.example",
        "file:///etc",
        "https://10.0.0.1",
    ):
        with pytest.raises(Problem):
            save_provider(by=town.product, wish=replace(wish(issuer), issuer=address))
    settings.IDENTITY_KEYS = ["a key of more than thirty-two letters, surely"]
    save_provider(by=town.product, wish=replace(wish(issuer), issuer="https://id.example.se"))


def test_with_a_provider_go_the_identities_it_told(door: Door) -> None:
    door.come()
    assert Identity.objects.count() == 1
    remove_provider(by=door.town.product, provider_id=Provider.objects.everywhere().get().id)
    assert Identity.objects.count() == 0
