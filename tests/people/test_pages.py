"""The pages about people, as staff and residents meet them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from handtag.history.models import Entry
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Role
from handtag.people import actions, queries
from handtag.people.models import Person
from tests.municipalities.ground import Town

Browser = Callable[[Actor], Client]
DETAILS = {
    "given_name": "Anna",
    "family_name": "Ask",
    "phone": "070-174 06 05",
    "email": "",
    "place_id": "",
    "address": "",
    "age": "adult",
    "language": "sv",
}


def test_searching_leaves_no_name_in_the_address(
    town: Town, coordinator: Actor, anna: Person, browser: Browser
) -> None:
    client = browser(coordinator)
    page = client.post(town.url("personer/"), {"words": "anna"}).content.decode()
    assert "Anna Ek" in page
    assert str(anna.id) in page
    assert "Anna Ek" not in client.get(town.url("personer/"), {"words": "anna"}).content.decode()


def test_each_opening_is_logged_with_its_role(
    town: Town, caseworker: Actor, anna: Person, browser: Browser
) -> None:
    client = browser(caseworker)
    for _twice in range(2):
        assert "Anna Ek" in client.get(town.url(f"personer/{anna.id}/")).content.decode()
    entries = Entry.objects.filter(verb="person.read", about_id=anna.id)
    assert {(one.actor_id, one.role, one.facts["page"]) for one in entries} == {
        (caseworker.person, "caseworker", "person")
    }
    assert entries.count() == 2


def test_pages_of_a_person_open_to_whom_they_should(
    town: Town,
    neighbour: Town,
    anna: Person,
    coordinator: Actor,
    bjuv_coordinator: Actor,
    browser: Browser,
) -> None:
    resident = town.actor(town.resident("Bo"))
    for path in ("", "uppgifter/", "roller/"):
        address = f"personer/{anna.id}/{path}"
        assert browser(coordinator).get(town.url(address)).status_code == 200
        assert browser(resident).get(town.url(address)).status_code == 403
        assert browser(bjuv_coordinator).get(neighbour.url(address)).status_code == 404
        assert Client().get(town.url(address)).status_code == 302
    assert browser(coordinator).get(town.url(f"personer/{anna.id}/skydd/")).status_code == 403


@pytest.mark.parametrize("path", ["", "uppgifter/", "roller/"])
def test_a_hidden_page_is_the_page_of_nobody(
    town: Town, coordinator: Actor, hidden: Person, browser: Browser, path: str
) -> None:
    client = browser(coordinator)
    there = client.get(town.url(f"personer/{hidden.id}/{path}"))
    nobody = "00000000-0000-7000-8000-000000000000"
    absent = client.get(town.url(f"personer/{nobody}/{path}"))
    assert there.status_code == absent.status_code == 404
    assert without_tokens(there.text.replace(str(hidden.id), nobody)) == without_tokens(absent.text)
    assert not Entry.objects.filter(verb="person.read").exists()


def without_tokens(page: str) -> str:
    """A page without what is drawn anew for each form."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_an_officer_says_why_and_then_reads(
    town: Town, officer: Actor, hidden: Person, browser: Browser
) -> None:
    client, address = browser(officer), town.url(f"personer/{hidden.id}/")
    asked = client.get(address).content.decode()
    assert "Zelda" not in asked
    assert "Kim" not in asked
    assert "Zelda" not in client.post(address, {"reason": " "}).content.decode()
    assert "Zelda Hemlig" in client.post(address, {"reason": "Placera en fråga"}).content.decode()
    assert "Zelda Hemlig" in client.get(address).content.decode()
    assert [entry.words.text != "" for entry in Entry.objects.filter(verb="person.read")] == [True, True]


def test_the_reason_counts_for_ten_minutes_only(
    town: Town, officer: Actor, hidden: Person, browser: Browser, later_by: Any
) -> None:
    client, address = browser(officer), town.url(f"personer/{hidden.id}/")
    client.post(address, {"reason": "Placera en fråga"})
    with later_by(minutes=11):
        assert "Zelda" not in client.get(address).content.decode()


def test_registering_at_the_counter(town: Town, coordinator: Actor, browser: Browser) -> None:
    client = browser(coordinator)
    answer = client.post(town.url("personer/ny/"), DETAILS | {"given_name": "Stina", "speaks": ["sv", "so"]})
    made = Person.objects.get(given_name="Stina")
    assert answer["Location"] == town.url(f"personer/{made.id}/")
    assert made.speaks == ["so", "sv"]


def test_a_bad_number_is_said_beside_it_and_the_rest_stays(
    town: Town, coordinator: Actor, browser: Browser
) -> None:
    page = browser(coordinator).post(town.url("personer/ny/"), DETAILS | {"phone": "ring mig"})
    assert page.status_code == 200
    assert "id_phone_error" in page.content.decode()
    assert 'value="Ask"' in page.content.decode()


def test_a_host_registers_without_seeing_people(town: Town, browser: Browser) -> None:
    client = browser(town.staff(Role.SERVICE_POINT_HOST))
    assert client.get(town.url("personer/")).status_code == 403
    answer = client.post(town.url("personer/ny/"), DETAILS)
    assert answer["Location"] == town.url("personer/ny/")


def test_details_are_changed(town: Town, coordinator: Actor, anna: Person, browser: Browser) -> None:
    address = town.url(f"personer/{anna.id}/uppgifter/")
    assert browser(coordinator).post(address, DETAILS).status_code == 302
    anna.refresh_from_db()
    assert (anna.family_name, anna.email) == ("Ask", "")


def test_who_may_only_read_changes_nothing(
    town: Town, caseworker: Actor, officer: Actor, anna: Person, hidden: Person, browser: Browser
) -> None:
    assert browser(caseworker).get(town.url(f"personer/{anna.id}/uppgifter/")).status_code == 403
    client, address = browser(officer), town.url(f"personer/{hidden.id}/")
    assert client.get(f"{address}uppgifter/")["Location"] == address
    client.post(address, {"reason": "Nytt nummer"})
    assert client.post(f"{address}uppgifter/", DETAILS | {"given_name": "Zelda"}).status_code == 302


def test_an_officer_marks_and_lifts(town: Town, officer: Actor, anna: Person, browser: Browser) -> None:
    client, address = browser(officer), town.url(f"personer/{anna.id}/skydd/")
    assert client.get(address).status_code == 200
    sent = {"kind": "protected_registration", "chosen_name": "Kim", "reason": "Visat beslut"}
    assert client.post(address, {**sent, "reason": ""}).status_code == 200
    assert client.post(address, sent).status_code == 302
    anna.refresh_from_db()
    assert (anna.protection, anna.chosen_name) == ("protected_registration", "Kim")
    assert client.post(f"{address}upphor/", {"reason": "Upphört"}).status_code == 302
    anna.refresh_from_db()
    assert not anna.is_protected


def test_the_neighbours_officer_is_told_to_ask_the_town_that_set_it(
    town: Town, neighbour: Town, hidden: Person, browser: Browser
) -> None:
    actions.become_resident(by=Actor(hidden.id, neighbour.id), person_id=hidden.id)
    client = browser(neighbour.staff(Role.PROTECTED_IDENTITY_OFFICER, "Berit"))
    address = neighbour.url(f"personer/{hidden.id}/")
    page = client.post(address, {"reason": "Placera en fråga"}).content.decode()
    assert "Zelda Hemlig" in page
    assert f"{address}skydd/" not in page
    for path in ("skydd/", "skydd/upphor/"):
        sent = {"kind": "secrecy_mark", "chosen_name": "X", "reason": "Upphört, säger hon"}
        answer = client.post(address + path, sent).content.decode()
        assert "Upphört, säger hon" in answer
        assert "En annan kommun" in answer
        assert "Helsingborg" not in answer
    hidden.refresh_from_db()
    assert (hidden.is_protected, hidden.chosen_name) == (True, "Kim")


def test_the_mark_shows_nothing_without_a_reason(
    town: Town, officer: Actor, hidden: Person, browser: Browser
) -> None:
    address = town.url(f"personer/{hidden.id}/")
    for path in ("skydd/", "skydd/upphor/"):
        assert browser(officer).get(address + path)["Location"] == address


def test_roles_on_their_page(town: Town, coordinator: Actor, anna: Person, browser: Browser) -> None:
    client = browser(coordinator)
    page = client.get(town.url("roller/")).content.decode()
    assert "Maria Stab" in page
    assert "protected_identity_officer" not in page
    sent = {"role": "caseworker", "email": "ny@example.se", "given_name": "Ny", "family_name": "Kollega"}
    assert client.post(town.url("roller/"), sent).status_code == 302
    assert "Ny Kollega" in client.get(town.url("roller/")).content.decode()
    assert client.post(town.url("roller/"), sent | {"email": "x"}).status_code == 200
    narrowed = {"role": "ambassador", "committees": []}
    assert client.post(town.url(f"personer/{anna.id}/roller/"), narrowed).status_code == 302
    assert client.post(town.url(f"roller/{anna.id}/ambassador/ta/")).status_code == 302
    assert {hat.role for hat in queries.hats(anna.id, town.id)} == {Role.RESIDENT}


def test_what_a_role_is_narrowed_to_stands_in_words(
    town: Town, coordinator: Actor, anna: Person, browser: Browser
) -> None:
    client, address = browser(coordinator), town.url(f"personer/{anna.id}/roller/")
    found = queries.scopes(coordinator)
    service, group = found["services"][0], found["groups"][0]
    page = client.get(address).content.decode()
    for kind in ("services", "committees", "groups"):
        assert f'name="{kind}"' in page
    assert client.post(address, {"role": "caseworker", "services": [service.id]}).status_code == 302
    assert client.post(address, {"role": "group_coordinator", "groups": [group.id]}).status_code == 302
    for path in (f"personer/{anna.id}/", "roller/"):
        page = client.get(town.url(path)).content.decode()
        assert f"tjänsten {service.name}" in page
        assert f"gruppen {group.name}" in page


def test_a_narrowing_that_does_not_fit_is_said_beside_it(
    town: Town, coordinator: Actor, anna: Person, browser: Browser
) -> None:
    address = town.url(f"personer/{anna.id}/roller/")
    group = queries.scopes(coordinator)["groups"][0]
    page = browser(coordinator).post(address, {"role": "caseworker", "groups": [group.id]})
    assert page.status_code == 200
    assert "id_groups_error" in page.content.decode()
    assert re.search(rf'value="{group.id}"[^>]* checked', page.content.decode())


def test_who_is_narrowed_chooses_among_their_own(
    town: Town, coordinator: Actor, anna: Person, browser: Browser
) -> None:
    one, other = queries.scopes(coordinator)["services"][:2]
    client = browser(town.staff(Role.COORDINATOR, "Moa", services=[one.id]))
    address = town.url(f"personer/{anna.id}/roller/")
    page = client.get(address).content.decode()
    assert (str(one.id) in page, str(other.id) in page, 'name="groups"' in page) == (True, False, False)
    assert client.post(address, {"role": "caseworker"}).status_code == 200
    assert client.post(address, {"role": "caseworker", "services": [other.id]}).status_code == 200
    assert client.post(address, {"role": "caseworker", "services": [one.id]}).status_code == 302


def test_the_last_coordinator_is_told_why_not(town: Town, coordinator: Actor, browser: Browser) -> None:
    client = browser(coordinator)
    page = client.post(
        town.url(f"roller/{coordinator.person}/coordinator/ta/"),
        headers={"referer": f"http://testserver{town.url('roller/')}"},
        follow=True,
    )
    assert 'class="note bad"' in page.content.decode()
    assert Role.COORDINATOR in {hat.role for hat in queries.hats(coordinator.person, town.id)}


def test_ones_own_details(town: Town, anna: Person, browser: Browser) -> None:
    client, address = browser(town.actor(anna)), town.url("mina-kontaktuppgifter/")
    page = client.get(address).content.decode()
    assert 'value="070-174 06 05"' in page
    assert "chosen_name" not in page
    own = {key: value for key, value in DETAILS.items() if key != "age"}
    assert client.post(address, own).status_code == 302
    anna.refresh_from_db()
    assert anna.family_name == "Ask"


def test_a_hidden_person_chooses_the_name_others_see(town: Town, hidden: Person, browser: Browser) -> None:
    client, address = browser(town.actor(hidden)), town.url("mina-kontaktuppgifter/")
    assert 'value="Kim"' in client.get(address).content.decode()
    own = {key: value for key, value in DETAILS.items() if key != "age"}
    client.post(address, own | {"chosen_name": "Robin"})
    hidden.refresh_from_db()
    assert (hidden.chosen_name, hidden.is_protected) == ("Robin", True)


def test_blocks_are_lifted_where_they_are_seen(town: Town, anna: Person, browser: Browser) -> None:
    other = town.resident("Bo")
    actions.block(by=town.actor(anna), other_id=other.id)
    client = browser(town.actor(anna))
    assert "Bo" in client.get(town.url("mina-kontaktuppgifter/")).content.decode()
    assert client.post(town.url(f"mina-kontaktuppgifter/sparr/{other.id}/")).status_code == 302
    assert queries.blocked(town.id, anna.id) == set()


@pytest.mark.parametrize("path", ["personer/", "personer/ny/", "roller/", "mina-kontaktuppgifter/"])
def test_pages_ask_the_database_little(
    town: Town, coordinator: Actor, browser: Browser, path: str, django_assert_max_num_queries: Any
) -> None:
    client = browser(coordinator)
    with django_assert_max_num_queries(12):
        client.get(town.url(path))
