"""Squares of several sizes: nobody within reach is left out, and few beyond it are let in."""

from hypothesis import given
from hypothesis import strategies as st

from handtag.geo.points import Point, metres
from handtag.geo.squares import around, square
from handtag.helpers.rules import REACHES, SIDES

points = st.builds(Point, st.floats(11.0, 24.0), st.floats(55.3, 69.0))


@given(points, st.floats(-0.2, 0.2), st.floats(-0.1, 0.1), st.sampled_from([500, 1_000, 5_000]))
def test_whoever_is_near_stands_in_a_square_around(here, east, north, side):
    there = Point(min(max(here.lon + east, 10.6), 24.2), min(max(here.lat + north, 55.2), 69.1))
    away = metres(here, there)
    assert square(there, 1, side) in around(here, 1, side, away)


@given(points)
def test_few_squares_and_none_far_away(here):
    for kind, (reach, side) in enumerate(zip(REACHES, SIDES, strict=True)):
        found = around(here, kind, side, reach)
        assert len(found) == len(set(found)) <= 4 * (reach / side + 2) ** 2
        assert (
            square(Point(here.lon, min(here.lat + 0.9, 69.1) - 1.8 * (here.lat > 68)), kind, side)
            not in found
        )


@given(points, points)
def test_numbers_tell_kinds_and_squares_apart_and_fit_an_integer(one, other):
    numbers = {(kind, point): square(point, kind, 500) for kind in range(8) for point in (one, other)}
    assert all(0 <= number < 2**31 for number in numbers.values())
    assert len(set(numbers.values())) in (8, 8 * len({one, other}))
    assert not {square(one, 0, 500)} & {square(other, kind, 500) for kind in range(1, 8)}


@given(points, st.floats(0, 6_000), st.floats(0, 6_000))
def test_rings_are_all_that_lies_between(here, one, other):
    near, far = sorted((one, other))
    inner, outer = around(here, 2, 500, near), around(here, 2, 500, far)
    assert around(here, 2, 500, far, near) == [each for each in outer if each not in inner]
