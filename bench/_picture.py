"""A log–log picture of what something costs as it grows: one SVG, no library."""

from math import ceil, floor, log10
from pathlib import Path

WIDTH, HEIGHT, LEFT, FOOT = 640, 400, 80, 60
COLOURS = ("#1b5e4b", "#b4451f", "#3b4f8f", "#7a5c00")
DASHES = ("", "6 4", "2 3", "10 3 2 3")

Line = list[tuple[float, float]]


def draw(file: Path, title: str, across: str, up: str, lines: dict[str, Line]) -> None:
    """Write the picture: the same lines of (size, cost) as in the table beside it."""
    points = [point for line in lines.values() for point in line]
    x0, x1 = floor(log10(min(x for x, _ in points))), ceil(log10(max(x for x, _ in points)))
    y0, y1 = floor(log10(min(y for _, y in points))), ceil(log10(max(y for _, y in points)))

    def at(x: float, y: float) -> tuple[float, float]:
        return (
            LEFT + (log10(x) - x0) / max(x1 - x0, 1) * (WIDTH - LEFT - 150),
            HEIGHT - FOOT - (log10(y) - y0) / max(y1 - y0, 1) * (HEIGHT - FOOT - 50),
        )

    parts = [
        _text(WIDTH / 2, 24, title, "middle", 16),
        _text(WIDTH / 2 - 40, HEIGHT - 14, across, "middle", 13),
    ]
    parts.append(_text(12, 42, up, "start", 13))
    for tens in range(x0, x1 + 1):
        (a, b), (_, c) = at(10**tens, 10**y0), at(10**tens, 10**y1)
        parts += [_line([(a, b), (a, c)], "#ccc", 1, ""), _text(a, b + 18, f"{10**tens:,}", "middle", 12)]
    for tens in range(y0, y1 + 1):
        (a, b), (c, _) = at(10**x0, 10**tens), at(10**x1, 10**tens)
        parts += [_line([(a, b), (c, b)], "#ccc", 1, ""), _text(a - 6, b + 4, f"{10.0**tens:g}", "end", 12)]
    for place, (name, line) in enumerate(lines.items()):
        spots = [at(*point) for point in line]
        parts.append(_line(spots, COLOURS[place % 4], 2.5, DASHES[place % 4]))
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{COLOURS[place % 4]}"/>' for x, y in spots
        ]
        parts.append(_text(spots[-1][0] + 10, spots[-1][1] + 4, name, "start", 13, COLOURS[place % 4]))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
    body = "\n".join(
        [head, f"<title>{title}</title>", f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>']
    )
    file.write_text("\n".join([body, *parts, "</svg>", ""]))


def _text(x: float, y: float, words: str, anchor: str, size: int, colour: str = "#222") -> str:
    style = f'text-anchor="{anchor}" font-size="{size}" font-family="sans-serif" fill="{colour}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{words}</text>'


def _line(points: Line, colour: str, width: float, dash: str) -> str:
    spots = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<polyline points="{spots}" fill="none" stroke="{colour}" stroke-width="{width}"{dashed}/>'
