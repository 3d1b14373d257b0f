"""A good file of areas is read; of a bad one each fault names its area and says how to mend it."""

import json
from contextlib import suppress

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon

from handtag.geo import geojson
from handtag.geo.errors import GeoProblem, GeoProblems
from handtag.geo.polygons import shape_of
from handtag.kernel.errors import Problem


def square(west, south, side=0.1, /):
    east, north = west + side, south + side
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def feature(name, coordinates, kind="Polygon"):
    properties = {} if name is None else {"name": name}
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": features})


NORR = feature("Norr", square(12.6, 56.1))
SODER = feature("Söder", square(12.6, 56.0))


def refusal(text, **words):
    with pytest.raises(GeoProblem) as refused:
        geojson.parse(text, **words)
    return refused.value


def test_a_good_file_is_read():
    north, south = geojson.parse(collection(NORR, SODER).encode())
    assert (north.name, south.name) == ("Norr", "Söder")
    assert north.geometry.bounds == pytest.approx((12.6, 56.1, 12.7, 56.2))


def test_several_parts_holes_heights_and_other_spellings_are_read():
    hole = [[12.64, 56.04], [12.66, 56.04], [12.66, 56.06]]
    many = feature(None, [[*square(12.6, 56.0), hole], square(12.8, 56.0)], "MultiPolygon")
    many["properties"] = {"ID": 7, "NAMN": "  Söder \n om ån\x00 "}
    for ring in many["geometry"]["coordinates"][0]:
        for corner in ring:
            corner.append(31.5)
    (south,) = geojson.parse(b"\xef\xbb\xbf" + collection(many).encode())
    assert south.name == "Söder om ån"
    assert isinstance(south.geometry, MultiPolygon)
    assert [len(part.interiors) for part in south.geometry.geoms] == [1, 0]
    assert not south.geometry.has_z


@pytest.mark.parametrize(
    "text", ["", "hej", "{", b"\xff\xfe{", '{"type": NaN}', "[" * 100_000, '{"a": 1' + "0" * 5_000 + "}"]
)
def test_what_is_not_json(text):
    assert refusal(text).code == "not_json"


@pytest.mark.parametrize("text", ["[]", "7", "null", json.dumps(NORR), '{"type": "FeatureCollection"}'])
def test_what_is_no_collection(text):
    assert refusal(text).code == "not_collection"


def test_an_empty_collection():
    assert refusal(collection()).code == "empty"


def test_too_large_a_file():
    assert refusal(" " * 5_000_001).code == "too_large"


def test_too_many_areas():
    problem = refusal(collection(*[NORR] * 301))
    assert problem.code == "too_many"
    assert problem.params["count"] == 301


CROSSED = [[[12.6, 56.0], [12.7, 56.1], [12.7, 56.0], [12.6, 56.1], [12.6, 56.0]]]
METRES = [[[356000, 6213000], [357000, 6213000], [357000, 6214000], [356000, 6213000]]]
SWAPPED = [[[56.0, 12.6], [56.0, 12.7], [56.1, 12.7], [56.0, 12.6]]]
HOLE_OUTSIDE = [*square(12.6, 56.0), *square(12.8, 56.0)]
ROUND = [[[12.6 + i / 1e6, 56.0 + (i % 2) / 1e3] for i in range(10_001)]]


@pytest.mark.parametrize(
    ("coordinates", "code"),
    [
        (CROSSED, "crossing"),
        (METRES, "metres"),
        ([[[y, x] for x, y in METRES[0]]], "metres"),
        (SWAPPED, "swapped"),
        (square(0.0, 0.0), "outside"),
        (square(2_000_000, 3_000_000), "outside"),
        (HOLE_OUTSIDE, "broken"),
        (ROUND, "too_detailed"),
        ([[[12.6, 56.0], [12.7, 56.0], [12.6, 56.0]]], "too_few"),
        ([[[12.6, 56.0], [12.7, 56.0], [12.8, 56.0], [12.6, 56.0]]], "flat"),
        ([], "no_corners"),
        ([[]], "too_few"),
        (None, "no_corners"),
        ([[12.6, 56.0]], "no_corners"),
        ([[["12.6", "56.0"], [12.7, 56.0], [12.7, 56.1]]], "no_corners"),
        ([[[True, 56.0], [12.7, 56.0], [12.7, 56.1]]], "no_corners"),
        ([[[10**400, 56.0], [12.7, 56.0], [12.7, 56.1]]], "no_corners"),
        ([[None, [12.7, 56.0], [12.7, 56.1]]], "no_corners"),
    ],
)
def test_a_bad_outline_names_its_area(coordinates, code):
    problem = refusal(collection(NORR, feature("Söder", coordinates)))
    assert problem.code == code
    assert "2 (Söder)" in str(problem)


def test_a_crossing_says_where():
    assert "near 56.05000, 12.65000" in str(refusal(collection(feature("Norr", CROSSED))))


@pytest.mark.parametrize("geometry", [None, 7, {}, {"type": "Point", "coordinates": [12.6, 56.0]}])
def test_what_is_no_area_names_itself(geometry):
    problem = refusal(collection(NORR, {**SODER, "geometry": geometry}))
    assert problem.code == "not_polygon"
    assert "2 (Söder)" in str(problem)


@pytest.mark.parametrize("properties", [None, [], {}, {"name": ""}, {"name": None}, {"title": "Söder"}])
def test_an_area_without_a_name_is_told_by_its_number(properties):
    problem = refusal(collection(NORR, {**SODER, "properties": properties}))
    assert problem.code == "no_name"
    assert "Area 2 has no name" in str(problem)


def test_too_long_a_name():
    assert "1 (NorrNorrNorrNorrNorr…)" in str(refusal(collection(feature("Norr" * 21, square(12.6, 56.1)))))


def test_what_is_no_feature():
    assert refusal(collection(NORR, "Söder")).params == {"area": "2"}


def test_the_same_name_twice_names_both():
    problem = refusal(collection(NORR, feature("norr", square(12.6, 56.0))))
    assert problem.code == "same_name"
    assert "1 (Norr) and 2 (norr)" in str(problem)


def test_overlapping_areas_are_both_named():
    problem = refusal(collection(NORR, feature("Söder", square(12.6, 56.05))))
    assert problem.code == "overlap"
    assert "1 (Norr) and 2 (Söder)" in str(problem)
    assert problem.params["hectares"] == pytest.approx(3450, rel=0.02)


def test_an_area_within_another_overlaps_it():
    assert refusal(collection(NORR, feature("Byn", square(12.64, 56.14, 0.01)))).code == "overlap"


def test_a_sliver_between_neighbours_is_let_through():
    assert len(geojson.parse(collection(NORR, feature("Söder", square(12.6, 56.0005))))) == 2


def test_an_area_in_another_town_is_refused():
    town = shape_of({"type": "Polygon", "coordinates": square(12.6, 56.0)}, name="Helsingborg")
    assert len(geojson.parse(collection(SODER), near=town)) == 1
    problem = refusal(collection(feature("Haga", square(18.0, 59.3))), near=town)
    assert problem.code == "elsewhere"
    assert "1 (Haga) lies outside Helsingborg" in str(problem)


def test_all_faults_are_told_together():
    bad = collection(feature(None, square(12.6, 56.1)), feature("Söder", CROSSED), feature("Öster", SWAPPED))
    with pytest.raises(GeoProblems) as refused:
        geojson.parse(bad)
    assert [getattr(problem, "code", "") for problem in refused.value.problems] == [
        "no_name",
        "crossing",
        "swapped",
    ]
    assert "2 (Söder)" in str(refused.value)
    assert "3 (Öster)" in str(refused.value)


def test_a_file_that_is_wrong_throughout_is_not_answered_with_a_book():
    with pytest.raises(GeoProblems) as refused:
        geojson.parse(collection(*[feature(None, square(12.6, 56.1))] * 100))
    assert len(refused.value.problems) == 20


def test_the_message_waits_for_its_reader():
    problem = refusal(collection(feature("Norr", CROSSED)))
    with override(None):
        assert str(problem.message) == str(problem)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.integers()
    | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "features", "geometry", "coordinates", "properties", "name"]), inner
        )
    ),
    max_leaves=12,
)


@given(st.lists(JSON | st.fixed_dictionaries({"properties": JSON, "geometry": JSON}), max_size=3))
def test_whatever_is_handed_in_is_answered_by_a_refusal_at_worst(features):
    with suppress(Problem):
        geojson.parse(json.dumps({"type": "FeatureCollection", "features": features}))


@given(JSON, st.sampled_from(["Polygon", "MultiPolygon"]))
def test_whatever_stands_for_corners_is_answered_in_words(coordinates, kind):
    with pytest.raises(Problem, match=r"1 \(Norr\)"):
        geojson.parse(collection(feature("Norr", coordinates, kind)))
