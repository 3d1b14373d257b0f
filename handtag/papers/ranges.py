"""Bars with their spread as SVG, drawn on the server: how much on the whole, and between what it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import Final

from handtag.papers.charts import LETTER, ROW, WIDTH

BAR: Final = 17
FIGURES: Final = 84  # room for the words after the longest bar
ABOVE: Final = 48  # room for what it shows, where no page says so
ALONE: Final = (  # a picture that stands in a file of its own brings its colours
    "<style>text{font-family:sans-serif;fill:#1a1a1a}.ax{stroke:#4a4a4a}.filled{fill:#1b5e4b}"
    ".outlined{fill:#fff;stroke:#1a1a1a;stroke-width:1.5}svg{background:#fff}</style>"
)


@dataclass(frozen=True, slots=True)
class Range:
    """One row: the bar ends at the mean, a line beneath goes from low to high, `words` say the mean."""

    label: str
    mean: float
    low: float
    high: float
    words: str
    is_outlined: bool = False


def ranges(
    rows: Sequence[Range], *, title: str, units: str, most: float | None = None, alone: bool = False
) -> str:
    """The picture as an SVG element; its colours come from the page by class, or from itself if `alone`.

    A table belongs beneath it. `most` is the end of the scale, else the highest of the rows is.
    """
    lines = [wrap(row.label, 20)[:2] or [""] for row in rows]
    start = 12 + LETTER * max((len(line) for label in lines for line in label), default=0)
    scale = (WIDTH - start - FIGURES) / (most or max((row.high for row in rows), default=0) or 1)
    height = ROW * max(len(rows), 1) + 4
    parts = [f'<path class="ax" d="M{start:.1f} 0V{height - 4}"/>']
    for place, (row, label) in enumerate(zip(rows, lines, strict=True)):
        parts += _row(row, label, place * ROW, start, scale)
    says = escape(f"{title} ({units})")
    if not alone:
        opening = f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{says}">'
        return f"{opening}{''.join(parts)}</svg>"
    head = [
        f'<text y="{17 * place - ABOVE + 4}" font-size="14">{line}</text>'
        for place, line in enumerate(wrap(says, 54), 1)
    ]
    box = f'viewBox="-8 {-ABOVE} {WIDTH + 16} {height + ABOVE}"'
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" aria-label="{says}">'
    return f"{opening}{ALONE}{''.join(head)}{''.join(parts)}</svg>"


def _row(row: Range, label: list[str], top: int, start: float, scale: float) -> list[str]:
    middle = top + (19 if len(label) == 1 else 11)
    parts = [
        f'<text y="{middle + 17 * line}" font-size="16">{escape(words)}</text>'
        for line, words in enumerate(label)
    ]
    low, mean, high = (start + value * scale for value in (row.low, row.mean, row.high))
    kind = "outlined" if row.is_outlined else "filled"
    if mean > start:
        box = f'x="{start:.1f}" y="{top + 6}" width="{mean - start:.1f}" height="{BAR}"'
        parts.append(f'<rect class="{kind}" {box}/>')
    under = top + 6 + BAR + 7
    ends = f"M{low:.1f} {under - 4}v8M{low:.1f} {under}H{high:.1f}M{high:.1f} {under - 4}v8"
    parts.append(f'<path class="ax" stroke-width="2" d="{ends}"/>')
    place = f'x="{max(mean, start) + 6:.1f}" y="{top + 20}" font-size="15" font-weight="700"'
    return [*parts, f"<text {place}>{escape(row.words)}</text>"]
