"""A person's details are destroyed; history and figures keep a pseudonym."""

import uuid

import pytest

from handtag.history.models import Entry
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, NotFound, Problem
from handtag.kernel.rights import Role
from handtag.people import actions, queries
from handtag.people.actions import erasing
from handtag.people.models import Person, RoleHeld
from tests.municipalities.ground import Town


def test_nothing_that_says_who_is_left(town: Town, administrator: Actor, anna: Person) -> None:
    other = town.resident("Bo")
    actions.block(by=town.actor(other), other_id=anna.id)
    actions.erase_person(by=administrator, person_id=anna.id)
    gone = Person.objects.get(pk=anna.id)
    kept = {"id", "created_at", "erased_at", "language", "age", "protection"}
    assert not [
        field.name
        for field in Person._meta.concrete_fields
        if field.name not in kept and getattr(gone, field.attname)
    ]
    assert not RoleHeld.objects.everywhere().filter(person=anna, until=None).exists()
    assert queries.blocked(town.id, other.id) == set()
    assert "Anna" not in queries.names(administrator, [anna.id])[anna.id]
    assert Entry.objects.filter(verb="person.registered", about_id=anna.id).exists()


def test_rooms_above_erase_too(administrator: Actor, anna: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[uuid.UUID] = []
    monkeypatch.setattr(erasing, "AFTER_ERASE", [lambda by, person_id: told.append(person_id)])
    actions.erase_person(by=administrator, person_id=anna.id)
    actions.erase_person(by=administrator, person_id=anna.id)
    assert told == [anna.id]
    assert Entry.objects.filter(verb="person.erased").count() == 1


def test_only_keepers_of_records(coordinator: Actor, anna: Person) -> None:
    with pytest.raises(NotAllowed):
        actions.erase_person(by=coordinator, person_id=anna.id)


def test_who_is_not_here_or_hidden_is_not_found(
    neighbour: Town, administrator: Actor, hidden: Person
) -> None:
    for person_id in (neighbour.resident("Nils").id, hidden.id, uuid.uuid4()):
        with pytest.raises(NotFound):
            actions.erase_person(by=administrator, person_id=person_id)


def test_who_has_moved_is_erased_where_they_live(
    town: Town, neighbour: Town, administrator: Actor, anna: Person
) -> None:
    actions.become_resident(by=Actor(anna.id, neighbour.id), person_id=anna.id)
    actions.take_role(by=town.product, person_id=anna.id, role=Role.RESIDENT)
    with pytest.raises(NotFound):
        actions.erase_person(by=administrator, person_id=anna.id)
    actions.take_role(by=neighbour.product, person_id=anna.id, role=Role.RESIDENT)
    actions.erase_person(by=administrator, person_id=anna.id)
    anna.refresh_from_db()
    assert anna.given_name == ""


def test_the_last_coordinator_hands_over_first(administrator: Actor, coordinator: Actor) -> None:
    with pytest.raises(Problem):
        actions.erase_person(by=administrator, person_id=coordinator.person)


def test_a_town_knows_who_left_it_last_of_all(
    town: Town, neighbour: Town, administrator: Actor, anna: Person
) -> None:
    assert queries.towns_of(uuid.uuid4()) == []
    actions.take_role(by=town.product, person_id=anna.id, role=Role.RESIDENT)
    assert queries.towns_of(anna.id) == [town.id]
    actions.become_resident(by=Actor(anna.id, neighbour.id), person_id=anna.id)
    assert queries.towns_of(anna.id) == [neighbour.id]
