"""One's own logins: passkeys, leaving, and the form of the sample."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import get_resolver

from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, NotFound
from handtag.login.actions import make_user, remove_key
from handtag.login.models import User
from tests.login.conftest import Town, letters

Login = Callable[..., User]


def key_of(login: User) -> Authenticator:
    data = {"name": "Telefonen", "credential": {}}
    return Authenticator.objects.create(user=login, type=Authenticator.Type.WEBAUTHN, data=data)


def enter(login: User) -> Client:
    client = Client()
    client.force_login(login, backend="handtag.login.middleware.sessions.Backend")
    return client


def test_ones_keys_are_on_the_page_and_can_be_removed(town: Town, login_of: Login) -> None:
    login = login_of(town.person("Maria"))
    key, client = key_of(login), enter(login)
    assert "Telefonen" in client.get("/mina-inloggningar/").content.decode()
    assert client.post(f"/mina-inloggningar/{key.pk}/ta-bort/").status_code == 302
    assert not Authenticator.objects.exists()
    assert len(letters("login.passkey_removed")) == 1


def test_somebody_elses_key_stays(town: Town, login_of: Login) -> None:
    key = key_of(login_of(town.person("Maria")))
    nils = town.person("Nils")
    with pytest.raises(NotFound):
        remove_key(by=nils, login=login_of(nils), key_id=key.pk)
    assert Authenticator.objects.exists()


def test_a_riddle_is_given_to_who_asks_for_it_by_script(town: Town, client: Client) -> None:
    answer = client.get("/logga-in/nyckel/", headers={"Accept": "application/json"})
    assert answer.json()["request_options"]["publicKey"]["userVerification"] == "required"


def test_a_wrong_answer_to_the_riddle_lets_nobody_in(town: Town, client: Client, login_of: Login) -> None:
    login_of(town.person("Maria"))
    client.get("/logga-in/nyckel/", headers={"Accept": "application/json"})
    for credential in ("", "{}", '{"id": "x"}', "nonsense"):
        assert client.post("/logga-in/nyckel/", {"credential": credential})["Location"] == "/logga-in/"
    assert client.get("/mina-inloggningar/").status_code == 302


def test_the_page_for_a_new_key_carries_its_options_and_no_script_of_its_own(
    town: Town, login_of: Login
) -> None:
    page = enter(login_of(town.person("Maria"))).get("/mina-inloggningar/ny/").content.decode()
    assert 'id="passkey-options" type="application/json"' in page
    assert "onclick" not in page


def test_leaving_ends_the_session_in_all_towns(town: Town, neighbour: Town, login_of: Login) -> None:
    client = enter(login_of(town.person("Maria")))
    assert client.get("/logga-ut/").status_code == 200
    assert client.get("/mina-inloggningar/").status_code == 200
    assert client.post("/logga-ut/", {"next": f"/{town.slug}/grupper/"})["Location"] == f"/{town.slug}/"
    assert client.get("/mina-inloggningar/").status_code == 302


def test_leaving_everywhere_else_keeps_this_browser(town: Town, login_of: Login) -> None:
    login = login_of(town.person("Maria"))
    here, there = enter(login), enter(login)
    here.post("/mina-inloggningar/logga-ut-andra/")
    assert here.get("/mina-inloggningar/").status_code == 200
    assert there.get("/mina-inloggningar/").status_code == 302


@pytest.mark.parametrize("path", ["/mina-inloggningar/", "/mina-inloggningar/ny/", "/byt-roll/", "/vidare/"])
def test_a_visitor_is_sent_to_log_in(db: None, client: Client, path: str) -> None:
    assert client.get(path)["Location"].startswith("/logga-in/")


def test_the_sample_has_names_and_passwords(town: Town, client: Client) -> None:
    nils = town.person("Nils")
    make_user(
        by=town.product, person_id=nils.person, email="n@example.se", username="helper", password="handtag"
    )
    wrong = client.post("/login/", {"username": "helper", "password": "wrong"})
    assert wrong.status_code == 200
    answer = client.post("/login/", {"username": "helper", "password": "handtag"})
    assert client.get(answer["Location"])["Location"] == f"/{town.slug}/"


def test_outside_the_sample_there_are_no_passwords(town: Town, settings: Any) -> None:
    settings.SAMPLE = False
    nils = town.person("Nils")
    with pytest.raises(NotAllowed):
        make_user(by=town.product, person_id=nils.person, email="n@example.se", password="handtag")


def test_the_form_of_the_sample_is_no_address_elsewhere() -> None:
    import importlib

    from django.conf import settings

    from handtag.login import urls

    assert "by_password" in get_resolver().reverse_dict
    settings.SAMPLE = False
    try:
        names = [one.name for one in importlib.reload(urls).urlpatterns]
    finally:
        settings.SAMPLE = True
        importlib.reload(urls)
    assert "by_password" not in names


def test_nobody_gives_themselves_a_login(town: Town) -> None:
    nils: Actor = town.person("Nils")
    with pytest.raises(NotAllowed):
        make_user(by=nils, person_id=nils.person, email="n@example.se")
