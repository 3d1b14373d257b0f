"""Logging out is the end everywhere: all browsers, the provider, and when the provider says so."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from joserfc import jwt
from joserfc.jwk import RSAKey

from handtag.history.models import Entry
from handtag.kernel import clock
from handtag.kernel.errors import NotAllowed
from handtag.login.actions import close_login, save_provider
from handtag.login.models import User
from handtag.people.actions import erase_person, take_role
from tests.login import issuer as issuers
from tests.login.conftest import Town
from tests.login.issuer import Issuer
from tests.login.test_provider import Door, wish


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with issuers.served() as served:
        yield served


@pytest.fixture
def inside(town: Town, issuer: Issuer) -> Door:
    """Somebody who has logged in through the provider."""
    save_provider(by=town.product, wish=wish(issuer))
    door = Door(town, issuer, Client())
    door.come(sid="session-1")
    door.client.post("/ny-har/")
    door.client = Client()
    door.come(sid="session-1")
    assert door.is_in
    return door


def is_in(client: Client) -> bool:
    return client.get("/mina-inloggningar/").status_code == 200


def token(door: Door, **claims: Any) -> str:
    now = int(clock.now().timestamp())
    said = {
        **{"iss": door.issuer.url, "aud": "handtag", "iat": now, "exp": now + 120, "jti": "logout-1"},
        **{"events": {"http://schemas.openid.net/event/backchannel-logout": {}}, "sub": "person-1"},
        **claims,
    }
    said = {name: value for name, value in said.items() if value is not None}
    return jwt.encode({"alg": "RS256", "kid": door.issuer.key.kid}, said, door.issuer.key)


def told(door: Door, words: str) -> int:
    return Client().post(f"{door.path}utloggad/", {"logout_token": words}).status_code


def test_logging_out_leads_by_the_providers_own_way_out(inside: Door) -> None:
    answer = inside.client.post("/logga-ut/")
    assert answer.status_code == 200
    assert f"url={inside.issuer.url}/end?" in answer["Refresh"]
    assert "id_token_hint=" in answer["Refresh"]
    assert "post_logout_redirect_uri=" in answer["Refresh"]
    assert not is_in(inside.client)
    assert inside.client.get("/logga-ut/klar/")["Location"] == "/"


def test_the_token_for_it_is_kept_sealed(inside: Door) -> None:
    token_in_clear = re.compile(r"eyJ[\w-]+\.[\w-]+\.")
    assert not token_in_clear.search(str(dict(inside.client.session)))
    assert inside.client.session["came_from"]["hint"]


def test_a_provider_that_is_away_does_not_keep_anybody_in(inside: Door, settings: Any) -> None:
    from django.core.cache import cache

    cache.clear()
    inside.issuer.document = {"issuer": "https://somebody.else.example"}
    assert inside.client.post("/logga-ut/")["Location"] == "/"
    assert not is_in(inside.client)


def test_out_everywhere_ends_this_browser_and_the_others(town: Town, client_of: Any) -> None:
    maria = town.person("Maria")
    here, there = client_of(maria), Client()
    there.force_login(
        User.objects.get(person_id=maria.person), backend="handtag.login.middleware.sessions.Backend"
    )
    assert is_in(there)
    here.post("/mina-inloggningar/logga-ut-andra/", {"here": "1"})
    assert not is_in(here)
    assert not is_in(there)


def test_the_provider_says_that_somebody_left(inside: Door) -> None:
    assert told(inside, token(inside)) == 200
    assert not is_in(inside.client)
    assert Entry.objects.filter(verb="login.ended_by_provider").count() == 1


def test_by_the_name_of_the_session_alone(inside: Door) -> None:
    assert told(inside, token(inside, sub=None, sid="session-2")) == 200
    assert is_in(inside.client)
    assert told(inside, token(inside, sub=None, sid="session-1", jti="logout-2")) == 200
    assert not is_in(inside.client)


@pytest.mark.parametrize(
    ("claims", "because"),
    [
        ({"events": None}, "event"),
        ({"events": {}}, "event"),
        ({"nonce": "n"}, "event"),
        ({"sub": None}, "event"),
        ({"jti": None}, "event"),
        ({"aud": "another"}, "audience"),
        ({"iss": "https://somebody.else.example"}, "issuer"),
        ({"exp": 1_000_000_000}, "expired"),
    ],
)
def test_a_bad_logout_token_ends_nothing(inside: Door, claims: dict[str, Any], because: str) -> None:
    assert told(inside, token(inside, **claims)) == 400
    assert is_in(inside.client)
    assert Entry.objects.get(verb="logout.refused").facts == {"because": because}


def test_a_logout_token_of_another_key_ends_nothing(inside: Door) -> None:
    words = token(inside)
    inside.issuer.key = RSAKey.generate_key(2048, {"kid": "one"})
    assert told(inside, token(inside)) == 400
    assert told(inside, "not a token") == 400
    assert is_in(inside.client)
    assert words


def test_a_logout_token_counts_once(inside: Door) -> None:
    words = token(inside)
    assert [told(inside, words), told(inside, words)] == [200, 400]


def test_an_identity_token_is_no_logout_token(inside: Door) -> None:
    back = inside.issuer.grant(inside.begin())
    said = inside.issuer.granted[back["code"]]
    assert told(inside, inside.issuer.token(said)) == 400
    assert is_in(inside.client)


def test_closing_a_login_ends_its_sessions(inside: Door, town: Town) -> None:
    login = User.objects.get(identities__subject="person-1")
    close_login(by=town.product, login_id=login.id)
    assert not is_in(inside.client)
    with pytest.raises(NotAllowed):
        close_login(by=town.person("Nils"), login_id=login.id)


def test_an_erased_persons_and_a_former_colleagues_sessions_end(town: Town, client_of: Any) -> None:
    town.person("Anna", "coordinator")
    maria, nils = town.person("Maria", "coordinator"), town.person("Nils")
    browsers = [client_of(maria), client_of(nils)]
    assert all(map(is_in, browsers))
    take_role(by=town.product, person_id=maria.person, role="coordinator")
    erase_person(by=town.product, person_id=nils.person)
    assert not any(map(is_in, browsers))
