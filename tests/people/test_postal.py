"""Where a letter reaches somebody: street, postcode and post town, in one form, and gone with the person."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from handtag.kernel.actor import Actor
from handtag.kernel.errors import Problem
from handtag.people import actions, queries
from handtag.people.models import Person
from handtag.people.rules import postal
from tests.municipalities.ground import Town


def write(by: Actor, person: Person, **values: Any) -> Person:
    new = replace(queries.details(by, person.id), **values)
    return actions.change_details(by=by, person_id=person.id, new=new)


@pytest.mark.parametrize("typed", ["25223", "252 23", " 252  23 ", "SE-252 23", "S-25223"])
def test_a_postcode_has_one_form(typed: str) -> None:
    assert postal.postcode(typed) == "252 23"


@pytest.mark.parametrize("typed", ["2522", "252234", "02523", "SE1 7PB", "252 2X"])
def test_what_is_none_is_refused(typed: str, town: Town, anna: Person) -> None:
    assert postal.postcode(typed) is None
    with pytest.raises(Problem) as refused:
        write(town.actor(anna), anna, address="Storgatan 1", postcode=typed, post_town="Helsingborg")
    assert refused.value.field == "postcode"


def test_one_writes_ones_own(town: Town, anna: Person) -> None:
    kept = write(town.actor(anna), anna, address="Storgatan 1", postcode="25223", post_town=" Råå ")
    assert (kept.address, kept.postcode, kept.post_town) == ("Storgatan 1", "252 23", "Råå")


def test_staff_write_it_at_the_counter(coordinator: Actor, anna: Person) -> None:
    assert write(coordinator, anna, postcode="252 23", post_town="Helsingborg").post_town == "Helsingborg"


@pytest.mark.parametrize(
    ("half", "field"), [({"postcode": "25223"}, "post_town"), ({"post_town": "Råå"}, "postcode")]
)
def test_half_of_it_is_asked_for(half: dict[str, str], field: str, town: Town, anna: Person) -> None:
    with pytest.raises(Problem) as refused:
        write(town.actor(anna), anna, **half)
    assert refused.value.field == field


def test_one_writes_it_on_ones_own_page(town: Town, anna: Person, browser: Callable[[Actor], Client]) -> None:
    page, client = town.url("mina-kontaktuppgifter/"), browser(town.actor(anna))
    said = {"given_name": "Anna", "language": "sv", "address": "Storgatan 1", "place_id": ""}
    half = client.post(page, {**said, "postcode": "252"}).content.decode()
    assert "252 23" in half  # how it is written
    assert client.post(page, {**said, "postcode": "25223", "post_town": "Råå"}).status_code == 302
    assert Person.objects.get(pk=anna.pk).postcode == "252 23"


def test_it_goes_with_the_person(town: Town, administrator: Actor, anna: Person) -> None:
    write(town.actor(anna), anna, address="Storgatan 1", postcode="25223", post_town="Råå")
    actions.erase_person(by=administrator, person_id=anna.id)
    gone = Person.objects.get(pk=anna.pk)
    assert (gone.address, gone.postcode, gone.post_town) == ("", "", "")


def test_an_address_with_a_gap_is_no_address() -> None:
    assert postal.lines("Storgatan 1", "252 23", "Råå") == ("Storgatan 1", "252 23 Råå")
    assert postal.lines("", "252 23", "Råå") == postal.lines("Storgatan 1", "", "") == ()
