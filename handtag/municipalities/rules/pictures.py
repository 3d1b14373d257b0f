"""What a logo may be: PNG, JPEG or WebP by its content, small enough, with a readable size."""

from dataclasses import dataclass

MOST_BYTES = 500_000
MOST_SIDE = 4_000
LEAST_SIDE = 32

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # JPEG markers that carry the size


@dataclass(frozen=True, slots=True)
class Picture:
    """What a file turned out to be."""

    kind: str
    width: int
    height: int

    @property
    def content_type(self) -> str:
        """As served."""
        return f"image/{'jpeg' if self.kind == 'jpg' else self.kind}"

    @property
    def fits(self) -> bool:
        """Whether its sides are those of a logo."""
        return min(self.width, self.height) >= LEAST_SIDE and max(self.width, self.height) <= MOST_SIDE


def read(data: bytes) -> Picture | None:
    """The picture in these bytes, whatever the file was called; None when it is not one of the three."""
    try:
        if data.startswith(_PNG):
            return _png(data)
        if data.startswith(_JPEG):
            return _jpeg(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
    except IndexError:
        return None
    return None


def _png(data: bytes) -> Picture | None:
    if data[12:16] != b"IHDR" or b"IEND" not in data[-16:]:
        return None
    return Picture("png", _big(data[16:20]), _big(data[20:24]))


def _jpeg(data: bytes) -> Picture | None:
    if data[-2:] != b"\xff\xd9":
        return None
    at = 2
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker in _FRAMES:
            return Picture("jpg", _big(data[at + 7 : at + 9]), _big(data[at + 5 : at + 7]))
        at += 2 + _big(data[at + 2 : at + 4])
    return None


def _webp(data: bytes) -> Picture | None:
    if _little(data[4:8]) + 8 > len(data):
        return None
    form = data[12:16]
    if form == b"VP8X":
        return Picture("webp", _little(data[24:27]) + 1, _little(data[27:30]) + 1)
    if form == b"VP8L" and data[20] == 0x2F:
        bits = _little(data[21:25])
        return Picture("webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if form == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        return Picture("webp", _little(data[26:28]) & 0x3FFF, _little(data[28:30]) & 0x3FFF)
    return None


def _big(part: bytes) -> int:
    if not part:
        raise IndexError
    return int.from_bytes(part, "big")


def _little(part: bytes) -> int:
    if not part:
        raise IndexError
    return int.from_bytes(part, "little")
