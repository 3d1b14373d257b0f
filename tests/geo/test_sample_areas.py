"""The areas drawn for the sample tile their municipality, and every sample place falls in exactly one."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point as Spot
from shapely.geometry import Polygon
from shapely.ops import unary_union

from handtag.geo import municipalities
from handtag.geo.points import Point
from handtag.geo.polygons import which

WHERE = {
    "1283": {
        "Centrum": (
            "Helsingborg Mariastaden Drottninghög Elineberg Husensjö Högaborg Ramlösa Ringstorp Tågaborg"
        ),
        "Norr": "Ödåkra Kattarp Domsten Allerum Hittarp Hasslarp Laröd Fleninge",
        "Söder": "Rydebäck Gantofta Råå Vallåkra",
        "Öster": "Påarp Mörarp Bårslöv",
    },
    "1260": {"Bjuv och Gunnarstorp": "Bjuv Gunnarstorp", "Billesholm": "Billesholm", "Ekeby": "Ekeby"},
}


@pytest.mark.parametrize("code", WHERE)
def test_every_place_falls_in_the_one_area_it_should(code):
    areas = municipalities.areas(code)
    found: dict[str, set[str]] = {area.name: set() for area in areas}
    for place in municipalities.places(code):
        (area,) = [area for area in areas if area.geometry.intersects(Spot(*place.point))]
        found[area.name].add(place.name)
    assert found == {area: set(names.split()) for area, names in WHERE[code].items()}


@pytest.mark.parametrize("code", WHERE)
def test_the_areas_tile_the_municipality(code):
    forms = [area.geometry for area in municipalities.areas(code)]
    whole, boundary = unary_union(forms), municipalities.boundary(code).geometry
    assert boundary.difference(whole).area == 0
    assert isinstance(whole, Polygon)
    assert not whole.interiors
    assert sum(form.area for form in forms) == pytest.approx(whole.area, rel=1e-9)


def test_what_reaches_out_into_the_sound_touches_no_neighbour():
    whole = unary_union([area.geometry for area in municipalities.areas("1283")])
    for listed in municipalities.everyone():
        if listed.code != "1283":
            assert whole.intersection(municipalities.boundary(listed.code).geometry).area == pytest.approx(0)


@given(st.data())
def test_every_spot_of_the_municipality_falls_in_an_area(data):
    code = data.draw(st.sampled_from(sorted(WHERE)))
    boundary = municipalities.boundary(code).geometry
    west, south, east, north = boundary.bounds
    spot = Point(data.draw(st.floats(west, east)), data.draw(st.floats(south, north)))
    if boundary.contains(Spot(*spot)):
        assert which(municipalities.areas(code), spot, within=0) is not None


@pytest.mark.parametrize("code", WHERE)
def test_each_area_says_that_it_is_ours(code):
    file = municipalities.DATA / "areas" / f"{code}.geojson"
    for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
        assert "no official division" in feature["properties"]["drawn"]


def test_other_municipalities_have_none():
    assert municipalities.areas("1284") == []
