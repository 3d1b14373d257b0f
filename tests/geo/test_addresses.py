"""A municipality's list of addresses is read however its office writes CSV; a fault names its line."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handtag.geo import addresses
from handtag.geo.errors import GeoProblem, GeoProblems
from handtag.geo.points import Point
from handtag.kernel.errors import Problem

GOOD = [
    addresses.Address("Drottninggatan 2", Point(12.6944, 56.0467)),
    addresses.Address("Ödåkravägen 14 B", Point(12.7477, 56.1041)),
]
LINES = "address,lon,lat\nDrottninggatan 2,12.6944,56.0467\nÖdåkravägen 14 B,12.7477,56.1041\n"


def refusal(text):
    with pytest.raises(GeoProblem) as refused:
        addresses.parse(text.encode())
    return refused.value


@pytest.mark.parametrize(
    "data",
    [
        LINES.encode(),
        LINES.encode("utf-8-sig"),
        LINES.encode("latin-1"),
        LINES.replace("\n", "\r\n").encode(),
        LINES.replace(",", "\t").encode(),
        LINES.replace(",", ";").replace("12.", "12,").replace("56.", "56,").encode(),
        LINES.replace("address,lon,lat", "Adress, Longitud ,LAT").encode(),
        (LINES + "\n ,,\n" + LINES.splitlines()[1] + "\n").encode(),
        b'lat,id,lon,address\n56.0467,1,12.6944,"Drottninggatan 2"\n'
        + '56.1041,2,12.7477,"Ödåkravägen\n 14 B"'.encode(),
    ],
    ids=["utf-8", "bom", "latin-1", "crlf", "tab", "swedish", "heads", "blank and double", "order"],
)
def test_a_good_list_is_read(data):
    assert addresses.parse(data) == GOOD


def test_the_map_plane_is_read():
    (address,) = addresses.parse(b"Adress;E;N\nDrottninggatan 2;356 392,77;6213674.45\n")
    assert tuple(address.point) == pytest.approx((12.6944, 56.0467), abs=1e-6)


@pytest.mark.parametrize("head", ["", "adress", "adress,lon", "lon,lat", "address,x,y", "address,lon,N"])
def test_missing_columns_are_asked_for(head):
    problem = refusal(head + "\nDrottninggatan 2,12.69,56.04\n")
    assert problem.code == "columns"
    assert "Line 1" in str(problem)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Storgatan 1,tolv,56.04", "number"),
        ("Storgatan 1,nan,56.04", "number"),
        ("Storgatan 1,,56.04", "number"),
        ("Storgatan 1", "number"),
        (",12.69,56.04", "address"),
        ("Storgatan 1" * 30 + ",12.69,56.04", "address"),
        ("Storgatan 1,56.04,12.69", "swapped"),
        ("Storgatan 1,2.35,48.86", "outside"),
        ("Storgatan 1,inf,48.86", "outside"),
    ],
)
def test_a_bad_line_is_named(row, code):
    problem = refusal(LINES + row + "\n")
    assert problem.code == code
    assert "Line 4" in str(problem)


@pytest.mark.parametrize("place", ["6213674;356392", "12.69;56.04", "inf;6213674"])
def test_metres_that_cannot_be_are_named(place):
    problem = refusal(f"adress;E;N\nStorgatan 1;{place}\n")
    assert problem.code == "plane"
    assert "Line 2" in str(problem)


def test_metres_outside_sweden_are_named():
    assert refusal("adress;E;N\nStorgatan 1;356392;5100000\n").code == "outside"


def test_all_bad_lines_are_told_together_up_to_a_limit():
    with pytest.raises(GeoProblems) as refused:
        addresses.parse((LINES + ",1,1\n" * 100).encode())
    assert [str(problem).split(":")[0] for problem in refused.value.problems] == [
        f"Line {number}" for number in range(4, 24)
    ]


def test_an_empty_list_and_one_too_large():
    assert refusal("address,lon,lat\n").code == "empty"
    with pytest.raises(GeoProblem, match="larger than 30 MB"):
        addresses.parse(b" " * 30_000_001)


@given(st.binary(max_size=200), st.booleans())
def test_whatever_is_handed_in_is_answered_by_a_refusal_at_worst(data, headed):
    with suppress(Problem):
        addresses.parse(b"address,lon,lat\n" + data if headed else data)
