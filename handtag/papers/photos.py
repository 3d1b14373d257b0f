"""Photos that people send: read by what they hold, and written anew without what the camera noted."""

import struct
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

KINDS: Final = ("JPEG", "PNG", "WEBP")
CONTENT_TYPE: Final = "image/jpeg"
MOST_POINTS: Final = 25_000_000  # once a large JPEG has been read at half or a quarter of its size
LONGEST_SIDE: Final = 2_000
LEAST_SIDE: Final = 32
QUALITY: Final = 75

_BROKEN: Final = (
    *(OSError, SyntaxError, ValueError, struct.error, EOFError, OverflowError),
    *(Image.DecompressionBombError, Image.DecompressionBombWarning),
)


@dataclass(frozen=True, slots=True)
class Photo:
    """A JPEG of ours: points and nothing else. Only `read` makes one."""

    data: bytes
    width: int
    height: int


def read(data: bytes) -> Photo | None:
    """The photo in these bytes, whatever their file was called; None where it is no whole JPEG, PNG or WebP.

    It is turned the way up that the camera noted, made smaller where it is large, and painted on a new white
    sheet: place, time, camera, comments and whatever hid behind the picture stay behind.
    """
    try:
        with Image.open(BytesIO(data), formats=KINDS) as sent:
            sent.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            if sent.width * sent.height > MOST_POINTS or min(sent.size) < LEAST_SIDE:
                return None
            return _written_anew(sent)
    except _BROKEN:
        return None


def _written_anew(sent: Image.Image) -> Photo:
    plain = (
        sent if sent.mode in ("RGB", "L") else sent.convert("RGBA" if sent.has_transparency_data else "RGB")
    )
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(plain)
    sheet = Image.new("RGB", upright.size, "white")
    sheet.paste(upright, mask=upright if upright.mode == "RGBA" else None)
    out = BytesIO()
    sheet.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Photo(out.getvalue(), sheet.width, sheet.height)
