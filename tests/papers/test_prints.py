"""Posters, leaflets, cards and lists: tagged, with words for each picture, the same every time."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handtag.papers.documents import Card, Fact, Poster, Row, Sheet, cards, code, listing, poster
from tests.papers.reading import MM, check, kinds, reader, tags, text

POSTER = Poster(
    around="Ödåkra",
    heading="Ett handtag nära dig",
    lead="Här hjälper vi varandra i vardagen.",
    choices=(Fact("Jag behöver hjälp", "Handla, ärenden."), Fact("Jag vill hjälpa", "En timme räcker.")),
    leads_to="https://handtag.example/helsingborg/hos/01a2018e-c279-7649-a20e-ee8c25a84dc1/",
    code_says="handtag.example/helsingborg",
    scan="Rikta mobilens kamera mot koden.",
    address="handtag.example/helsingborg",
    phone="Ring oss på 042-10 50 00.",
)
CARD = Card(
    sender="Handtag",
    name="Leila",
    facts=(Fact("Kod", "k7xw9q2m"),),
    say=("“Jag heter Leila.”",),
    leads_to="https://handtag.example/h/behorighet/k7xw9q2m/",
    code_says="handtag.example/h/behorighet/k7xw9q2m/",
)


@pytest.mark.parametrize(
    ("sheet", "wide", "high"), [(Sheet.A3, 297, 420), (Sheet.A4, 210, 297), (Sheet.LEAFLET, 297, 210)]
)
def test_each_size_is_one_tagged_page(sheet: Sheet, wide: int, high: int) -> None:
    pdf = poster(POSTER, sheet)
    check(pdf)
    (page,) = reader(pdf).pages
    assert float(page.mediabox.width) / MM == pytest.approx(wide, abs=0.5)
    assert float(page.mediabox.height) / MM == pytest.approx(high, abs=0.5)


def test_two_leaflets_are_read_aloud_once() -> None:
    pdf = poster(POSTER, Sheet.LEAFLET)
    assert text(pdf).count(POSTER.heading) == 2
    assert [kinds(pdf).count(kind) for kind in ("/H1", "/H2", "/Figure")] == [1, 2, 1]


def test_the_code_has_words() -> None:
    (figure,) = (tag for tag in tags(poster(POSTER)) if str(tag["/S"]) == "/Figure")
    assert str(figure["/Alt"]) == POSTER.code_says


def test_the_code_leads_where_it_shall() -> None:
    assert code(POSTER.leads_to) != code(CARD.leads_to)
    assert code(POSTER.leads_to) == code(POSTER.leads_to)


@pytest.mark.parametrize("language", ["ar", "uk", "fi", "so", "sv-easy"])
def test_in_each_language(language: str) -> None:
    check(poster(replace(POSTER, language=language)), language=language.partition("-")[0])


def test_a_card_for_each_helper() -> None:
    pdf = cards([CARD, replace(CARD, name="Per")], title="Kort", how="Klipp ut.")
    check(pdf)
    assert kinds(pdf).count("/Figure") == 2
    for words in ("Leila", "Per", "k7xw9q2m", "Klipp ut."):
        assert words in text(pdf)


def test_a_list_is_a_list() -> None:
    rows = [Row("Handla", ("Ödåkra", "På torsdag")) for _each in range(30)]
    pdf = listing(rows, title="Grannar", lead=("Säg till i disken.",), none="Inget just nu.")
    check(pdf)
    assert kinds(pdf).count("/LI") == 30
    assert "Inget just nu." not in text(pdf)


def test_an_empty_list_says_so() -> None:
    pdf = listing([], title="Grannar", lead=(), none="Inget just nu.")
    check(pdf)
    assert "Inget just nu." in text(pdf)


@settings(max_examples=25, deadline=None)
@given(st.text("#]*[$@\\\"'`{}<>_=~/-()abåÄ1;:&%", min_size=1, max_size=20))
def test_what_a_group_is_called_is_never_read_as_markup(name: str) -> None:
    assert f"x{name}x" in text(poster(replace(POSTER, around=f"x{name}x"))).replace("\n", "")


def test_a_colour_is_a_colour_or_refused() -> None:
    with pytest.raises(Exception, match="color"):
        poster(replace(POSTER, accent="#read('/etc/passwd')"))
