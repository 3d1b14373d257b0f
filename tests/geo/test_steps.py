"""Distances are told in steps, between squares, never closer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handtag.geo.points import Point, cell, cell_centre
from handtag.geo.steps import Step, snapped_metres, step_between, step_of
from tests.geo.places import HELSINGBORG, ODAKRA, POINTS


@pytest.mark.parametrize(
    ("distance", "step"),
    [
        (0, Step.UNDER_1_KM),
        (999.9, Step.UNDER_1_KM),
        (1_000, Step.KM_1_TO_2),
        (2_000, Step.KM_2_TO_5),
        (5_000, Step.KM_5_TO_10),
        (10_000, Step.KM_10_TO_20),
        (20_000, Step.KM_20_TO_50),
        (50_000, Step.OVER_50_KM),
        (1_500_000, Step.OVER_50_KM),
    ],
)
def test_each_distance_has_its_step(distance, step):
    assert step_of(distance) is step


@given(st.floats(0, 2_000_000), st.floats(0, 2_000_000))
def test_further_is_never_a_smaller_step(one, other):
    near, far = sorted((one, other))
    assert step_of(near) <= step_of(far)


@given(st.floats(0, 2_000_000))
def test_a_distance_lies_within_its_step(distance):
    step = step_of(distance)
    assert step.low <= distance
    assert step.high is None or distance < step.high


def test_two_known_places():
    assert step_between(HELSINGBORG, ODAKRA) is Step.KM_5_TO_10


@given(POINTS, POINTS)
def test_step_is_the_same_both_ways(one, other):
    assert step_between(one, other) is step_between(other, one)


@given(POINTS, POINTS, st.floats(1, 499), st.floats(1, 499))
def test_moving_within_ones_square_changes_nothing_anybody_can_see(one, other, east, north):
    corner_of_mine = cell(one)
    elsewhere = _spot_in(corner_of_mine, east, north)
    assert snapped_metres(elsewhere, other) == snapped_metres(one, other)
    assert step_between(elsewhere, other) is step_between(one, other)


def _spot_in(square: int, east: float, north: float) -> Point:
    from handtag.geo import sweref

    easting, northing = divmod(square, 10_000_000)
    spot = Point(*sweref.unproject(easting + east, northing + north))
    assert cell_centre(cell(spot)) == cell_centre(square)
    return spot
