"""Bars with their spread: as long as the mean says, the line beneath from low to high, and words escaped."""

import re
from xml.etree import ElementTree

from handtag.papers.ranges import Range, ranges

ROWS = [
    Range("Today", 0.5, 0.25, 0.75, "50 %"),
    Range("Changed & <more>", 1.0, 0.9, 1.0, "100 %", is_outlined=True),
]


def drawn(**how):
    return ElementTree.fromstring(ranges(ROWS, title="Asks & yeses", units="per cent", most=1.0, **how))


def test_bars_are_as_long_as_their_means_on_one_scale():
    bars = drawn().findall("rect")
    assert [bar.get("class") for bar in bars] == ["filled", "outlined"]
    half, whole = (float(bar.get("width")) for bar in bars)
    assert abs(whole - 2 * half) < 0.2


def test_the_line_beneath_goes_from_low_to_high():
    bar = drawn().find("rect")
    start, length = float(bar.get("x")), float(bar.get("width"))
    low, high = re.match(r"M([\d.]+) .*H([\d.]+)M", drawn().findall("path")[1].get("d")).groups()
    assert abs(float(low) - (start + length / 2)) < 0.2
    assert abs(float(high) - (start + length * 1.5)) < 0.2


def test_it_says_what_it_shows_and_keeps_words_whole():
    assert drawn().get("aria-label") == "Asks & yeses (per cent)"
    assert "Changed & <more>" in [text.text for text in drawn().findall("text")]
    assert {"50 %", "100 %"} <= {text.text for text in drawn().findall("text")}


def test_alone_it_brings_its_colours_and_in_a_page_no_style():
    alone = ranges(ROWS, title="a", units="b", alone=True)
    assert "<style>" in alone
    assert "xmlns" in alone
    assert ">a (b)</text>" in alone
    assert "style" not in ranges(ROWS, title="a", units="b")


def test_nothing_to_draw_is_no_fault():
    assert ranges([], title="a", units="b").startswith("<svg")
    assert "<rect" not in ranges([Range("a", 0.0, 0.0, 0.0, "0")], title="a", units="b")
