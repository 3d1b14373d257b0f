"""A point falls in the area that holds it, or the nearest."""

import pytest
from shapely.geometry import Polygon

from handtag.geo.points import Point, box
from handtag.geo.polygons import Shape, geojson_of, shape_of, which

WEST = Shape("Väster", Polygon([(12.6, 56.0), (12.7, 56.0), (12.7, 56.1), (12.6, 56.1)]), key="w")
EAST = Shape("Öster", Polygon([(12.7, 56.0), (12.8, 56.0), (12.8, 56.1), (12.7, 56.1)]), key="e")


def test_inside():
    assert which([WEST, EAST], Point(12.65, 56.05)) is WEST
    assert which([WEST, EAST], Point(12.75, 56.05)) is EAST


def test_on_the_common_border_the_first_is_taken():
    assert which([WEST, EAST], Point(12.7, 56.05)) is WEST
    assert which([EAST, WEST], Point(12.7, 56.05)) is EAST


def test_a_little_outside_falls_to_the_nearest():
    assert which([WEST, EAST], Point(12.81, 56.05)) is EAST


@pytest.mark.parametrize(("beyond", "found"), [(990, True), (1_010, False)])
def test_how_far_outside_is_measured_in_metres(beyond, found):
    spot = Point(box(Point(12.8, 56.05), beyond).east, 56.05)
    assert (which([EAST], spot, within=1_000) is EAST) is found


def test_far_outside_is_nowhere():
    assert which([WEST, EAST], Point(13.5, 56.05)) is None
    assert which([], Point(12.7, 56.05)) is None


def test_there_and_back_as_geojson():
    again = shape_of(geojson_of(WEST), name="Väster", key="w")
    assert again == WEST
    assert which([again], again.middle) is again


def test_a_line_is_no_area():
    with pytest.raises(TypeError, match="Gränd"):
        shape_of({"type": "LineString", "coordinates": [[12.6, 56.0], [12.7, 56.0]]}, name="Gränd")


def test_size_in_square_metres():
    assert WEST.square_metres == pytest.approx(69e6, rel=0.01)
