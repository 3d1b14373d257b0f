"""A map of areas: within its view box, north up, no gaps, places where they belong."""

import re
from itertools import pairwise

import pytest
from shapely.geometry import Point as Spot
from shapely.geometry import Polygon
from shapely.ops import unary_union

from handtag.geo import municipalities, outlines


@pytest.fixture
def drawing():
    return outlines.draw(municipalities.areas("1283"), width=400)


def rings(path):
    return [
        [tuple(map(float, spot.split())) for spot in ring.split("L")]
        for ring in re.findall(r"M([^Z]+)Z", path)
    ]


def form(outline):
    return unary_union([Polygon(ring) for ring in rings(outline.path)])


def test_everything_is_within_the_view_box(drawing):
    assert drawing.view_box == f"0 0 400 {drawing.height}"
    for outline in drawing.outlines:
        west, north, east, south = form(outline).bounds
        assert west >= 0
        assert north >= 0
        assert east <= drawing.width
        assert south <= drawing.height


def test_the_areas_fit_together_without_gaps_or_overlaps(drawing):
    forms = [form(outline) for outline in drawing.outlines]
    whole = unary_union(forms)
    assert isinstance(whole, Polygon)
    assert sum(one.area for one in forms) == pytest.approx(whole.area, rel=1e-6)
    assert not whole.interiors


def test_north_is_up_and_a_label_lies_in_its_area(drawing):
    by_name = {outline.name: outline for outline in drawing.outlines}
    assert by_name["Norr"].y < by_name["Centrum"].y < by_name["Söder"].y
    assert by_name["Centrum"].x < by_name["Öster"].x
    for outline in drawing.outlines:
        assert form(outline).contains(Spot(outline.x, outline.y))


def test_places_fall_on_their_areas(drawing):
    by_name = {outline.name: form(outline) for outline in drawing.outlines}
    spots = {place.name: Spot(*drawing.xy(place.point)) for place in municipalities.places("1283")}
    for area, place in [("Norr", "Ödåkra"), ("Söder", "Råå"), ("Öster", "Påarp"), ("Centrum", "Helsingborg")]:
        assert by_name[area].contains(spots[place])


def test_many_corners_become_few():
    boundary = municipalities.boundary("0980")
    small, large = (outlines.draw([boundary], width=width).outlines[0].path for width in (30, 3_000))
    assert len(small) < len(large)
    assert all(one != other for ring in rings(small) for one, other in pairwise(ring))


def test_nothing_to_draw_is_an_empty_picture():
    assert outlines.draw([]).outlines == ()
