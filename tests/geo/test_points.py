"""Points are in Sweden; squares hide where in them somebody lives."""

from math import asin, atan2, cos, degrees, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handtag.geo.errors import GeoProblem
from handtag.geo.points import EARTH, Point, box, cell, cell_centre, metres, snap
from tests.geo.places import HELSINGBORG, ODAKRA, POINTS


def test_distance_between_two_known_places():
    assert metres(HELSINGBORG, ODAKRA) == pytest.approx(7_200, abs=100)


def test_square_is_numbered_as_scb_numbers_it():
    assert cell(HELSINGBORG) == 356_000_6213_500


@pytest.mark.parametrize(
    ("lon", "lat"), [(0, 0), (12.69, 95), (float("nan"), 56), (float("inf"), 56), (12.69, 48)]
)
def test_spot_outside_sweden_is_refused(lon, lat):
    with pytest.raises(GeoProblem) as refused:
        Point(lon, lat)
    assert refused.value.code == "outside"


def test_swapped_coordinates_are_called_swapped():
    with pytest.raises(GeoProblem, match=r"changed places: 56\.05, 12\.69") as refused:
        Point(56.05, 12.69)
    assert refused.value.code == "swapped"
    assert refused.value.params == {"lon": "56.05", "lat": "12.69"}


@given(POINTS)
def test_snapping_twice_is_snapping_once(point):
    assert snap(snap(point)) == snap(point)


@given(POINTS)
def test_snapping_moves_a_point_at_most_half_the_diagonal(point):
    assert metres(point, snap(point)) <= 354


@given(POINTS)
def test_middle_of_a_square_lies_in_it(point):
    assert cell(cell_centre(cell(point))) == cell(point)


@given(POINTS, POINTS)
def test_distance_is_the_same_both_ways(one, other):
    assert metres(one, other) == metres(other, one) >= 0


@given(POINTS, POINTS, POINTS)
def test_a_detour_is_never_shorter(one, other, third):
    assert metres(one, other) <= metres(one, third) + metres(third, other) + 0.01


@given(st.floats(14, 20), st.floats(59, 66), st.floats(100, 150_000), st.floats(0, 360))
def test_box_holds_everything_within_reach(lon, lat, reach, bearing):
    middle = Point(lon, lat)
    edge = _spot(middle, reach, bearing)
    assert metres(middle, edge) == pytest.approx(reach, abs=0.1)
    assert box(middle, reach).holds(edge.lon, edge.lat, margin=1e-9)


@pytest.mark.parametrize("bearing", range(70, 90))
def test_box_is_wide_enough_where_the_meridians_draw_together(bearing):
    middle = Point(18, 66)
    assert box(middle, 200_000).holds(*_spot(middle, 200_000, bearing))


def _spot(start: Point, away: float, bearing: float) -> Point:
    turn, course, lat = away / EARTH, radians(bearing), radians(start.lat)
    up = asin(sin(lat) * cos(turn) + cos(lat) * sin(turn) * cos(course))
    across = atan2(sin(course) * sin(turn) * cos(lat), cos(turn) - sin(lat) * sin(up))
    return Point(start.lon + degrees(across), degrees(up))


def test_box_leaves_out_what_is_far():
    assert not box(HELSINGBORG, 5_000).holds(*ODAKRA)
    assert box(HELSINGBORG, 8_000).holds(*ODAKRA)
