"""The typesetter: a sheet and its words in, accessible PDF (PDF/A-2a, PDF/UA-1) out, always the same bytes.

The words go in as data and are never read as markup. No font of the machine is used: what our own fonts do
not hold is shown by the nearest letter that they do, else by a question mark.
"""

import json
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final

import typst

HERE: Final = Path(__file__).parent
SHEETS: Final = HERE / "sheets"
FONTS: Final = HERE / "fonts"
# The archive's standard asks every file for a date; it is given, so that the same words make the same file.
UNDATED: Final = date(2026, 1, 1)
LINE_ENDS: Final = "\n"

_one_at_a_time = Lock()  # a compiler cannot be entered twice, and one print shall not take every core


def typeset(sheet: str, words: Mapping[str, object], *, made_on: date | None = None) -> bytes:
    """The sheet of this name with these words, as a PDF."""
    data = json.dumps(_printable(words), ensure_ascii=False)
    with _one_at_a_time:
        made = _compiler().compile(
            input=SHEETS / f"{sheet}.typ",
            format="pdf",
            sys_inputs={"data": data},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=datetime.combine(made_on or UNDATED, time(12), UTC),
        )
    if not isinstance(made, bytes):
        raise TypeError(f"the typesetter gave no PDF for {sheet}")
    return made


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    return typst.Compiler(root=SHEETS, font_paths=fonts)


def _printable(words: object) -> object:
    """The same words with every letter one that our fonts hold."""
    if isinstance(words, str):
        return held(words)
    if isinstance(words, Mapping):
        return {key: _printable(value) for key, value in words.items()}
    if isinstance(words, list | tuple):
        return [_printable(one) for one in words]
    return words


def held(words: str) -> str:
    """These words in letters that our fonts hold: `Nguyễn` as `Nguyên`, a picture as a question mark."""
    return "".join(_held(letter) for letter in unicodedata.normalize("NFC", words))


def _held(letter: str) -> str:
    if letter == LINE_ENDS or _holds(letter):
        return letter
    if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Mn"):
        return " " if letter in "\t\r\u2028\u2029\x0b\x0c" else ""
    if letter.isspace():
        return " "
    parts = unicodedata.normalize("NFKD", letter)
    while parts:
        nearest = unicodedata.normalize("NFC", parts)
        if all(_holds(part) and unicodedata.category(part) != "Mn" for part in nearest):
            return nearest
        parts = parts[:-1]  # one mark less
    return "?"


@cache
def _ranges() -> tuple[tuple[int, ...], tuple[int, ...]]:
    spans = json.loads((FONTS / "fonts.json").read_text())["letters"]
    return tuple(first for first, _ in spans), tuple(last for _, last in spans)


def _holds(letter: str) -> bool:
    firsts, lasts = _ranges()
    place = bisect_right(firsts, ord(letter)) - 1
    return place >= 0 and ord(letter) <= lasts[place] and unicodedata.category(letter) not in ("Cc", "Co")
