"""Logging in through an OpenID provider, over real HTTP; and every answer that lets nobody in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as live
from django.test import Client
from joserfc.jwk import RSAKey

from handtag.history.models import Entry
from handtag.kernel import clock
from handtag.login.actions import save_provider
from handtag.login.models import Identity, Provider, User
from handtag.login.rules import ProviderWish
from handtag.people.actions import know_number
from handtag.people.models import KnownNumber
from tests.login import issuer as issuers
from tests.login.conftest import Town
from tests.login.issuer import Issuer

NUMBER, COORDINATION = "199001189811", "199001789800"
Begin = Callable[..., dict[str, str]]


@dataclass
class Door:
    """One browser, before one provider."""

    town: Town
    issuer: Issuer
    client: Client
    key: str = "eid"

    @property
    def path(self) -> str:
        return f"/{self.town.slug}/logga-in/{self.key}/"

    def begin(self, **asked: str) -> str:
        """To the provider: the address the browser is sent to."""
        answer = self.client.get(self.path, asked)
        assert answer.status_code == 302, answer.content
        return answer["Location"]

    def come(
        self, client: Client | None = None, *, asked: dict[str, str] | None = None, **claims: Any
    ) -> Any:
        """Say yes at the provider, and come back."""
        back = self.issuer.grant(self.begin(**(asked or {})), **claims)
        return (client or self.client).get(f"{self.path}svar/", back)

    @property
    def is_in(self) -> Any:
        return "_auth_user_id" in self.client.session


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with issuers.served() as served:
        yield served


def wish(issuer: Issuer, **more: Any) -> ProviderWish:
    said: dict[str, Any] = {
        **{"key": "eid", "kind": "oidc", "whom": "residents", "name": "BankID", "issuer": issuer.url},
        **{"client_id": "handtag", "secret": "hemligt", "levels": ("loa3",), "number_claim": "pnr"},
        **{"certainty_claim": "samordning"},
        **more,
    }
    return ProviderWish(**said)


@pytest.fixture
def door(town: Town, issuer: Issuer) -> Door:
    save_provider(by=town.product, wish=wish(issuer))
    return Door(town, issuer, Client())


def refusals() -> list[str]:
    return [row.facts["because"] for row in Entry.objects.filter(verb="login.refused").order_by("at")]


def nobody(door: Door, answer: Any, because: str) -> None:
    """Nobody was let in, the person is told what to do, and the reason is kept without a word of whom."""
    assert answer.status_code == 403
    assert not door.is_in
    assert b'data-person=""' in answer.content
    assert refusals() == [because]
    row = Entry.objects.get(verb="login.refused")
    assert (row.actor_id, row.about_id, set(row.facts)) == (None, None, {"because"})
    assert not User.objects.filter(identities__isnull=False).exists()


# --- in ---------------------------------------------------------------------------------------------------


def test_somebody_new_comes_in_and_becomes_a_member(door: Door) -> None:
    answer = door.come(asked={"next": f"/{door.town.slug}/mina-fragor/"})
    assert answer["Location"] == "/ny-har/"
    assert not door.is_in
    assert "BankID" in door.client.get("/ny-har/").content.decode()
    answer = door.client.post("/ny-har/")
    assert door.is_in
    assert door.client.get(answer["Location"])["Location"].startswith(f"/{door.town.slug}/valkommen/")
    made = door.client.post(
        f"/{door.town.slug}/valkommen/",
        {"given_name": "Amal", "age": "adult", "place": str(door.town.place().id)},
    )
    assert made.status_code == 302
    login = User.objects.get(identities__subject="person-1")
    assert (login.email, login.person.given_name) == (None, "Amal")


def test_next_time_the_same_person_is_known_at_once(door: Door) -> None:
    door.come()
    door.client.post("/ny-har/")
    door.client = Client()
    assert door.come()["Location"].startswith("/vidare/")
    assert door.is_in
    assert User.objects.count() == 1


def test_the_browser_is_sent_with_pkce_state_nonce_and_the_level(door: Door) -> None:
    asked = parse_qs(urlsplit(door.begin()).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["acr_values"] == ["loa3"]
    assert asked["redirect_uri"] == [f"{live.BASE_URL}{door.path}svar/"]
    assert {"state", "nonce", "code_challenge"} <= set(asked)
    door.come()
    form = next(form for path, form, _auth in door.issuer.asked if path == "/token")
    assert len(form["code_verifier"]) >= 43
    assert "client_secret" not in form  # it goes in the header


def test_who_is_registered_at_a_counter_is_found_by_number(door: Door) -> None:
    kerstin = door.town.person("Kerstin")
    know_number(by=door.town.product, person_id=kerstin.person, words=NUMBER)
    door.come(pnr="19900118-9811")
    assert door.is_in
    assert User.objects.get(identities__subject="person-1").person_id == kerstin.person


def test_the_number_is_kept_as_a_hash_alone(door: Door) -> None:
    door.come(pnr=NUMBER, given_name="Amal", street="Storgatan")
    identity = Identity.objects.get()
    kept = " ".join(str(value) for value in vars(identity).values())
    assert len(identity.number_hash) == 64
    for secret in (NUMBER, NUMBER[2:], "Amal", "Storgatan"):
        assert secret not in kept
    assert NUMBER not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_a_number_hashed_under_an_older_key_is_found_after_the_keys_turned(door: Door, settings: Any) -> None:
    settings.IDENTITY_KEYS = ["an older key, of more than thirty-two letters"]
    save_provider(
        by=door.town.product, wish=wish(door.issuer), provider_id=Provider.objects.everywhere().get().id
    )
    kerstin = door.town.person("Kerstin")
    know_number(by=door.town.product, person_id=kerstin.person, words=NUMBER)
    settings.IDENTITY_KEYS = ["a newer key, of more than thirty-two letters!", *settings.IDENTITY_KEYS]
    door.come(pnr=NUMBER)
    assert door.is_in
    assert KnownNumber.objects.everywhere().get().person_id == kerstin.person


@pytest.mark.parametrize(("said", "counts"), [("confirmed", True), ("probable", False), ("", False)])
def test_a_coordination_number_counts_only_when_confirmed(door: Door, said: str, counts: bool) -> None:
    kerstin = door.town.person("Kerstin")
    know_number(by=door.town.product, person_id=kerstin.person, words=COORDINATION, certainty="confirmed")
    door.come(pnr=COORDINATION, samordning=said)
    assert door.is_in is counts
    assert Identity.objects.get().is_verified is counts


def test_the_same_address_is_not_the_same_person(door: Door, login_of: Any) -> None:
    login_of(door.town.person("Maria"), "maria@example.se")
    assert door.come(email="maria@example.se", email_verified=True)["Location"] == "/ny-har/"
    assert not door.is_in


def test_who_was_here_before_connects_by_the_old_way_in(door: Door, client_of: Any) -> None:
    maria = door.town.person("Maria")
    door.client = client_of(maria)
    before = door.client.session["_auth_user_id"]
    answer = door.come(asked={"for": "connect"})
    assert answer["Location"] == "/mina-inloggningar/"
    door.client = Client()
    door.come()
    assert door.client.session["_auth_user_id"] == before
    assert Entry.objects.filter(verb="login.identity_connected").count() == 1


def test_an_identity_shown_first_is_connected_after_logging_in(door: Door, login_of: Any) -> None:
    login = login_of(door.town.person("Maria"))
    door.come()
    session = dict(door.client.session)
    door.client.force_login(login, backend="handtag.login.middleware.sessions.Backend")
    assert door.client.session["newcomer"] == session["newcomer"]
    assert b"BankID" in door.client.get("/mina-inloggningar/anslut/").content
    assert door.client.post("/mina-inloggningar/anslut/")["Location"] == "/mina-inloggningar/"
    assert Identity.objects.get().login_id == login.id


def test_an_identity_of_somebody_else_cannot_be_connected(door: Door, client_of: Any) -> None:
    kerstin = door.town.person("Kerstin")
    know_number(by=door.town.product, person_id=kerstin.person, words=NUMBER)
    door.client = client_of(door.town.person("Maria"))
    answer = door.come(asked={"for": "connect"}, pnr=NUMBER)
    assert answer.status_code == 403
    assert refusals() == ["other_person"]
    assert Identity.objects.get().login_id is None


def test_keys_may_turn(door: Door) -> None:
    door.come()
    door.client.post("/ny-har/")
    door.client = Client()
    door.issuer.key = RSAKey.generate_key(2048, {"kid": "two", "use": "sig"})
    door.come()
    assert door.is_in
    assert door.issuer.asked_for("/jwks") == 2


def test_made_up_key_names_do_not_make_us_ask_again_and_again(door: Door) -> None:
    door.issuer.sign = issuers.by_key(RSAKey.generate_key(2048), "made-up")
    for _turn in range(4):
        assert door.come().status_code == 403
    assert refusals() == ["key"] * 4
    assert door.issuer.asked_for("/jwks") == 2


# --- not in -----------------------------------------------------------------------------------------------


BAD: dict[str, tuple[Callable[[Issuer], None], dict[str, Any]]] = {
    "signature": (lambda own: setattr(own, "sign", issuers.by_key(RSAKey.generate_key(2048), "one")), {}),
    "algorithm": (lambda own: setattr(own, "sign", issuers.unsigned), {}),
    "algorithm ": (lambda own: setattr(own, "sign", issuers.by_public_key(own)), {}),
    "key": (lambda own: setattr(own, "sign", issuers.by_key(RSAKey.generate_key(2048), "unknown")), {}),
    "issuer": (lambda own: None, {"iss": "https://somebody.else.example"}),
    "audience": (lambda own: None, {"aud": "another-service"}),
    "party": (lambda own: None, {"aud": ["handtag", "another-service"], "azp": "another-service"}),
    "party ": (lambda own: None, {"aud": ["handtag", "another-service"]}),
    "expired": (lambda own: None, {"exp": 1_000_000_000}),
    "expired ": (lambda own: None, {"iat": 1_000_000_000}),
    "expired  ": (lambda own: setattr(own, "change", lambda said: said.pop("exp")), {}),
    "not_yet": (lambda own: None, {"nbf": 4_000_000_000}),
    "not_yet ": (lambda own: None, {"iat": 4_000_000_000}),
    "nonce": (lambda own: None, {"nonce": "another"}),
    "nonce ": (lambda own: setattr(own, "change", lambda said: said.pop("nonce")), {}),
    "level": (lambda own: None, {"acr": "loa2"}),
    "level ": (lambda own: setattr(own, "change", lambda said: said.pop("acr")), {}),
    "subject": (lambda own: setattr(own, "change", lambda said: said.pop("sub")), {}),
    "subject ": (lambda own: None, {"sub": ""}),
    "hash": (lambda own: None, {"at_hash": "bm90IHRoZSB0b2tlbg"}),
    "number": (lambda own: None, {"pnr": "199001189812"}),
    "format": (lambda own: setattr(own, "sign", lambda said: "not.a.token"), {}),
}


@pytest.mark.parametrize("case", list(BAD))
def test_a_bad_token_lets_nobody_in(door: Door, case: str) -> None:
    lie, claims = BAD[case]
    lie(door.issuer)
    nobody(door, door.come(**claims), case.strip())


def test_an_at_hash_that_fits_is_no_hindrance(door: Door) -> None:
    import hashlib

    half = hashlib.sha256(b"access").digest()[:16]
    assert door.come(at_hash=issuers.letters(half))["Location"] == "/ny-har/"


def test_an_answer_in_another_browser_is_refused(door: Door) -> None:
    answer = door.come(Client())
    nobody(door, answer, "browser")


def test_an_answer_counts_once(door: Door) -> None:
    back = door.issuer.grant(door.begin())
    door.client.get(f"{door.path}svar/", back)
    assert door.client.get(f"{door.path}svar/", back).status_code == 403
    assert refusals() == ["replayed"]


def test_a_state_that_we_never_gave_is_refused(door: Door) -> None:
    back = {**door.issuer.grant(door.begin()), "state": "made-up"}
    nobody(door, door.client.get(f"{door.path}svar/", back), "state")


def test_a_login_left_too_long_is_refused(door: Door, time_machine: Any) -> None:
    back = door.issuer.grant(door.begin())
    time_machine.move_to(clock.now() + timedelta(minutes=16))
    nobody(door, door.client.get(f"{door.path}svar/", back), "state")


def test_a_code_of_another_login_is_refused(door: Door) -> None:
    other = door.issuer.grant(door.begin())
    back = {**door.issuer.grant(door.begin()), "code": other["code"]}
    nobody(door, door.client.get(f"{door.path}svar/", back), "said_no")  # its challenge is another


def test_who_stops_at_the_provider_is_told_that_nothing_happened(door: Door) -> None:
    state = parse_qs(urlsplit(door.begin()).query)["state"][0]
    answer = door.client.get(f"{door.path}svar/", {"state": state, "error": "access_denied"})
    nobody(door, answer, "cancelled")


def test_a_provider_that_is_away_is_said_to_be(door: Door) -> None:
    door.issuer.status = 503
    nobody(door, door.come(), "away")


def test_another_issuer_than_was_asked_is_refused(door: Door) -> None:
    back = {**door.issuer.grant(door.begin()), "iss": "https://somebody.else.example"}
    nobody(door, door.client.get(f"{door.path}svar/", back), "issuer")


def test_a_description_of_somebody_else_is_refused(door: Door) -> None:
    door.issuer.document = {"issuer": "https://somebody.else.example"}
    nobody(door, door.client.get(door.path), "issuer")


def test_outside_the_allowed_hosts_nothing_is_asked(door: Door, settings: Any) -> None:
    settings.SAMPLE, settings.EGRESS_ALLOW = False, ["id.example.se"]
    nobody(door, door.client.get(door.path), "not_allowed_out")
    assert door.issuer.asked == []


def test_a_closed_login_stays_out(door: Door) -> None:
    door.come()
    door.client.post("/ny-har/")
    User.objects.update(is_active=False)
    door.client = Client()
    assert door.come().status_code == 403
    assert refusals() == ["closed"]
    assert not door.is_in


def test_many_tries_from_one_address_are_stopped(door: Door, settings: Any) -> None:
    settings.LIMIT_LOGIN = 3
    for _turn in range(3):
        assert door.client.get(door.path).status_code == 302
    assert door.client.get(door.path)["Location"] == "/"


# --- towns ------------------------------------------------------------------------------------------------


def test_a_provider_of_the_neighbours_is_not_found_here(door: Door, neighbour: Town) -> None:
    there = Door(neighbour, door.issuer, door.client)
    back = door.issuer.grant(door.begin())
    assert there.client.get(there.path).status_code == 404
    assert there.client.get(f"{there.path}svar/", back).status_code == 404
    assert not there.is_in


def test_an_answer_to_one_town_does_not_fit_the_next(door: Door, neighbour: Town) -> None:
    save_provider(by=neighbour.product, wish=wish(door.issuer))
    back = door.issuer.grant(door.begin())
    answer = door.client.get(f"/{neighbour.slug}/logga-in/eid/svar/", back)
    nobody(door, answer, "state")


def test_what_a_neighbours_provider_says_counts_there_alone(
    door: Door, neighbour: Town, client_of: Any
) -> None:
    """Somebody with roles in both towns comes through one town's provider: the other asks for its own."""
    maria = door.town.person("Maria", "coordinator")
    from handtag.people.actions import become_resident

    become_resident(by=neighbour.product, person_id=maria.person)
    door.client = client_of(maria)
    door.come(asked={"for": "connect"})
    door.client = Client()
    door.come()
    assert door.client.get(f"/{door.town.slug}/mina-fragor/").status_code == 200
    asked = door.client.get(f"/{neighbour.slug}/mina-fragor/")
    assert asked["Location"].startswith("/bekrafta/")


def test_the_same_number_is_another_hash_in_each_town(town: Town, neighbour: Town) -> None:
    nils = town.person("Nils")
    from handtag.people.actions import become_resident

    become_resident(by=neighbour.product, person_id=nils.person)
    for there in (town, neighbour):
        know_number(by=there.product, person_id=nils.person, words=NUMBER)
    hashes = KnownNumber.objects.everywhere().values_list("number_hash", flat=True)
    assert len(set(hashes)) == 2
