"""Bars as SVG, drawn on the server: asked beside able, on one scale, small numbers kept small."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import Final

from handtag.kernel.small import LEAST, shown

WIDTH: Final = 390
ROW: Final = 42
LETTER: Final = 8.2  # the width of an average letter at size 16
FIGURES: Final = 48  # room for the figure after the longest bar


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: the filled bar, and the outlined one under it where there are two things to compare."""

    label: str
    filled: int
    outlined: int | None = None


def longest(charts: Iterable[Sequence[Bar]]) -> int:
    """The largest value of several charts: the scale that makes them comparable at a glance."""
    values = (value for bars in charts for bar in bars for value in (bar.filled, bar.outlined or 0))
    return max(values, default=0)


def bars(rows: Sequence[Bar], *, title: str, units: str, most: int | None = None) -> str:
    """The chart as an SVG element; its colours come from the page by class. A table belongs beneath it.

    `most` is the common scale of small multiples; values under five get no bar of their own length.
    """
    lines = [wrap(row.label, 20)[:2] or [""] for row in rows]
    start = 12 + LETTER * max((len(line) for label in lines for line in label), default=0)
    room = WIDTH - start - FIGURES
    scale = room / max(most or longest([rows]), LEAST)
    height = ROW * max(len(rows), 1) + 4
    parts = [f'<path class="ax" d="M{start:.1f} 0V{height - 4}"/>']
    for place, (row, label) in enumerate(zip(rows, lines, strict=True)):
        parts += _row(row, label, place * ROW, start, scale)
    says = escape(f"{title} ({units})")
    opening = f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{says}">'
    return f"{opening}{''.join(parts)}</svg>"


def _row(row: Bar, label: list[str], top: int, start: float, scale: float) -> list[str]:
    alone = row.outlined is None
    middle = top + (19 if len(label) == 1 else 11)
    parts = [
        f'<text y="{middle + 17 * line}" font-size="16">{escape(words)}</text>'
        for line, words in enumerate(label)
    ]
    parts += _bar("filled", row.filled, top + (6 if alone else 4), 17 if alone else 15, start, scale)
    if row.outlined is not None:
        parts += _bar("outlined", row.outlined, top + 20.5, 13, start, scale)
    return parts


def _bar(kind: str, value: int, top: float, height: int, start: float, scale: float) -> list[str]:
    """The bar and its figure; a hidden figure has no bar, for its length would tell it."""
    length = value * scale if value >= LEAST else 0
    weight = ' font-weight="700"' if kind == "filled" else ""
    place = f'x="{start + length + 6:.1f}" y="{top + height - 2:g}" font-size="15"{weight}'
    figure = f"<text {place}>{escape(shown(value))}</text>"
    if not length:
        return [figure]
    box = f'x="{start:.1f}" y="{top:g}" width="{length:.1f}" height="{height}"'
    return [f'<rect class="{kind}" {box}/>', figure]
