"""The product knows Sweden's 290 municipalities, where they are, and what is in them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handtag.geo import municipalities
from handtag.geo.errors import GeoProblem
from handtag.geo.points import Point
from handtag.geo.polygons import which

FAMILJEN_HELSINGBORG = {
    "1260": "Bjuv",
    "1278": "Båstad",
    "1283": "Helsingborg",
    "1284": "Höganäs",
    "1276": "Klippan",
    "1282": "Landskrona",
    "1275": "Perstorp",
    "1214": "Svalöv",
    "1277": "Åstorp",
    "1292": "Ängelholm",
    "1257": "Örkelljunga",
}
CODES = [one.code for one in municipalities.everyone()]


def test_there_are_290_in_21_counties():
    everyone = municipalities.everyone()
    assert len({one.code for one in everyone}) == len({one.slug for one in everyone}) == 290
    assert len({one.county for one in everyone}) == 21
    assert all(
        re.fullmatch(r"\d{4}", one.code) and re.fullmatch(r"[a-z]+(-[a-z]+)*", one.slug) for one in everyone
    )


def test_familjen_helsingborg_is_all_there():
    assert {code: municipalities.by_code(code).name for code in FAMILJEN_HELSINGBORG} == FAMILJEN_HELSINGBORG
    assert {municipalities.by_code(code).county for code in FAMILJEN_HELSINGBORG} == {"Skåne län"}


@pytest.mark.parametrize("code", CODES)
def test_each_has_a_valid_boundary_with_its_centre_in_it(code):
    listed, boundary = municipalities.by_code(code), municipalities.boundary(code)
    assert boundary.geometry.is_valid
    assert (boundary.key, boundary.name) == (code, listed.name)
    assert which([boundary], listed.centre) is boundary


def test_no_two_boundaries_overlap():
    shapes = [municipalities.boundary(code) for code in CODES]
    whole = sum(shape.geometry.area for shape in shapes)
    common = sum(
        one.geometry.intersection(other.geometry).area
        for number, one in enumerate(shapes)
        for other in shapes[:number]
        if one.geometry.intersects(other.geometry)
    )
    assert common < whole / 1_000_000


@pytest.mark.parametrize(
    ("name", "official"),
    [
        ("Helsingborg", "Helsingborgs kommun"),
        ("Bjuv", "Bjuvs kommun"),
        ("Malmö", "Malmö kommun"),
        ("Höganäs", "Höganäs kommun"),
        ("Falun", "Falu kommun"),
        ("Gotland", "Region Gotland"),
    ],
)
def test_the_name_of_the_authority(name, official):
    assert next(one for one in municipalities.everyone() if one.name == name).official == official


def test_a_right_code_may_have_spaces_around_it():
    assert municipalities.by_code(" 1283 ").name == "Helsingborg"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1284x", "1284"),
        ("1238", "1283"),
        ("128", "1280"),
        ("Helsinborg", "1283"),
        ("bjuv", "1260"),
        ("malmo", "1280"),
    ],
)
def test_a_wrong_code_is_answered_with_the_nearest(typed, meant):
    assert municipalities.suggest(typed)[0].code == meant
    with pytest.raises(GeoProblem) as refused:
        municipalities.by_code(typed)
    assert str(municipalities.by_code(meant)) in str(refused.value)


@given(st.text())
def test_anything_typed_gets_three_suggestions(typed):
    assert len({one.code for one in municipalities.suggest(typed)}) == 3


def test_a_point_knows_its_municipality():
    assert municipalities.at(Point(12.6944, 56.0467)) == municipalities.by_code("1283")
    raa = municipalities.at(Point(12.7389, 55.9995))  # off the generalised coast
    assert raa is not None
    assert raa.name == "Helsingborg"
    assert municipalities.at(Point(10.6, 60.5)) is None


@pytest.mark.parametrize("code", CODES)
def test_each_has_places_in_it_or_close_by(code):
    boundary, places = municipalities.boundary(code), municipalities.places(code)
    assert places
    assert len({place.name for place in places}) == len(places)
    # the generalised boundaries leave out islands that people live on
    off = [place.name for place in places if which([boundary], place.point, within=8_000) is None]
    assert off == []
