"""The map plane agrees with PROJ, and there and back is the same spot."""

import pytest
from hypothesis import given

from handtag.geo import sweref
from handtag.geo.points import Point
from tests.geo.places import POINTS


@pytest.mark.parametrize(
    ("lon", "lat", "easting", "northing"),
    [  # computed with PROJ 9, EPSG:4326 to EPSG:3006
        (12.6944, 56.0467, 356392.7730, 6213674.4543),
        (18.0686, 59.3293, 674571.8664, 6580743.0083),
        (24.15, 65.83, 916865.0519, 7331416.1812),
        (10.96, 58.93, 267511.8406, 6539282.6178),
        (20.22, 67.86, 719321.3365, 7536518.0126),
    ],
)
def test_agrees_with_proj(lon, lat, easting, northing):
    assert sweref.project(lon, lat) == pytest.approx((easting, northing), abs=0.001)


@given(POINTS)
def test_there_and_back_is_the_same_spot(point: Point):
    assert sweref.unproject(*sweref.project(point.lon, point.lat)) == pytest.approx(tuple(point), abs=1e-9)
