"""Staff log in through their own directory, by SAML 2 and by OpenID Connect; roles follow its groups."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from handtag.history.models import Entry
from handtag.kernel.errors import NotAllowed, NotFound, Problem
from handtag.kernel.rights import Role
from handtag.login.actions import add_mapping, remove_mapping, save_provider
from handtag.login.models import GroupMapping, Identity, Provider, User
from handtag.people.actions import give_role
from handtag.people.models import Person, RoleHeld
from handtag.people.queries import hats
from tests.login import directory as directories
from tests.login import issuer as issuers
from tests.login.conftest import Town
from tests.login.issuer import Issuer
from tests.login.office import Office, saml_wish
from tests.login.test_provider import Door, refusals, wish


@pytest.fixture
def provider(town: Town) -> Provider:
    made = save_provider(by=town.product, wish=saml_wish())
    add_mapping(by=town.product, provider_id=made.id, group="Handtag samordnare", role="coordinator")
    return made


@pytest.fixture
def office(town: Town, provider: Provider) -> Office:
    return Office(town)


def roles(town: Town, email: str = "anna.ek@helsingborg.example") -> set[Role]:
    return {hat.role for hat in hats(Person.objects.get(email=email).id, town.id)}


# --- SAML -------------------------------------------------------------------------------------------------


def test_a_colleague_comes_in_with_the_role_of_their_group(office: Office, town: Town) -> None:
    assert office.come()["Location"].startswith("/vidare/")
    assert office.is_in
    assert roles(town) == {Role.COORDINATOR}
    assert Person.objects.get(email="anna.ek@helsingborg.example").given_name == "Anna"
    assert office.client.get(f"/{town.slug}/personer/").status_code == 200
    assert not User.objects.get(identities__subject="anna.ek").has_usable_password()


def test_the_directory_counts_as_a_second_step(office: Office, town: Town) -> None:
    from handtag.login.actions import set_second_step

    set_second_step(by=town.product, is_on=True)
    office.come()
    assert office.client.get(f"/{town.slug}/personer/").status_code == 200


def out(office: Office, answer: Any, because: str) -> None:
    assert answer.status_code == 403
    assert not office.is_in
    assert refusals() == [because]
    assert not Identity.objects.exists()


@pytest.mark.parametrize(
    ("lies", "because"),
    [
        ({"signed": False}, "signature"),
        ({"key": 1}, "signature"),
        ({"audience": "https://another.example"}, "audience"),
        ({"issuer": "https://another.example"}, "issuer"),
        ({"until": -400}, "expired"),
        ({"since": 400}, "not_yet"),
        ({"answers": "_another"}, "saml"),
        ({"recipient": "https://another.example/acs"}, "saml"),
    ],
)
def test_a_bad_answer_lets_nobody_in(office: Office, lies: dict[str, Any], because: str) -> None:
    out(office, office.come(**lies), because)


@pytest.mark.parametrize("how", ["before", "after", "around", "in_signature", "aside"])
def test_signature_wrapping_lets_nobody_in(office: Office, how: str) -> None:
    asked = office.begin()
    good = office.directory.response(asked)
    evil = office.directory.assertion(asked, subject="the.boss", name="_evil")
    assert office.post(asked, directories.wrapped(good, evil, how)).status_code == 403
    assert not office.is_in
    assert not Identity.objects.exists()


def test_a_comment_in_the_name_changes_nobody(office: Office) -> None:
    """`the.boss<!---->.evil` must not be read as the.boss."""
    asked = office.begin()
    signed = base64.b64decode(office.directory.response(asked, subject="the.boss.evil")).decode()
    answer = signed.replace("the.boss.evil", "the.boss<!---->.evil")
    office.post(asked, base64.b64encode(answer.encode()).decode())
    assert not Identity.objects.filter(subject="the.boss").exists()


def test_an_answer_counts_once(office: Office) -> None:
    first = office.begin()
    answer = office.directory.response(first)
    office.post(first, answer)
    office.client = Client()
    assert office.post(first, answer).status_code == 403
    second = office.begin()
    assert office.post(second, answer).status_code == 403
    assert not office.is_in
    assert refusals()[0] == "replayed"


def test_an_answer_in_another_browser_is_refused(office: Office) -> None:
    asked = office.begin()
    answer = office.directory.response(asked)
    office.client = Client()
    out(office, office.post(asked, answer), "browser")


def test_an_answer_nobody_asked_for_is_refused(office: Office) -> None:
    asked = directories.Asked("made-up", "_none", f"http://localhost:8000{office.path}svar/", "x")
    out(office, office.post(asked, office.directory.response(asked)), "state")


def test_rubbish_is_refused(office: Office) -> None:
    asked = office.begin()
    assert office.post(asked, "rubbish").status_code == 403
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    asked = office.begin()
    assert office.post(asked, base64.b64encode(bomb.encode()).decode()).status_code == 403
    assert not office.is_in


def test_the_ticket_works_once_and_for_its_own_browser(office: Office) -> None:
    asked = office.begin()
    said = {"SAMLResponse": office.directory.response(asked), "RelayState": asked.state}
    where = Client().post(f"{office.path}svar/", said)["Location"]
    assert Client().get(where).status_code == 403
    assert office.client.get(where).status_code == 302


def test_what_a_directory_reads_in(office: Office) -> None:
    page = office.client.get(f"{office.path}metadata/").content.decode()
    assert f"http://localhost:8000{office.path}svar/" in page
    assert "EntityDescriptor" in page


# --- roles by groups --------------------------------------------------------------------------------------


def test_without_a_group_that_gives_a_role_nobody_comes_in(office: Office) -> None:
    answer = office.come_in_groups("Alla")
    assert answer.status_code == 403
    assert refusals() == ["no_role"]
    assert not Person.objects.filter(email__startswith="anna").exists()


def test_roles_follow_the_groups_at_each_login(office: Office, town: Town, provider: Provider) -> None:
    town.person("Maria", "coordinator")
    add_mapping(by=town.product, provider_id=provider.id, group="Handtag handläggare", role="caseworker")
    office.come_in_groups("handtag SAMORDNARE")
    assert roles(town) == {Role.COORDINATOR}
    office.come_in_groups("Handtag handläggare")
    assert roles(town) == {Role.CASEWORKER}
    assert office.is_in
    assert Entry.objects.filter(verb="role.taken").count() == 1


def test_what_was_given_by_hand_is_not_taken(office: Office, town: Town, provider: Provider) -> None:
    town.person("Maria", "coordinator")
    office.come()
    anna = Person.objects.get(email="anna.ek@helsingborg.example")
    give_role(by=town.product, person_id=anna.id, role="evaluator")
    office.come_in_groups("Alla")
    assert roles(town) == {Role.EVALUATOR}


def test_what_was_held_already_does_not_become_the_directorys(
    office: Office, town: Town, provider: Provider
) -> None:
    add_mapping(by=town.product, provider_id=provider.id, group="Utvärdering", role="evaluator")
    office.come()
    anna = Person.objects.get(email="anna.ek@helsingborg.example")
    give_role(by=town.product, person_id=anna.id, role="evaluator")
    town.person("Maria", "coordinator")
    office.come_in_groups("Utvärdering")
    office.come_in_groups("Alla")
    assert roles(town) == {Role.EVALUATOR}


def test_the_last_administrator_and_the_last_coordinator_keep_theirs(
    office: Office, town: Town, provider: Provider
) -> None:
    add_mapping(by=town.product, provider_id=provider.id, group="Handtag admin", role="administrator")
    office.come_in_groups("Handtag admin", "Handtag samordnare")
    office.come_in_groups("Alla")
    assert roles(town) == {Role.ADMINISTRATOR, Role.COORDINATOR}
    assert Entry.objects.filter(verb="mapping.last_kept").count() == 2
    town.person("Maria", "coordinator", "administrator")
    office.come_in_groups("Alla")
    assert roles(town) == set()
    assert not office.is_in


def test_protected_people_are_seen_only_where_the_row_says_so(
    office: Office, town: Town, provider: Provider
) -> None:
    officer: dict[str, Any] = {
        "provider_id": provider.id,
        "group": "Skydd",
        "role": "protected_identity_officer",
    }
    with pytest.raises(Problem):
        add_mapping(by=town.product, **officer)
    add_mapping(by=town.product, **officer, is_protected_too=True)
    office.come_in_groups("Skydd")
    assert roles(town) == {Role.PROTECTED_IDENTITY_OFFICER}


def test_a_mapping_that_is_removed_takes_its_role_at_the_next_login(
    office: Office, town: Town, provider: Provider
) -> None:
    town.person("Maria", "coordinator")
    office.come()
    remove_mapping(by=town.product, mapping_id=GroupMapping.objects.get().id)
    assert roles(town) == {Role.COORDINATOR}
    office.come_in_groups("Handtag samordnare")
    assert roles(town) == set()


def test_an_address_in_use_is_not_enough(office: Office, town: Town, login_of: Any) -> None:
    anna = town.person("Anna")
    login_of(anna, "anna.ek@helsingborg.example")
    assert office.come()["Location"] == "/ny-har/"
    assert not office.is_in
    assert office.client.post("/ny-har/").status_code == 200
    assert not office.is_in


def test_after_the_old_way_in_the_directory_is_connected(office: Office, town: Town, login_of: Any) -> None:
    anna = town.person("Anna")
    login = login_of(anna, "anna.ek@helsingborg.example")
    office.come()
    office.client.force_login(login, backend="handtag.login.middleware.sessions.Backend")
    answer = office.client.post("/mina-inloggningar/anslut/")
    assert answer["Location"] == office.path
    office.come_in_groups("Handtag samordnare")
    assert {hat.role for hat in hats(anna.person, town.id)} == {Role.RESIDENT, Role.COORDINATOR}


def test_the_ladder_of_mappings(town: Town, neighbour: Town, provider: Provider) -> None:
    row: dict[str, Any] = {"provider_id": provider.id, "group": "x", "role": "evaluator"}
    with pytest.raises(NotAllowed):
        add_mapping(by=town.person("Maria", "coordinator"), **row)
    with pytest.raises(NotFound):
        add_mapping(by=neighbour.product, **row)
    with pytest.raises(NotFound):
        remove_mapping(by=neighbour.product, mapping_id=GroupMapping.objects.get().id)
    for wrong in ("programme_leader", "resident", "system", "nonsense"):
        with pytest.raises(Problem):
            add_mapping(by=town.product, **{**row, "role": wrong})
    for _twice in range(2):
        add_mapping(by=town.product, **row)
    assert GroupMapping.objects.filter(group="x").count() == 1


def test_a_partnership_and_the_neighbour_are_out_of_reach(office: Office, neighbour: Town) -> None:
    office.come()
    assert not RoleHeld.objects.of(neighbour.id).exists()


# --- OpenID Connect ---------------------------------------------------------------------------------------


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with issuers.served() as served:
        yield served


def test_the_same_by_openid_connect(town: Town, issuer: Issuer) -> None:
    more: dict[str, Any] = {"key": "entra", "whom": "staff", "levels": (), "number_claim": ""}
    made = save_provider(by=town.product, wish=wish(issuer, **more, group_claim="roles"))
    add_mapping(by=town.product, provider_id=made.id, group="samordnare", role="coordinator")
    door = Door(town, issuer, Client(), "entra")
    door.come(roles=["samordnare"], email="Bo@helsingborg.example", given_name="Bo", family_name="Ek")
    assert door.is_in
    assert roles(town, "bo@helsingborg.example") == {Role.COORDINATOR}


def test_a_directory_without_an_address_is_refused(town: Town, issuer: Issuer) -> None:
    more: dict[str, Any] = {"key": "entra", "whom": "staff", "levels": (), "number_claim": ""}
    made = save_provider(by=town.product, wish=wish(issuer, **more))
    add_mapping(by=town.product, provider_id=made.id, group="samordnare", role="coordinator")
    door = Door(town, issuer, Client(), "entra")
    assert door.come(groups=["samordnare"]).status_code == 403
    assert refusals() == ["no_address"]
