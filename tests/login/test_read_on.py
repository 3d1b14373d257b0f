"""Another language in the middle of a form: nothing is sent, nothing is lost, nothing is kept anywhere."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from handtag.cases.models import Case
from handtag.kernel.actor import Actor
from handtag.login.rules.refilling import refilled
from handtag.people.models import Person
from tests.login.conftest import Town

ClientOf = Callable[[Actor], Client]

pytestmark = pytest.mark.django_db
PATH = "/helsingborg/tillganglighet/"
TOLD = 'Jag ser inte knappen <här> & "där"\noch inte där'


def filled(**more: str) -> dict[str, str]:
    return {"words": TOLD, "answer_to": "elsa@example.se", "submission": uuid4().hex, **more}


def test_the_page_comes_back_in_the_other_language_with_what_was_typed(town: Town, client: Client) -> None:
    page = client.post(PATH, filled(read_in="ar"))
    assert page.status_code == 200
    assert 'dir="rtl"' in page.text
    assert page["Content-Language"] == "ar"
    assert "Jag ser inte knappen &lt;här&gt; &amp; &quot;där&quot;\noch inte där</textarea>" in page.text
    assert 'value="elsa@example.se"' in page.text
    assert page.cookies["sprak"].value == "ar"
    assert "no-store" in page["Cache-Control"]
    assert 'dir="rtl"' in client.get("/helsingborg/").text, "it is not remembered"


def test_nothing_was_sent_and_nothing_is_kept(town: Town, client: Client) -> None:
    client.post(PATH, filled(read_in="ar"))
    assert not Case.objects.everywhere().exists()
    assert not Session.objects.exists()
    assert TOLD not in client.get(PATH).text


def test_the_same_submission_can_still_be_sent(town: Town, client: Client) -> None:
    sent = filled()
    client.post(PATH, {**sent, "read_in": "so"})
    assert client.post(PATH, sent).status_code == 302
    assert Case.objects.everywhere().count() == 1


def test_who_is_logged_in_reads_in_it_everywhere(town: Town, client_of: ClientOf) -> None:
    leila = town.person("Leila")
    page = client_of(leila).post(PATH, filled(read_in="fi"))
    assert Person.objects.get(pk=leila.person_id).language == "fi"
    assert TOLD.split("\n")[1] in page.text


@pytest.mark.parametrize("code", ["", "xx", "sv-EASY", "<"])
def test_no_language_is_an_ordinary_form(code: str, town: Town, client: Client) -> None:
    assert client.post(PATH, filled(read_in=code)).status_code == 302
    assert Case.objects.everywhere().count() == 1


def test_a_foreign_page_cannot_choose(town: Town, client_of: ClientOf) -> None:
    leila = town.person("Leila")
    browser = client_of(leila)
    browser.handler.enforce_csrf_checks = True
    assert browser.post(PATH, filled(read_in="fi")).status_code == 403
    assert Person.objects.get(pk=leila.person_id).language == "sv"


def test_where_a_page_is_only_written_to_one_comes_back_to_where_one_was(
    town: Town, client_of: ClientOf
) -> None:
    browser = client_of(town.person("Leila"))
    answer = browser.post("/sprak/", {"read_in": "fi", "language": "so"}, headers={"Referer": ""})
    assert answer.status_code in (200, 302)
    path = f"/helsingborg/uppdrag/{uuid4()}/klar/"
    answer = browser.post(path, {"read_in": "uk"}, headers={"Referer": "http://testserver/helsingborg/"})
    assert answer.status_code in (302, 404)


def test_every_page_that_keeps_its_fields_has_the_form(repository: Path) -> None:
    """A button that belongs to no form would do nothing."""
    for file in sorted(repository.glob("handtag/*/templates/**/*.html")):
        words = file.read_text()
        assert words.count('id="page"') == min(1, words.count("with keeps=True")), file


HTML = (
    '<!doctype html><!-- x --><form id="reading"><input name="a" value="1"></form>'
    '<form id="page" method="post"><input type="hidden" name="h" value="1">'
    '<input type="text" name="a" value="1">'
    '<input type="password" name="p"><input type="checkbox" name="c" value="x" checked>'
    '<input type="checkbox" name="c" value="y"><input type="radio" name="r" value="1" checked>'
    '<input type="radio" name="r" value="2"><textarea name="t">\nold</textarea>'
    '<select name="s"><option value="1" selected>a</option><option value="2">b</option></select>'
    '<input name="code" autocomplete="one-time-code"><input type="file" name="f"><br/></form>'
    "<p>&aring;&#229; <svg><path d='M0'/></svg><script>if (a < b && c) {}</script></p>"
)


def test_each_kind_of_field() -> None:
    fields = {
        **{"h": ["9"], "a": ['"><script>'], "p": ["hemligt"], "c": ["y"], "r": ["2"]},
        **{"t": ["</textarea><b>"], "s": ["2"], "code": ["123456"], "f": ["x"]},
    }
    page = refilled(HTML, fields)
    assert '<form id="reading"><input name="a" value="1">' in page, "a form that is not this page's"
    assert '<input type="hidden" name="h" value="1">' in page
    assert 'name="a" value="&quot;&gt;&lt;script&gt;"' in page
    for never in ("hemligt", "123456", "<b>", '"9"'):
        assert never not in page
    assert re.findall(r'value="(\w)" checked', page) == ["y", "2"]
    assert "&lt;/textarea&gt;&lt;b&gt;</textarea>" in page
    assert re.findall(r'value="(\d)" selected', page) == ["2"]


def test_a_choice_of_nothing_is_a_choice() -> None:
    form = '<form id="page"><input type="radio" name="r" value=""><input type="checkbox" name="c"></form>'
    assert refilled(form, {"r": [""], "c": ["on"]}).count(" checked>") == 2
    assert refilled(form, {"r": ["x"]}) == form


def test_all_else_stands_to_the_letter() -> None:
    kept: dict[str, Any] = {"a": ["1"], "c": ["x"], "r": ["1"], "s": ["1"], "t": ["old"]}
    assert refilled(HTML, kept) == HTML
    assert refilled(HTML.replace('id="page"', 'id="other"'), {"a": ["2"]}) == HTML.replace(
        'id="page"', 'id="other"'
    )


@given(st.text(max_size=40))
def test_no_words_break_out_of_their_field(words: str) -> None:
    page = refilled(
        '<form id="page"><input name="a"><textarea name="t"></textarea></form>', {"a": [words], "t": [words]}
    )
    assert page.count("<") == 5
    assert page.count(">") == 5
