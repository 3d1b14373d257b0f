"""Letters: for everybody's reader, in the envelope's window, with names as they are written."""

import hashlib
import json
import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handtag.papers.documents import WINDOW, Fact, Letter, letter, letters
from handtag.papers.typesetting import FONTS, held
from tests.papers.reading import check, kinds, pages, places, reader, tags, text

LETTER = Letter(
    sender=("Helsingborgs stad", "Kontaktcenter", "251 89 Helsingborg"),
    recipient=("Elsa Lund", "Storgatan 12 lgh 1202", "252 23 Helsingborg"),
    dated="22 november 2026",
    heading="Fatima kommer på torsdag",
    paragraphs=("Hej Elsa!", "En granne har sagt ja."),
    facts=(Fact("När", "På torsdag kl. 14"), Fact("Dörrkod", "4 8 2 1")),
    closing=("Vänliga hälsningar\nHandtag i Helsingborg",),
    footer="Ring oss på 042-10 50 00.",
)
ARABIC = replace(
    LETTER,
    language="ar",
    heading="ستأتي فاطمة",
    paragraphs=("اتصلي على 042-10 50 00",),
    closing=(),
    footer="",
)
LONG = replace(LETTER, language="uk", heading="У четвер", paragraphs=("Сусідка прийде до вас. " * 20,) * 8)

# Envelope, folded sheet, height of the window, in millimetres.
ENVELOPES = {"C5": ((229, 162), (210, 148.5), 35), "E65": ((220, 110), (210, 99), 30)}
CAPITALS = 2.7


@pytest.mark.parametrize("one", [LETTER, ARABIC, LONG, replace(LETTER, large=True)])
def test_a_letter_keeps_what_pdf_ua_promises(one: Letter) -> None:
    check(letter(one), language=one.language)


def test_it_is_read_aloud_in_the_order_of_the_page() -> None:
    pdf = letter(LETTER)
    assert kinds(pdf)[:6] == ["/Document", "/P", "/Strong", "/P", "/P", "/H1"]  # who, to whom, when, what
    lines = [line.strip() for line in text(pdf).splitlines() if line.strip()]
    wanted = ["Helsingborgs stad", "Elsa Lund", "22 november 2026", LETTER.heading, "Hej Elsa!", "Dörrkod"]
    assert [lines.index(words) for words in wanted] == sorted(lines.index(words) for words in wanted)


@pytest.mark.parametrize("envelope", ENVELOPES)
@pytest.mark.parametrize("from_right", [15, 20])
@pytest.mark.parametrize("from_top", [40, 45])
def test_the_address_shows_in_the_window_however_the_sheet_lies(
    envelope: str, from_right: int, from_top: int
) -> None:
    (wide, high), (sheet_wide, sheet_high), window = ENVELOPES[envelope]
    across, down = wide - sheet_wide, high - sheet_high  # how far the sheet slides
    left, right = wide - from_right - 90, wide - from_right - across
    top, bottom = from_top, from_top + window - down
    assert left <= WINDOW["left"]
    assert WINDOW["left"] + WINDOW["width"] <= right
    shown = [words for words in places(letter(LETTER)) if words.left > 100]
    assert [words.text for words in shown] == list(LETTER.recipient)
    for words in shown:
        assert words.left == pytest.approx(WINDOW["left"], abs=0.5)
        assert top < words.top - CAPITALS
        assert words.top < bottom


def test_nothing_else_comes_near_the_window() -> None:
    one = replace(LETTER, sender=("Helsingborgs stad", "En mycket lång rad om var avsändaren finns " * 3))
    near = [words for words in places(letter(one)) if words.left > 100 and 26 < words.top < 88]
    assert [words.text for words in near] == list(LETTER.recipient)


def test_each_letter_of_a_batch_has_pages_and_numbers_of_its_own() -> None:
    pdf = letters([LETTER, LONG, ARABIC])
    check(pdf)
    assert len(pages(pdf)) == 4
    assert "1 (2)" in pages(pdf)[1]
    assert "2 (2)" in pages(pdf)[2]
    assert "(" not in pages(pdf)[0]
    assert {str(tag["/Lang"]) for tag in tags(pdf) if "/Lang" in tag} >= {"uk", "ar"}


def test_from_right_to_left_numbers_keep_their_order() -> None:
    found = sorted((words.left, words.text) for words in places(letter(ARABIC)) if words.text.isascii())
    phone = [words for _, words in found if words.startswith("042")]
    assert phone == ["042-10 50 00"]
    assert "4 8 2 1" in [words for _, words in found]


def test_the_same_words_make_the_same_file() -> None:
    assert letter(LETTER) == letter(replace(LETTER))
    dated = reader(letter(replace(LETTER, made_on=date(2026, 11, 23)))).metadata.creation_date
    assert dated is not None
    assert dated.date() == date(2026, 11, 23)


@settings(max_examples=60, deadline=None)
@given(st.text("#]*[$@\\\"'`{}<>_=~/-()abåÄ1;:&%", min_size=1, max_size=24))
def test_a_name_prints_as_itself_and_is_never_read_as_markup(name: str) -> None:
    found = text(letter(replace(LETTER, recipient=(f"x{name}x",), heading=f"y{name}y"))).replace("\n", "")
    assert f"x{name}x" in found
    assert f"y{name}y" in found


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_any_text_at_all_can_be_printed(words: str) -> None:
    one = replace(LETTER, recipient=(words,), heading=f"1{words}", facts=(Fact(words, words),))
    check(letter(one))


def test_letters_that_our_fonts_lack_become_the_nearest() -> None:
    assert held("Nguyễn Łukasz Åsa Їжак فاطمة") == "Nguyên Łukasz Åsa Їжак فاطمة"
    assert held("Li 李 🙂") == "Li ? ?"
    assert held(unicodedata.normalize("NFD", "Åsa")) == "Åsa"


def test_the_printed_fonts_are_those_cut_from_the_site() -> None:
    lock = json.loads((FONTS / "fonts.json").read_text())
    site = FONTS.parents[2] / "static" / "fonts"
    for folder, hashes in ((site, lock["sources"]), (FONTS, lock["files"])):
        for name, wanted in hashes.items():
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
            assert found == wanted, f"{name}: run tools/print_fonts.py"
    assert {path.name for path in FONTS.glob("*.ttf")} == set(lock["files"])
