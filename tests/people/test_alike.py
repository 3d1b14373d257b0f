"""Whoever is about to be registered may be known already: shown, and never somebody hidden or next door."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed
from handtag.kernel.rights import Role
from handtag.municipalities.queries import places
from handtag.people import actions, queries
from handtag.people.actions import NewPerson
from handtag.people.models import Person
from tests.municipalities.ground import Town
from tests.people.test_pages import DETAILS

Browser = Callable[[Actor], Client]
STINA = NewPerson(given_name="Stina", family_name="Öberg")


def found(by: Actor, new: NewPerson) -> list[str]:
    return [one.name for one in queries.alike(by, new)]


@pytest.mark.parametrize("typed", ["070-174 06 05", "0701740605", "+46 70 174 06 05", "0046701740605"])
def test_the_same_number_however_it_is_written(coordinator: Actor, anna: Person, typed: str) -> None:
    assert found(coordinator, replace(STINA, phone=typed)) == ["Anna Ek"]


def test_the_same_address_however_it_is_written(coordinator: Actor, anna: Person) -> None:
    assert found(coordinator, replace(STINA, email=f" {anna.email.upper()}")) == ["Anna Ek"]
    assert found(coordinator, replace(STINA, email="anna@example.com")) == []


def test_the_same_name_unless_age_or_place_speaks_against_it(town: Town, coordinator: Actor) -> None:
    here, there = places(town.id)[:2]
    town.resident("Sven", family_name="Åberg", age="adult", place_id=here.id)
    sven = NewPerson(given_name="sven ", family_name="ÅBERG")
    for alike in (sven, replace(sven, age="adult"), replace(sven, place_id=here.id)):
        assert found(coordinator, alike) == ["Sven Åberg"]
    for other in (
        replace(sven, age="youth"),
        replace(sven, place_id=there.id),
        replace(sven, family_name="Åbergman"),
        replace(sven, family_name=""),
    ):
        assert found(coordinator, other) == []


def test_a_first_name_alone_needs_the_age_and_the_place_too(town: Town, coordinator: Actor) -> None:
    here = places(town.id)[0]
    town.resident("Sven", age="adult", place_id=here.id)
    sven = NewPerson(given_name="Sven", age="adult", place_id=here.id)
    assert found(coordinator, sven) == ["Sven"]
    for vague in (replace(sven, age="unknown"), replace(sven, place_id=None)):
        assert found(coordinator, vague) == []


def test_a_number_that_cannot_be_read_is_like_nobodys(town: Town, coordinator: Actor) -> None:
    town.resident("Bo", phone="")
    assert found(coordinator, replace(STINA, phone="ring mig")) == []
    assert found(coordinator, NewPerson(given_name="")) == []


def test_the_likeliest_comes_first_and_says_why(town: Town, coordinator: Actor, anna: Person) -> None:
    town.resident("Per", family_name="Ek", phone="070-174 06 05", email="per@example.se")
    new = NewPerson(given_name="Per", family_name="Ek", phone="070-174 06 05")
    first, second = queries.alike(coordinator, new)
    assert (first.name, len(first.same)) == ("Per Ek", 2)
    assert (second.name, len(second.same)) == ("Anna Ek", 1)


def test_nobody_next_door_is_shown(bjuv_coordinator: Actor, anna: Person) -> None:
    same = NewPerson(given_name="Anna", family_name="Ek", phone="070-174 06 05", email=anna.email)
    assert found(bjuv_coordinator, same) == []


def test_who_is_hidden_or_erased_is_not_given_away(
    town: Town, coordinator: Actor, administrator: Actor, officer: Actor, hidden: Person, anna: Person
) -> None:
    same = NewPerson(given_name="Zelda", family_name="Hemlig", phone="070-174 06 33", email=hidden.email)
    assert found(coordinator, same) == []
    both = Actor(coordinator.person, town.id, (*coordinator.hats, *officer.hats))
    assert found(both, same) == ["Zelda Hemlig"]
    actions.erase_person(by=administrator, person_id=anna.id)
    assert found(coordinator, replace(STINA, phone="070-174 06 05")) == []


def test_a_host_sees_no_more_than_a_first_name(town: Town, coordinator: Actor) -> None:
    place = places(town.id)[0]
    town.resident("Sven", family_name="Åberg", place_id=place.id, phone="070-174 06 05")
    host = town.staff(Role.SERVICE_POINT_HOST)
    (shown,) = queries.alike(host, replace(STINA, phone="070-174 06 05"))
    assert (shown.name, shown.place) == ("Sven", "")
    (shown,) = queries.alike(coordinator, replace(STINA, phone="070-174 06 05"))
    assert (shown.name, shown.place) == ("Sven Åberg", place.name)


def test_it_is_for_who_registers(caseworker: Actor) -> None:
    with pytest.raises(NotAllowed):
        queries.alike(caseworker, STINA)


def test_the_form_warns_and_keeps_what_was_typed(
    town: Town, coordinator: Actor, anna: Person, browser: Browser
) -> None:
    client, address = browser(coordinator), town.url("personer/ny/")
    typed = DETAILS | {"given_name": "Annie", "address": "Storgatan 1", "speaks": ["so"]}
    page = client.post(address, typed).content.decode()
    assert not Person.objects.filter(given_name="Annie").exists()
    assert town.url(f"personer/{anna.id}/") in page
    for kept in ('value="Annie"', 'value="Storgatan 1"', 'value="070-174 06 05"'):
        assert kept in page
    assert re.search(r'value="so"[^>]* checked', page)
    anyway = re.findall(r'name="passed_by" value="([^"]+)"', page)
    assert anyway == [str(anna.id)]
    assert client.post(address, typed | {"passed_by": anyway}).status_code == 302
    assert Person.objects.get(given_name="Annie").phone == anna.phone


def test_passing_one_by_passes_no_other_by(
    town: Town, coordinator: Actor, anna: Person, browser: Browser
) -> None:
    other = town.resident("Per", phone="070-174 06 06")
    sent = DETAILS | {"given_name": "Annie", "phone": "070-174 06 06", "passed_by": [str(anna.id)]}
    page = browser(coordinator).post(town.url("personer/ny/"), sent).content.decode()
    assert f'name="passed_by" value="{other.id}"' in page
    assert not Person.objects.filter(given_name="Annie").exists()


def test_of_who_is_hidden_the_form_says_what_it_says_of_nobody(
    town: Town, coordinator: Actor, hidden: Person, browser: Browser
) -> None:
    sent = DETAILS | {"given_name": "Zelda", "family_name": "Hemlig", "phone": "070-174 06 33"}
    assert browser(coordinator).post(town.url("personer/ny/"), sent).status_code == 302
    assert Person.objects.filter(given_name="Zelda").count() == 2
