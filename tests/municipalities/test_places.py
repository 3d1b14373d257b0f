"""Places are found, added, renamed and retired."""

import uuid

import pytest

from handtag.history.models import Entry
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, NotFound, Problem
from handtag.municipalities import actions, queries
from handtag.municipalities.actions import NewPlace
from handtag.municipalities.models import Place
from tests.municipalities.ground import Town

BY_THE_SEA = NewPlace("Domstens hamn", "public", 12.6, 56.12)


def names(town: Town) -> set[str]:
    return {row.name for row in queries.places(town.id)}


def row(town: Town, name: str) -> queries.PlaceRow:
    return next(row for row in queries.places(town.id) if row.name == name)


def test_the_villages_of_the_sample_are_there(town: Town) -> None:
    real = {"Ödåkra", "Kattarp", "Rydebäck", "Gantofta", "Påarp", "Mörarp", "Domsten"}
    assert real <= names(town)


def test_a_missing_place_is_added_and_falls_into_its_area(town: Town, coordinator: Actor) -> None:
    actions.add_place(by=coordinator, new=BY_THE_SEA)
    assert row(town, "Domstens hamn").area == row(town, "Domsten").area
    assert Entry.objects.filter(verb="place.added", municipality_id=town.id).exists()


def test_beside_another_place_is_good_enough(town: Town, coordinator: Actor) -> None:
    beside = row(town, "Kattarp")
    made = actions.add_place(by=coordinator, new=NewPlace("Kattarps station", beside=beside.id))
    assert (made.longitude, made.latitude) == (beside.longitude, beside.latitude)
    assert made.area_id == beside.area_id


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewPlace("  "), "longitude"),
        (NewPlace(" ", longitude=12.7, latitude=56.05), "name"),
        (NewPlace("Nowhere"), "longitude"),
        (NewPlace("Skövde", longitude=13.85, latitude=58.39), "longitude"),
        (NewPlace("  ödåkra ", longitude=12.74, latitude=56.1), "name"),
    ],
)
def test_what_cannot_be_a_place_is_refused(town: Town, coordinator: Actor, new: NewPlace, field: str) -> None:
    before = names(town)
    with pytest.raises(Problem) as refusal:
        actions.add_place(by=coordinator, new=new)
    assert refusal.value.field == field
    assert names(town) == before


def test_a_place_gets_another_name(town: Town, coordinator: Actor) -> None:
    actions.rename_place(by=coordinator, place_id=row(town, "Kattarp").id, name="Nya  Kattarp")
    assert "Nya Kattarp" in names(town)
    assert "Kattarp" not in names(town)
    assert [found.name for found in queries.find_places(town.id, "nya kat")] == ["Nya Kattarp"]


def test_a_name_that_is_taken_is_refused(town: Town, coordinator: Actor) -> None:
    with pytest.raises(Problem) as refusal:
        actions.rename_place(by=coordinator, place_id=row(town, "Kattarp").id, name="ÖDÅKRA")
    assert refusal.value.field == "name"
    assert "Kattarp" in names(town)


def test_a_retired_place_is_chosen_no_more_but_stays(town: Town, coordinator: Actor) -> None:
    place = row(town, "Kattarp")
    actions.retire_place(by=coordinator, place_id=place.id)
    assert "Kattarp" not in names(town)
    assert Place.objects.of(town.id).filter(pk=place.id).exists()
    with pytest.raises(NotFound):
        queries.place(town.id, place.id)
    actions.add_place(by=coordinator, new=NewPlace("Kattarp", longitude=12.78, latitude=56.13))


def test_retiring_twice_writes_once(town: Town, coordinator: Actor) -> None:
    place = row(town, "Kattarp")
    actions.retire_place(by=coordinator, place_id=place.id)
    actions.retire_place(by=coordinator, place_id=place.id)
    assert Entry.objects.filter(verb="place.retired").count() == 1


def test_what_is_not_there_is_not_found(coordinator: Actor) -> None:
    nobody = uuid.uuid4()
    with pytest.raises(NotFound):
        actions.rename_place(by=coordinator, place_id=nobody, name="X")
    with pytest.raises(NotFound):
        actions.retire_place(by=coordinator, place_id=nobody)
    with pytest.raises(NotFound):
        actions.add_place(by=coordinator, new=NewPlace("X", beside=nobody))


def test_the_neighbours_coordinator_finds_nothing_here(town: Town, bjuv_coordinator: Actor) -> None:
    place = row(town, "Kattarp")
    with pytest.raises(NotFound):
        actions.rename_place(by=bjuv_coordinator, place_id=place.id, name="Vårt")
    with pytest.raises(NotFound):
        actions.retire_place(by=bjuv_coordinator, place_id=place.id)
    with pytest.raises(NotFound):
        actions.add_place(by=bjuv_coordinator, new=NewPlace("X", beside=place.id))
    assert "Kattarp" in names(town)


def test_a_resident_may_not(town: Town, resident: Actor) -> None:
    place = row(town, "Kattarp")
    with pytest.raises(NotAllowed):
        actions.add_place(by=resident, new=BY_THE_SEA)
    with pytest.raises(NotAllowed):
        actions.rename_place(by=resident, place_id=place.id, name="X")
    with pytest.raises(NotAllowed):
        actions.retire_place(by=resident, place_id=place.id)


@pytest.mark.race
def test_the_same_name_at_the_same_moment_is_one_place(at_once, town: Town) -> None:
    outcomes = at_once(*[lambda: actions.add_place(by=town.product, new=BY_THE_SEA)] * 3)
    assert sum(isinstance(one, Place) for one in outcomes) == 1
    assert sum(isinstance(one, Problem) for one in outcomes) == 2


def test_beginnings_are_found_before_middles(town: Town) -> None:
    found = [row.name for row in queries.find_places(town.id, "  RA")]
    assert found[0].startswith("Ra")
    assert any(not name.casefold().startswith("ra") for name in found)
    assert queries.find_places(town.id, " ") == []
    assert queries.find_places(town.id, "Bjuv") == []
