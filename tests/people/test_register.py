"""Somebody becomes known, and what is known of them is changed."""

import uuid
from dataclasses import replace
from typing import Any

import pytest

from handtag.history.models import Entry
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, NotFound, Problem, Problems
from handtag.kernel.rights import Role
from handtag.municipalities import actions as municipalities
from handtag.municipalities.queries import places
from handtag.people import actions, queries
from handtag.people.actions import NewPerson
from handtag.people.models import Person, RoleHeld
from tests.municipalities.ground import Town

NEW = NewPerson(
    given_name=" Åsa  Maria ",
    family_name="Berg",
    email="Asa@Example.SE",
    phone="042 105000",
    age="adult",
    speaks=("sv", "ar", "sv"),
)


def test_a_caller_is_registered_as_a_resident(town: Town, coordinator: Actor) -> None:
    made = actions.register(by=coordinator, new=NEW)
    assert (made.given_name, made.email, made.phone) == ("Åsa Maria", "asa@example.se", "+4642105000")
    assert made.speaks == ["ar", "sv"]
    assert [held.role for held in queries.roles_of(made.id)] == [Role.RESIDENT]
    entry = Entry.objects.get(verb="person.registered", object_id=made.id)
    assert (entry.actor_id, entry.role, entry.facts) == (coordinator.person, "coordinator", {})


def test_a_first_name_is_enough(coordinator: Actor) -> None:
    assert actions.register(by=coordinator, new=NewPerson(given_name="Bo")).phone == ""


def test_a_place_lends_its_point(town: Town, coordinator: Actor) -> None:
    place = places(town.id)[0]
    made = actions.register(by=coordinator, new=replace(NEW, place_id=place.id))
    assert (made.longitude, made.latitude) == (place.longitude, place.latitude)


def test_a_point_of_ones_own_goes_before_the_places(town: Town, coordinator: Actor) -> None:
    place = places(town.id)[0]
    made = actions.register(
        by=coordinator, new=replace(NEW, place_id=place.id, longitude=12.7, latitude=56.05)
    )
    assert (made.longitude, made.latitude) == (12.7, 56.05)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"given_name": "  "}, "given_name"),
        ({"phone": "ring mig"}, "phone"),
        ({"phone": "070"}, "phone"),
        ({"email": "nej"}, "email"),
        ({"age": "12"}, "age"),
        ({"language": "tlh"}, "language"),
        ({"place_id": uuid.uuid4()}, "place_id"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    coordinator: Actor, wrong: dict[str, Any], field: str
) -> None:
    before = Person.objects.count()
    with pytest.raises(Problem) as refusal:
        actions.register(by=coordinator, new=replace(NEW, **wrong))
    assert refusal.value.field == field
    assert Person.objects.count() == before


def test_all_that_is_wrong_is_said_at_once(coordinator: Actor) -> None:
    with pytest.raises(Problems) as refusal:
        actions.register(by=coordinator, new=replace(NEW, phone="x", email="x"))
    assert {problem.field for problem in refusal.value.problems} == {"phone", "email"}


def test_the_neighbours_place_is_no_place(neighbour: Town, coordinator: Actor) -> None:
    with pytest.raises(Problem) as refusal:
        actions.register(by=coordinator, new=replace(NEW, place_id=places(neighbour.id)[0].id))
    assert refusal.value.field == "place_id"


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.EVALUATOR, Role.AMBASSADOR])
def test_not_everybody_registers(town: Town, role: Role) -> None:
    with pytest.raises(NotAllowed):
        actions.register(by=town.staff(role), new=NEW)


def test_a_neighbour_registers_nobody(town: Town, anna: Person) -> None:
    with pytest.raises(NotAllowed):
        actions.register(by=town.actor(anna), new=NEW)


def test_registering_says_nothing_of_who_is_hidden(coordinator: Actor, hidden: Person) -> None:
    """The same address as a protected person's is taken like any other."""
    made = actions.register(by=coordinator, new=replace(NEW, email=hidden.email, phone=hidden.phone))
    assert made.id != hidden.id


def change(by: Actor, person: Person, **values: Any) -> Person:
    new = replace(queries.details(by, person.id), **values)
    return actions.change_details(by=by, person_id=person.id, new=new)


def test_one_changes_ones_own(town: Town, anna: Person) -> None:
    changed = change(town.actor(anna), anna, phone="0701740606", family_name="Ask")
    assert (changed.phone, changed.sought) == ("+46701740606", "anna ask")
    assert Entry.objects.get(verb="person.changed").facts == {"fields": ["family_name", "phone", "sought"]}


def test_staff_change_it_too_and_it_shows_who(coordinator: Actor, anna: Person) -> None:
    change(coordinator, anna, address="Storgatan 1")
    assert Entry.objects.get(verb="person.changed").actor_id == coordinator.person


def test_changing_nothing_writes_nothing(coordinator: Actor, anna: Person) -> None:
    change(coordinator, anna)
    assert not Entry.objects.filter(verb="person.changed").exists()


def test_a_place_that_is_retired_meanwhile_stays(town: Town, coordinator: Actor, anna: Person) -> None:
    place = places(town.id)[0]
    change(coordinator, anna, place_id=place.id, longitude=None, latitude=None)
    municipalities.retire_place(by=coordinator, place_id=place.id)
    changed = change(coordinator, anna, family_name="Ny")
    assert (changed.place_id, changed.longitude) == (place.id, place.longitude)


def test_another_place_takes_the_old_point_away(town: Town, coordinator: Actor, anna: Person) -> None:
    one, other = places(town.id)[:2]
    change(coordinator, anna, place_id=one.id, longitude=None, latitude=None)
    moved = change(coordinator, anna, place_id=other.id, longitude=None, latitude=None)
    assert moved.longitude == other.longitude
    gone = change(coordinator, anna, place_id=None, longitude=None, latitude=None)
    assert (gone.longitude, gone.latitude) == (None, None)


def test_others_change_nothing(
    town: Town, anna: Person, caseworker: Actor, bjuv_coordinator: Actor, coordinator: Actor
) -> None:
    new = NewPerson(given_name="X")
    with pytest.raises(NotFound):
        actions.change_details(by=town.actor(town.resident("Bo")), person_id=anna.id, new=new)
    with pytest.raises(NotAllowed):
        actions.change_details(by=caseworker, person_id=anna.id, new=new)
    with pytest.raises(NotFound):
        actions.change_details(by=bjuv_coordinator, person_id=anna.id, new=new)
    with pytest.raises(NotFound):
        actions.change_details(by=coordinator, person_id=uuid.uuid4(), new=new)


def test_a_hidden_person_is_changed_by_themselves_alone(
    town: Town, coordinator: Actor, hidden: Person
) -> None:
    with pytest.raises(NotFound):
        actions.change_details(by=coordinator, person_id=hidden.id, new=NewPerson(given_name="X"))
    assert change(town.actor(hidden), hidden, chosen_name="Robin").chosen_name == "Robin"


def test_an_officer_changes_what_is_known_of_a_hidden_person(
    officer: Actor, hidden: Person, anna: Person
) -> None:
    assert change(officer, hidden, phone="0701740606").phone == "+46701740606"
    with pytest.raises(NotAllowed):
        change(officer, anna, phone="0701740606")


def test_a_chosen_name_that_is_not_asked_for_stays(town: Town, hidden: Person) -> None:
    kept = change(town.actor(hidden), hidden, family_name="Ny", chosen_name=None)
    assert kept.chosen_name == "Kim"


def test_living_in_two_towns(town: Town, neighbour: Town, anna: Person) -> None:
    by = Actor(anna.id, neighbour.id)
    actions.become_resident(by=by, person_id=anna.id)
    actions.become_resident(by=by, person_id=anna.id)
    held = RoleHeld.objects.everywhere().filter(person=anna, until=None)
    assert {row.municipality_id for row in held} == {town.id, neighbour.id}
    assert held.count() == 2


def test_nobody_is_made_a_resident_by_a_neighbour(town: Town, anna: Person, bjuv_coordinator: Actor) -> None:
    with pytest.raises(NotAllowed):
        actions.become_resident(by=town.actor(town.resident("Bo")), person_id=anna.id)
    with pytest.raises(NotFound):
        actions.become_resident(by=bjuv_coordinator, person_id=anna.id)


@pytest.mark.race
def test_becoming_a_resident_at_the_same_moment_is_once(at_once, town: Town, neighbour: Town) -> None:
    person = town.resident("Bo")
    by = Actor(person.id, neighbour.id)
    at_once(*[lambda: actions.become_resident(by=by, person_id=person.id)] * 4)
    assert RoleHeld.objects.of(neighbour.id).filter(person=person, until=None).count() == 1
