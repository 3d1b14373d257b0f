"""Papers as plain values: what stands on them in, a PDF out. They do not know what they are about.

Where the address stands. A4 is folded once for C5 (229 × 162 mm), twice for E65 (220 × 110 mm), and slides
in the envelope by as much as it is smaller. Of a Swedish envelope with its window to the right (H2) we
reckon: window at least 90 mm wide, 35 high (C5) or 30 (E65), its right edge 15 to 20 mm from the envelope's,
its upper edge 40 to 45 mm from the envelope's. The address stands where each of these shows it however the
sheet lies, and nothing else of the letter comes near; tests/papers/test_letter.py does the sums. The
standards (SS 61 41 12 for the layout) are not public and makers differ: try it with the envelopes of the
house. What changes is `WINDOW` alone.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from io import BytesIO
from typing import Final

import segno

from handtag.papers.typesetting import typeset

# Millimetres on the sheet: where the address begins, its room, and where the letter itself begins.
WINDOW: Final = {"left": 125, "top": 46, "width": 64, "below": 92}


@dataclass(frozen=True, slots=True)
class Fact:
    """A line worth finding again: what it is, and what holds."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in the reader's language. `recipient` is what the window shows; `large` is for weak eyes."""

    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    dated: str
    heading: str
    paragraphs: tuple[str, ...]
    facts: tuple[Fact, ...] = ()
    closing: tuple[str, ...] = ()
    footer: str = ""
    language: str = "sv"
    large: bool = False
    made_on: date | None = None


def letter(one: Letter) -> bytes:
    """One letter on A4."""
    return letters([one])


def letters(several: Sequence[Letter], title: str = "") -> bytes:
    """Several letters in one file, each on pages of its own."""
    first = several[0]
    words = {
        "title": title or first.heading,
        "language": tongue(first.language),
        "window": WINDOW,
        "letters": [{**_words(one), "language": tongue(one.language)} for one in several],
    }
    return typeset("letter", words, made_on=first.made_on)


@dataclass(frozen=True, slots=True)
class Poster:
    """What hangs on a wall: where it is about, the two ways in, and a code that leads to the page."""

    around: str
    heading: str
    lead: str
    choices: tuple[Fact, ...]
    leads_to: str
    code_says: str
    scan: str
    address: str
    phone: str = ""
    footer: str = ""
    accent: str = "#0e4d57"
    language: str = "sv"
    made_on: date | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A card for a helper's pocket: who it is and how to check it; on the back what to say and do."""

    sender: str
    name: str
    facts: tuple[Fact, ...]
    say: tuple[str, ...]
    leads_to: str
    code_says: str


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a list: what, and what is known of it."""

    title: str
    lines: tuple[str, ...]


class Sheet(StrEnum):
    """How a poster is printed: large, as usual, or two small ones on one sheet."""

    A3 = "a3"
    A4 = "a4"
    LEAFLET = "a5"


_WIDTHS: Final = {Sheet.A3: 297.0, Sheet.A4: 210.0, Sheet.LEAFLET: 148.5}


def poster(one: Poster, sheet: Sheet = Sheet.A4) -> bytes:
    """A poster, or two leaflets beside each other to be cut apart."""
    words = {
        "title": f"{one.heading}, {one.around}",
        "language": tongue(one.language),
        "accent": one.accent,
        "width": _WIDTHS[sheet],
        "copies": 2 if sheet == Sheet.LEAFLET else 1,
        "poster": {**asdict(one), "made_on": "", "qr": code(one.leads_to), "qr_says": one.code_says},
    }
    return typeset("poster", words, made_on=one.made_on)


def cards(
    several: Sequence[Card],
    *,
    title: str,
    how: str,
    language: str = "sv",
    accent: str = "#0e4d57",
    made_on: date | None = None,
) -> bytes:
    """Cards of 85.6 × 54 mm on A4, with what to do with the sheet above them."""
    words = {
        "title": title,
        "how": how,
        "language": tongue(language),
        "accent": accent,
        "cards": [{**asdict(one), "qr": code(one.leads_to), "qr_says": one.code_says} for one in several],
    }
    return typeset("cards", words, made_on=made_on)


def listing(
    rows: Sequence[Row],
    *,
    title: str,
    lead: tuple[str, ...],
    none: str,
    language: str = "sv",
    made_on: date | None = None,
) -> bytes:
    """A list in large print; `none` is said where it is empty."""
    words = {
        "title": title,
        "lead": lead,
        "none": none,
        "language": tongue(language),
        "rows": [asdict(row) for row in rows],
    }
    return typeset("listing", words, made_on=made_on)


def code(leads_to: str) -> str:
    """A QR code as SVG, with the white around it that a camera needs."""
    drawn = BytesIO()
    segno.make(leads_to, error="m", micro=False).save(
        drawn, kind="svg", border=2, xmldecl=False, light="#fff"
    )
    return drawn.getvalue().decode()


def _words(one: Letter) -> dict[str, object]:
    return {name: value for name, value in asdict(one).items() if name != "made_on"}


def tongue(language: str) -> str:
    """The language as PDF names it: easy Swedish is Swedish."""
    return language.replace("_", "-").split("-", 1)[0].lower()
