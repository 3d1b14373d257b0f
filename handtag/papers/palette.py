"""From a municipality's one accent colour to all its tokens, light and dark; refuses what cannot be read."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Final

from coloraide import Color

DEFAULT: Final = "#0e4d57"  # the product's own; its tokens stand in tokens.css, tuned by eye

# The grounds and the muted ink that tokens.css fixes; a test holds the two files together.
GROUNDS: Final = {"light": ("#f5f4f0", "#ffffff", "#eae8e1"), "dark": ("#171613", "#211f1b", "#0f0e0c")}
INK_2: Final = {"light": "#474339", "dark": "#cfc9bc"}
WHITE: Final = "#ffffff"

TEXT: Final = 7.0  # what a resident reads, on any ground
MOULDING: Final = 2.0  # the line around the words on a door: ornament


@dataclass(frozen=True, slots=True)
class Tokens:
    """The accent tokens of one scheme, as hex colours."""

    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    door: str
    door_edge: str
    on_door: str
    moulding: str
    p_accent: str
    p_mid: str


@dataclass(frozen=True, slots=True)
class Palette:
    """Everything that follows from one accent."""

    light: Tokens
    dark: Tokens


class Reason(StrEnum):
    """Why a colour is refused; the words belong to who asks."""

    NOT_A_COLOUR = "not_a_colour"
    TOO_PALE = "too_pale"


class Refused(ValueError):
    """No palette follows from this colour; says why, and which colour near it would do."""

    def __init__(self, reason: Reason, nearest: str, contrast: float = 0) -> None:
        super().__init__(reason)
        self.reason, self.nearest, self.contrast = reason, nearest, contrast


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2, from 1 to 21."""
    return float(Color(one).contrast(other, method="wcag21"))


def derive(accent: str) -> Palette:
    """All tokens from one accent such as #0e4d57; raises Refused when it cannot be read on paper."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", accent):
        raise Refused(Reason.NOT_A_COLOUR, DEFAULT)
    weakest = _weakest(accent)
    if weakest < TEXT:
        nearest = next((one for one in _darker(accent) if _weakest(one) >= TEXT), DEFAULT)
        raise Refused(Reason.TOO_PALE, nearest, weakest)
    return Palette(_light(accent.lower()), _dark(accent))


def _weakest(accent: str) -> float:
    """The least contrast of an accent on the light grounds, its own soft one among them."""
    return min(contrast(accent, ground) for ground in (*GROUNDS["light"], _soft(accent, "light")))


def stylesheet(palette: Palette, scope: str = ":root") -> str:
    """The palette as CSS, to be linked after tokens.css; `scope` narrows it to a preview."""
    light, dark = (_rules(tokens) for tokens in (palette.light, palette.dark))
    return f"{scope} {{ {light} }}\n@media (prefers-color-scheme: dark) {{ {scope} {{ {dark} }} }}\n"


def _light(accent: str) -> Tokens:
    # A near-black accent has nothing darker to go to: its hover is lighter.
    edge = _at(accent, _lightness(accent) + (-0.06 if _lightness(accent) > 0.12 else 0.1))
    return Tokens(
        accent=accent,
        accent_hover=edge,
        accent_soft=_soft(accent, "light"),
        on_accent=WHITE,
        door=accent,
        door_edge=edge,
        on_door=WHITE,
        moulding=_first(_lighter(accent), (accent,), MOULDING),
        p_accent=accent,
        p_mid=_at(accent, 0.7, share=0.6),
    )


def _dark(accent: str) -> Tokens:
    soft = _soft(accent, "dark")
    pale = _first(_lighter(accent, 0.82), (*GROUNDS["dark"], soft))
    door = _first(_darker(accent, 0.42), (WHITE,))
    return Tokens(
        accent=pale,
        accent_hover=_at(pale, _lightness(pale) + 0.06),
        accent_soft=soft,
        on_accent=_first(_darker(accent, 0.25, share=0.6), (pale,)),
        door=door,
        door_edge=_first(_darker(accent, _lightness(door) + 0.04), (WHITE,)),
        on_door=WHITE,
        moulding=_first(_lighter(accent, _lightness(door)), (door,), MOULDING),
        p_accent=_at(accent, 0.57),
        p_mid=_at(accent, 0.56, share=0.6),
    )


def _soft(accent: str, scheme: str) -> str:
    """The ground of what is chosen and of reasons: a breath of the accent, under any text."""
    colourfulness = Color(accent).convert("oklch")["chroma"]
    if scheme == "light":
        return _at(accent, 0.93, chroma=min(colourfulness * 0.25, 0.025))
    return _at(accent, 0.3, chroma=min(colourfulness * 0.5, 0.035))


def _first(candidates: Iterator[str], grounds: tuple[str, ...], least: float = TEXT) -> str:
    """The first candidate that shows enough on every ground; the candidates end in black or white."""
    candidate = ""
    for candidate in candidates:
        if all(contrast(candidate, ground) >= least for ground in grounds):
            break
    return candidate


def _darker(accent: str, start: float | None = None, share: float = 1) -> Iterator[str]:
    lightness = _lightness(accent) if start is None else start
    while lightness > 0:
        yield _at(accent, lightness, share=share)
        lightness -= 0.005
    yield "#000000"


def _lighter(accent: str, start: float | None = None) -> Iterator[str]:
    lightness = _lightness(accent) if start is None else start
    while lightness < 1:
        yield _at(accent, lightness)
        lightness += 0.005
    yield WHITE


def _at(accent: str, lightness: float, *, share: float = 1, chroma: float | None = None) -> str:
    """The accent's hue at another lightness, with a share of its colourfulness, within what screens show."""
    color = Color(accent).convert("oklch")
    color["lightness"] = min(1.0, max(0.0, lightness))
    color["chroma"] = color["chroma"] * share if chroma is None else chroma
    return str(color.convert("srgb").fit(method="oklch-chroma").to_string(hex=True))


def _lightness(accent: str) -> float:
    return float(Color(accent).convert("oklch")["lightness"])


def _rules(tokens: Tokens) -> str:
    return " ".join(f"--{name.replace('_', '-')}: {value};" for name, value in asdict(tokens).items())
