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
from typing import Final

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


def _words(one: Letter) -> dict[str, object]:
    return {name: value for name, value in asdict(one).items() if name != "made_on"}


def tongue(language: str) -> str:
    """The language as PDF names it: easy Swedish is Swedish."""
    return language.replace("_", "-").split("-", 1)[0].lower()
