"""Logins are closed by an administrator or by whose they are; who has only an e-identity adds an address."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from handtag.history.models import Entry
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import HandtagError, NotAllowed, NotFound, Problem, TooLate
from handtag.login import actions
from handtag.login.models import User
from handtag.notices.models import Notice
from handtag.people.actions import mark_protected
from handtag.people.models import RoleHeld
from tests.login.conftest import Town

ClientOf = Callable[[Actor], Client]


@pytest.fixture
def chief(town: Town) -> Actor:
    return town.person("Ada", "administrator")


def path(town: Town, who: Actor) -> str:
    return f"/{town.slug}/personer/{who.person}/inloggning/"


class TestByAnAdministrator:
    """Somebody's login."""

    def test_it_is_closed_they_are_out_at_once_and_told(
        self, town: Town, chief: Actor, client_of: ClientOf
    ) -> None:
        leila = town.person("Leila")
        hers, ours = client_of(leila), client_of(chief)
        assert "Öppen" in ours.get(path(town, leila)).text
        assert ours.post(path(town, leila), {"deed": "close", "submission": "1" * 32}).status_code == 302
        assert hers.get("/mina-inloggningar/").status_code == 302
        assert not User.objects.get(person_id=leila.person).is_active
        assert Notice.objects.everywhere().filter(person_id=leila.person, kind="login.shut").count() == 1
        entry = Entry.objects.get(verb="login.closed")
        assert (entry.actor_id, entry.about_id) == (chief.person, leila.person)

    def test_and_opened_again(self, town: Town, chief: Actor, client_of: ClientOf) -> None:
        leila = town.person("Leila")
        client_of(leila)
        actions.close_login_of(by=chief, person_id=leila.person)
        page = client_of(chief).get(path(town, leila)).text
        assert 'value="open"' in page
        actions.close_login_of(by=chief, person_id=leila.person, is_open=True)
        assert User.objects.get(person_id=leila.person).is_active

    def test_the_address_is_not_shown(self, town: Town, chief: Actor, client_of: ClientOf) -> None:
        leila = town.person("Leila")
        email = User.objects.filter(person_id=leila.person).values_list("email", flat=True).first()
        client_of(leila)
        email = User.objects.get(person_id=leila.person).email
        assert email
        assert email not in client_of(chief).get(path(town, leila)).text

    def test_twice(self, town: Town, chief: Actor, client_of: ClientOf) -> None:
        leila = town.person("Leila")
        client_of(leila)
        actions.close_login_of(by=chief, person_id=leila.person)
        with pytest.raises(TooLate):
            actions.close_login_of(by=chief, person_id=leila.person)

    def test_not_by_others_not_next_door_not_oneself_not_nobodys(
        self, town: Town, neighbour: Town, chief: Actor, client_of: ClientOf
    ) -> None:
        leila = town.person("Leila")
        client_of(leila)
        for role in ("service_point_host", "contact_centre_agent", "caseworker"):
            with pytest.raises(NotAllowed):
                actions.close_login_of(by=town.person(role.title(), role), person_id=leila.person)
        with pytest.raises(NotFound):
            actions.close_login_of(by=neighbour.person("Bo", "administrator"), person_id=leila.person)
        with pytest.raises(Problem):
            actions.close_login_of(by=chief, person_id=chief.person)
        User.objects.filter(person_id=leila.person).delete()
        with pytest.raises(NotFound):
            actions.close_login_of(by=chief, person_id=leila.person)

    def test_who_belongs_next_door_too_keeps_it(
        self, town: Town, neighbour: Town, chief: Actor, client_of: ClientOf
    ) -> None:
        leila = town.person("Leila")
        client_of(leila)
        RoleHeld.objects.create(person_id=leila.person, municipality_id=neighbour.id, role="resident")
        with pytest.raises(Problem):
            actions.close_login_of(by=chief, person_id=leila.person)
        assert User.objects.get(person_id=leila.person).is_active

    def test_the_protected_are_not_there(self, town: Town, chief: Actor, client_of: ClientOf) -> None:
        vera = town.person("Vera")
        client_of(vera)
        mark_protected(by=town.product, person_id=vera.person, kind="secrecy_mark", reason="prov")
        assert client_of(chief).get(path(town, vera)).status_code == 404


class TestByOneself:
    """One's own."""

    def test_it_says_what_happens_and_then_it_is_closed(self, town: Town, client_of: ClientOf) -> None:
        leila = town.person("Leila")
        browser = client_of(leila)
        assert browser.get("/mina-inloggningar/stang/").status_code == 200
        assert User.objects.get(person_id=leila.person).is_active
        assert browser.post("/mina-inloggningar/stang/").status_code == 302
        assert not User.objects.get(person_id=leila.person).is_active
        assert browser.get("/mina-inloggningar/").status_code == 302

    def test_staff_ask_an_administrator(self, chief: Actor, client_of: ClientOf) -> None:
        client_of(chief).post("/mina-inloggningar/stang/")
        assert User.objects.get(person_id=chief.person).is_active

    def test_a_visitor_and_anothers(self, town: Town, client: Client, client_of: ClientOf) -> None:
        leila, olle = town.person("Leila"), town.person("Olle")
        client_of(leila)
        assert "/logga-in/" in client.post("/mina-inloggningar/stang/")["Location"]
        with pytest.raises(NotAllowed):
            actions.close_own(by=olle, login=User.objects.get(person_id=leila.person))


class TestAddress:
    """An address for who comes in by an e-identity alone."""

    @pytest.fixture(autouse=True)
    def _keys(self, settings: Any) -> None:
        settings.IDENTITY_KEYS = ["a-long-and-random-key-for-the-tests"]

    @pytest.fixture
    def leila(self, town: Town, client_of: ClientOf) -> tuple[User, Client]:
        browser = client_of(town.person("Leila"))
        login = User.objects.get(pk=browser.session["_auth_user_id"])
        User.objects.filter(pk=login.pk).update(email=None)
        login.refresh_from_db()
        return login, browser

    def asked(self, browser: Client, email: str = "Leila@Example.se") -> str:
        assert browser.post("/mina-inloggningar/epost/", {"email": email}).status_code == 302
        letter = Notice.objects.everywhere().filter(kind="login.address").latest("created_at")
        assert letter.address == email.lower()
        path: str = letter.link.removeprefix("http://testserver").partition("/mina")[2]
        assert "example" not in path.lower()
        return f"/mina{path}"

    def test_a_link_in_a_letter_and_a_yes(self, leila: tuple[User, Client]) -> None:
        login, browser = leila
        assert "/mina-inloggningar/epost/" in browser.get("/mina-inloggningar/").text
        link = self.asked(browser)
        assert "leila@example.se" in browser.get(link).text
        login.refresh_from_db()
        assert login.email is None, "to open the letter is not to say yes"
        for _twice in range(2):
            assert browser.post(link).status_code == 302
        login.refresh_from_db()
        assert login.email == "leila@example.se"
        assert Entry.objects.filter(verb="login.email_added").count() == 1

    def test_only_for_who_asked_and_within_a_day(
        self, town: Town, leila: tuple[User, Client], client_of: ClientOf
    ) -> None:
        login, browser = leila
        link = self.asked(browser)
        client_of(town.person("Olle")).post(link)
        assert "/logga-in/" in Client().post(link)["Location"]
        with clock.travelling(clock.now() + timedelta(days=1, minutes=1)):
            browser.post(link)
        browser.post(f"{link[:-8]}AAAAAAA/")
        login.refresh_from_db()
        assert login.email is None

    def test_anothers_address_is_refused_and_not_told_beforehand(
        self, town: Town, leila: tuple[User, Client], client_of: ClientOf
    ) -> None:
        login, browser = leila
        other = client_of(town.person("Olle"))
        theirs = User.objects.get(pk=other.session["_auth_user_id"]).email
        assert theirs
        browser.post(self.asked(browser, theirs))
        login.refresh_from_db()
        assert login.email is None

    def test_who_has_one_already(self, leila: tuple[User, Client]) -> None:
        login, browser = leila
        link = self.asked(browser)
        User.objects.filter(pk=login.pk).update(email="another@example.se")
        browser.post(link)
        login.refresh_from_db()
        assert login.email == "another@example.se"
        with pytest.raises(HandtagError):
            actions.want_email(by=Actor(login.person_id, None), login=login, email="x@example.se")

    @pytest.mark.parametrize("email", ["", "leila", "@"])
    def test_nonsense_is_said_beside_the_field(self, email: str, leila: tuple[User, Client]) -> None:
        page = leila[1].post("/mina-inloggningar/epost/", {"email": email})
        assert page.status_code == 200
        assert not Notice.objects.everywhere().filter(kind="login.address").exists()
