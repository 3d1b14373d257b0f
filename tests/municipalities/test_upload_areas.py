"""The areas are drawn anew from a file; a bad file changes nothing."""

import json
from typing import Any

import pytest

from handtag.geo.points import Point
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, Problem
from handtag.municipalities import actions, queries
from handtag.municipalities.actions import AreasChanged, areas
from handtag.municipalities.models import Area
from tests.municipalities.ground import Town

SPLIT = 12.72  # a line from north to south through Helsingborg


def feature(name: str | None, west: float, east: float) -> dict[str, Any]:
    ring = [[west, 55.9], [east, 55.9], [east, 56.2], [west, 56.2], [west, 55.9]]
    properties = {"name": name} if name else {}
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def file(*features: dict[str, Any]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


HALVES = file(feature("Väst", 12.5, SPLIT), feature("Öst", SPLIT, 13.0))


def in_force(town: Town) -> dict[str, Area]:
    return {area.name: area for area in queries.areas(town.id)}


def test_the_file_takes_the_place_of_all_areas(town: Town, coordinator: Actor) -> None:
    before = in_force(town)
    changed = actions.upload_areas(by=coordinator, text=HALVES)
    assert set(in_force(town)) == {"Väst", "Öst"}
    assert set(changed.retired) == {area.id for area in before.values()}
    assert not Area.objects.of(town.id).filter(pk__in=changed.retired, retired_at=None).exists()


def test_places_fall_into_their_new_areas(town: Town, coordinator: Actor) -> None:
    actions.upload_areas(by=coordinator, text=HALVES)
    rows = queries.places(town.id)
    assert rows
    assert {row.area for row in rows if row.longitude > SPLIT} == {"Öst"}
    assert {row.area for row in rows if row.longitude < SPLIT} == {"Väst"}


def test_an_area_that_keeps_its_name_keeps_its_id(town: Town, coordinator: Actor) -> None:
    name, before = next(iter(in_force(town).items()))
    changed = actions.upload_areas(by=coordinator, text=file(feature(name, 12.5, 13.0)))
    assert changed.redrawn == (before.id,)
    assert in_force(town)[name].geometry != before.geometry


def test_a_retired_name_that_comes_back_takes_up_its_figures(town: Town, coordinator: Actor) -> None:
    actions.upload_areas(by=coordinator, text=HALVES)
    west = in_force(town)["Väst"].id
    actions.upload_areas(by=coordinator, text=file(feature("Allt", 12.5, 13.0)))
    actions.upload_areas(by=coordinator, text=HALVES)
    assert in_force(town)["Väst"].id == west


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (file(feature("Väst", 12.5, SPLIT), feature(None, SPLIT, 13.0)), "2"),
        (file(feature("Väst", 12.5, SPLIT), feature("Öst", 12.6, 13.0)), "Öst"),
        (file(feature("Skövde", 13.8, 13.9)), "Skövde"),
        ("{", "1"),
    ],
)
def test_a_bad_file_names_the_feature_and_changes_nothing(
    town: Town, coordinator: Actor, text: str, said: str
) -> None:
    before = {name: area.id for name, area in in_force(town).items()}
    fell = {row.id: row.area_id for row in queries.places(town.id)}
    with pytest.raises(Problem, match=said):
        actions.upload_areas(by=coordinator, text=text)
    assert {name: area.id for name, area in in_force(town).items()} == before
    assert {row.id: row.area_id for row in queries.places(town.id)} == fell


def test_a_resident_may_not(resident: Actor) -> None:
    with pytest.raises(NotAllowed):
        actions.upload_areas(by=resident, text=HALVES)


def test_the_neighbours_areas_stay(town: Town, neighbour: Town, coordinator: Actor) -> None:
    before = in_force(neighbour)
    actions.upload_areas(by=coordinator, text=HALVES)
    assert in_force(neighbour) == before


def test_twice_the_same_file_changes_nothing_more(town: Town, coordinator: Actor) -> None:
    first = actions.upload_areas(by=coordinator, text=HALVES)
    second = actions.upload_areas(by=coordinator, text=HALVES)
    assert (set(second.redrawn), second.added, second.retired) == (set(first.added), (), ())


def test_rooms_above_let_their_points_fall(
    town: Town, coordinator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[AreasChanged] = []
    monkeypatch.setattr(areas, "AFTER_AREAS", [lambda by, changed: told.append(changed)])
    actions.upload_areas(by=coordinator, text=HALVES)
    (changed,) = told
    assert changed.areas.id_at(Point(12.6, 56.05)) == in_force(town)["Väst"].id


@pytest.mark.race
def test_two_files_at_the_same_moment_leave_one_of_them(at_once, town: Town) -> None:
    other = file(feature("Nord", 12.5, 13.0))
    at_once(
        lambda: actions.upload_areas(by=town.product, text=HALVES),
        lambda: actions.upload_areas(by=town.product, text=other),
    )
    assert set(in_force(town)) in ({"Väst", "Öst"}, {"Nord"})


def test_a_point_falls_into_its_area(town: Town) -> None:
    found = queries.area_at(town.id, Point(12.6945, 56.0465))
    assert found is not None
    assert found.name == "Centrum"
    assert queries.area_at(town.id, Point(18.0, 59.3)) is None
