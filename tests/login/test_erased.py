"""Whoever is erased has no way in: sessions end, and no code, link or address lets them in as themselves."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client

from handtag.kernel.actor import Actor, Via, system
from handtag.kernel.errors import NotFound
from handtag.login.actions import make_sign_in_link, make_user
from handtag.login.models import SignInLink, User
from tests.login.conftest import Town
from tests.login.test_code import ask, code

INSIDE = "/mina-inloggningar/"
Enter = Callable[[Actor], Client]


def test_every_session_ends(town: Town, client_of: Enter) -> None:
    maria = town.person("Maria")
    first, second = client_of(maria), Client()
    second.force_login(User.objects.get(person_id=maria.person))
    assert [client.get(INSIDE).status_code for client in (first, second)] == [200, 200]
    call_command("erase", str(maria.person))
    for client in (first, second):
        assert client.get(INSIDE)["Location"].startswith("/logga-in/")
        assert f'data-person="{maria.person}"' not in client.get(f"/{town.slug}/").content.decode()


def test_a_code_on_its_way_and_a_link_let_nobody_in(
    town: Town, client: Client, login_of: Callable[..., User]
) -> None:
    maria = town.person("Maria")
    login_of(maria, "maria@example.se")
    link = make_sign_in_link(by=system(town.id, Via.COMMAND), person_id=maria.person)
    path = link[link.index("/", len("https://")) :]
    page, given = ask(client, "maria@example.se"), code()
    call_command("erase", str(maria.person))
    answer = client.post(page, {"code": given}, follow=True)
    assert "Koden gäller inte längre. Be om en ny." in answer.content.decode()
    Client().get(path)
    other = Client()
    other.post(path)
    assert client.get(INSIDE).status_code == 302
    assert other.get(INSIDE).status_code == 302
    assert not User.objects.filter(person_id=maria.person).exists()
    assert not SignInLink.objects.exists()


def test_the_address_begins_anew_and_leads_to_nothing_of_before(
    town: Town, client: Client, login_of: Callable[..., User]
) -> None:
    maria = town.person("Maria")
    login_of(maria, "maria@example.se")
    call_command("erase", str(maria.person))
    client.post(ask(client, "maria@example.se"), {"code": code()})
    assert User.objects.get(email="maria@example.se").person_id is None
    with pytest.raises(NotFound):
        make_user(by=system(town.id, Via.COMMAND), person_id=maria.person, email="maria@example.se")
