"""The door plate as the picture of an installed app: drawn in a municipality's colour, at any size."""

from functools import lru_cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

SIZES: Final = (180, 192, 512)  # a telephone of Apple's, a home screen, a start page
FINER: Final = 4  # drawn so much larger, then made smaller: smooth edges
# The plate of favicon.svg in its own measures, moved to the middle of the square and made smaller, so that a
# telephone that cuts the picture into a circle cuts nothing of it away.
CENTRE: Final = (18.6, 21.0)
SIDE: Final = 42.0
# The curve of the thumb: from, two handles, to; drawn as a row of dots.
THUMB: Final = ((21.0, 15.5), (21.0, 12.5), (22.2, 10.9), (24.4, 9.5))


@lru_cache(64)
def png(size: int, ground: str, ink: str) -> bytes:
    """The picture as a file."""
    scale = size * FINER / SIDE
    picture = Image.new("RGB", (size * FINER, size * FINER), ground)
    draw = ImageDraw.Draw(picture)

    def at(x: float, y: float) -> tuple[float, float]:
        return (x - CENTRE[0] + SIDE / 2) * scale, (y - CENTRE[1] + SIDE / 2) * scale

    def round_off(x: float, y: float, radius: float, colour: str) -> None:
        draw.ellipse((at(x - radius, y - radius), at(x + radius, y + radius)), fill=colour)

    draw.rounded_rectangle((at(10, 10), at(19, 32)), radius=4.5 * scale, fill=ink)
    draw.line((at(15, 17.5), at(28, 17.5)), fill=ink, width=round(5.6 * scale))
    for x in (15.0, 28.0):
        round_off(x, 17.5, 2.8, ink)
    for step in range(61):
        x, y = _on_curve(step / 60)
        round_off(x, y, 1.9, ink)
    round_off(14.5, 25.4, 1.7, ground)
    draw.rounded_rectangle((at(13.75, 25), at(15.25, 29)), radius=0.75 * scale, fill=ground)
    file = BytesIO()
    picture.resize((size, size), Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue()


def _on_curve(t: float) -> tuple[float, float]:
    shares = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
    x, y = (sum(share * point[axis] for share, point in zip(shares, THUMB, strict=True)) for axis in (0, 1))
    return x, y
