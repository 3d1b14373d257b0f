"""The map: every area drawn and named, on the sheet, with north up."""

import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handtag.papers.map import MOST_HEIGHT, WIDTH, Area, Dot, areas


def square(west: float, south: float, size: float = 0.1) -> dict[str, Any]:
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def test_each_area_has_its_shade_its_name_and_its_words() -> None:
    svg = ET.fromstring(
        areas(
            [
                Area("North", square(12.6, 56.1), shade=2, words="37 hours missing"),
                Area("South", square(12.6, 56.0), shade=0),
            ],
            title="Two areas",
        )
    )
    assert [path.attrib["class"] for path in svg.iter("path")] == ["area s2", "area s0"]
    assert [text.text for text in svg.iter("text")] == ["North", "37 hours missing", "South"]
    assert svg.attrib["aria-label"] == "Two areas"


def test_north_is_up() -> None:
    svg = ET.fromstring(areas([Area("N", square(12.6, 56.1)), Area("S", square(12.6, 56.0))], title="Two"))
    north, south = (float(text.attrib["y"]) for text in svg.iter("text"))
    assert north < south


@given(st.lists(st.tuples(st.floats(11, 24), st.floats(55, 69), st.floats(0.01, 2)), min_size=1, max_size=6))
def test_everything_stays_on_the_sheet(squares: list[tuple[float, float, float]]) -> None:
    svg = areas([Area("A", square(*each)) for each in squares], title="Squares")
    numbers = re.findall(r"[M ](-?[\d.]+),(-?[\d.]+)", svg)
    assert numbers
    for x, y in numbers:
        assert 0 <= float(x) <= WIDTH
        assert 0 <= float(y) <= MOST_HEIGHT


def test_holes_and_islands_are_drawn() -> None:
    outer, inner = square(12, 56, 1)["coordinates"][0], square(12.3, 56.3, 0.2)["coordinates"][0]
    island = square(14, 56, 0.5)["coordinates"][0]
    shape = {"type": "MultiPolygon", "coordinates": [[outer, inner], [island]]}
    assert areas([Area("A", shape)], title="One").count("z") >= 3


def test_a_name_that_would_lie_on_another_is_left_out() -> None:
    dots = [Dot("Ödåkra", 12.7, 56.05), Dot("Ödåkra kyrkby", 12.7, 56.0501)]
    svg = areas([Area("A", square(12.6, 56.0, 0.2))], title="One", dots=dots)
    assert ">Ödåkra<" in svg
    assert "kyrkby" not in svg


def test_names_are_words_not_markup() -> None:
    svg = areas([Area("<b>&", square(12, 56), words="<i>")], title='"quoted"')
    assert ET.fromstring(svg).attrib["aria-label"] == '"quoted"'


@pytest.mark.parametrize("shade", [1, 2])
def test_every_shade_has_its_rule(shade: int, repository: Any) -> None:
    assert f".s{shade} {{" in (repository / "static/css/staff.css").read_text()


def test_nothing_to_draw() -> None:
    assert areas([], title="None") == ""
