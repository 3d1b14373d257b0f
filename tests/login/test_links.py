"""One-time links: shown to commands only, used once, never used up by looking."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from handtag.kernel import clock, ids
from handtag.kernel.errors import NotAllowed, NotFound, Problem
from handtag.login.actions import (
    LinkSpent,
    make_sign_in_link,
    make_user,
    send_sign_in_link,
    use_link,
)
from handtag.login.models import SignInLink
from handtag.people.actions import appoint, mark_protected
from tests.login.conftest import Town, letters


def path(link: str) -> str:
    """The link without its host."""
    return link[link.index("/lank/") :]


def test_a_link_lets_in_once(town: Town, client: Client) -> None:
    link = path(make_sign_in_link(by=town.product, person_id=town.person("Maria").person, leads_to="/x/"))
    assert client.get(link).status_code == 200
    assert client.get(link).status_code == 200  # a mail scanner looked
    assert client.post(link)["Location"] == "/vidare/?next=/x/"
    assert client.get("/mina-inloggningar/").status_code == 200
    other = Client()
    assert other.post(link).status_code == 410
    assert other.get("/mina-inloggningar/").status_code == 302


def test_only_the_hash_is_kept(town: Town) -> None:
    link = make_sign_in_link(by=town.product, person_id=town.person("Maria").person)
    assert SignInLink.objects.get().token_hash not in link


def test_a_link_grows_old(town: Town, client: Client) -> None:
    link = path(make_sign_in_link(by=town.product, person_id=town.person("Maria").person, hours=1))
    SignInLink.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert client.post(link).status_code == 410


def test_staff_do_not_see_the_link_they_send(town: Town) -> None:
    maria, nils = town.person("Maria", "coordinator"), town.person("Nils")
    with pytest.raises(NotAllowed):
        make_sign_in_link(by=maria, person_id=nils.person)
    send_sign_in_link(by=maria, person_id=nils.person)
    (letter,) = letters("login.link")
    assert letter.address == "nils@example.se"
    assert "/lank/" in letter.link
    assert "/lank/" not in letter.subject


def test_a_resident_sends_nobody_a_link(town: Town) -> None:
    with pytest.raises(NotAllowed):
        send_sign_in_link(by=town.person("Nils"), person_id=town.person("Maria").person)


def test_another_towns_person_does_not_exist(town: Town, neighbour: Town) -> None:
    stranger = neighbour.person("Sven")
    with pytest.raises(NotFound):
        send_sign_in_link(by=town.person("Maria", "coordinator"), person_id=stranger.person)
    with pytest.raises(NotFound):
        make_user(by=town.person("Anna", "coordinator"), person_id=stranger.person, email="x@example.se")


def test_a_protected_person_does_not_exist_for_who_may_not_see_them(town: Town) -> None:
    hidden = town.person("Gunilla")
    mark_protected(by=town.product, person_id=hidden.person, kind="secrecy_mark", reason="Beslut visat")
    with pytest.raises(NotFound):
        send_sign_in_link(by=town.person("Maria", "coordinator"), person_id=hidden.person)


def test_without_an_address_there_is_no_link(town: Town) -> None:
    from handtag.people.actions import NewPerson, register

    caller = register(by=town.product, new=NewPerson(given_name="Stig"))
    with pytest.raises(Problem):
        make_sign_in_link(by=town.product, person_id=caller.id)


def test_a_link_nobody_made_is_spent(db: None) -> None:
    with pytest.raises(LinkSpent):
        use_link(token=ids.token(40))


def test_new_staff_get_a_way_in_by_mail(town: Town) -> None:
    maria = town.person("Maria", "coordinator")
    appoint(by=maria, role="caseworker", email="johan@example.se", given_name="Johan")
    (letter,) = letters("login.link")
    assert letter.address == "johan@example.se"


@pytest.mark.race
def test_of_two_at_the_same_moment_one_gets_in(town: Town, at_once: Callable[..., list[Any]]) -> None:
    link = make_sign_in_link(by=town.product, person_id=town.person("Maria").person)
    token = link.rstrip("/").rsplit("/", 1)[1]
    answers = at_once(*[lambda: use_link(token=token)] * 8)
    assert sum(not isinstance(answer, Exception) for answer in answers) == 1
    assert all(isinstance(answer, LinkSpent) for answer in answers if isinstance(answer, Exception))
