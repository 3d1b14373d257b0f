"""Bars: one scale, and no way to read a small number from a length."""

import re
import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from handtag.papers.charts import WIDTH, Bar, bars, longest

numbers = st.integers(0, 5000)
rows = st.lists(
    st.builds(Bar, label=st.text(max_size=60), filled=numbers, outlined=st.none() | numbers), max_size=8
)


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)


@given(
    st.lists(
        st.builds(
            Bar,
            label=st.from_regex(r"[\w &<>\"'åäö]{0,50}", fullmatch=True),
            filled=numbers,
            outlined=st.none() | numbers,
        ),
        max_size=8,
    )
)
def test_every_bar_stays_on_the_sheet(given_rows: list[Bar]) -> None:
    svg = drawn(bars(given_rows, title="Asked <hours>", units="hours & days"))
    for rect in svg.iter("rect"):
        assert float(rect.attrib["x"]) + float(rect.attrib["width"]) <= WIDTH
    assert svg.attrib["aria-label"] == "Asked <hours> (hours & days)"


@given(st.integers(1, 4), st.integers(1, 4))
def test_small_numbers_look_alike(one: int, other: int) -> None:
    def chart(count: int) -> str:
        return bars([Bar("Shopping", count, 9)], title="Asked", units="hours", most=9)

    assert chart(one) == chart(other)
    assert "&lt;5" in chart(one)


def test_a_small_number_does_not_show_in_the_scale() -> None:
    only = [bars([Bar("Shopping", count)], title="Asked", units="asks") for count in (1, 4)]
    assert only[0] == only[1]


def test_nothing_is_no_secret() -> None:
    assert ">0<" in bars([Bar("Shopping", 0)], title="Asked", units="asks")


def test_a_common_scale_makes_the_same_length() -> None:
    north, south = [Bar("Shopping", 38, 19)], [Bar("Shopping", 19, 76)]
    most = longest([north, south])
    assert most == 76

    def width(chart: list[Bar], kind: str) -> str:
        svg = bars(chart, title="Asked", units="hours", most=most)
        found = re.search(rf'class="{kind}"[^>]*width="([\d.]+)"', svg)
        assert found
        return found[1]

    assert width(north, "outlined") == width(south, "filled")


def test_a_long_label_takes_two_lines() -> None:
    svg = drawn(bars([Bar("Companion to a health care visit", 9)], title="Asked", units="asks"))
    assert [text.text for text in svg.iter("text")][:2] == ["Companion to a", "health care visit"]


def test_no_rows_no_bars() -> None:
    assert list(drawn(bars([], title="Asked", units="asks")).iter("rect")) == []
