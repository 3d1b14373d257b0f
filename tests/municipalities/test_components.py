"""The parts of a page: what a reader hears and sees of each, and how errors lead to their fields."""

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.template import Context, Template, engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from handtag.municipalities.templatetags import house


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


class Words(str):
    """A choice with a picture and a hint."""

    icon, hint = "dog", "Half an hour"


class Wish(forms.Form):
    when = forms.CharField(label="When?", help_text="For example tomorrow.")
    service = forms.ChoiceField(
        label="What?", widget=forms.RadioSelect, choices=[("a", Words("Dog walk")), ("b", "Shopping")]
    )
    read = forms.BooleanField(label="I have read it")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)


def drawn(source: str, **context: Any) -> str:
    engine = engines["django"].engine
    template = Template(CottonCompiler().process(source), engine=engine)
    return re.sub(r"\s*\n\s*", "", template.render(Context(context)))


def test_a_field_has_label_hint_and_input_that_know_each_other() -> None:
    html = drawn('<c-field :field="form.when" />', form=Wish())
    assert '<label for="id_when">When?</label>' in html
    assert 'id="id_when_helptext">For example tomorrow.' in html
    assert 'aria-describedby="id_when_helptext"' in html
    assert "required" in html


def test_an_error_stands_above_its_input_and_is_read_with_it() -> None:
    html = drawn('<c-field :field="form.when" />', form=Wish({}))
    assert html.index('id="id_when_error"') < html.index("<input")
    assert 'aria-describedby="id_when_helptext id_when_error"' in html
    assert 'aria-invalid="true"' in html


def test_radios_with_pictures() -> None:
    html = drawn('<c-field :field="form.service" look="picks" />', form=Wish({"service": "a"}))
    assert "<legend>What?</legend>" in html
    assert html.count('class="pick"') == 2
    assert '#dog"' in html
    assert ">Half an hour<" in html
    assert html.count("checked") == 1


def test_the_label_may_be_the_heading() -> None:
    assert "<legend><h1>What?</h1></legend>" in drawn('<c-field :field="form.service" h1 />', form=Wish())
    assert '<h1><label for="id_when">When?</label></h1>' in drawn(
        '<c-field :field="form.when" h1 />', form=Wish()
    )


def test_what_may_be_left_out_says_so() -> None:
    assert "(if you like)" in drawn('<c-field :field="form.note" />', form=Wish())
    assert "(if you like)" not in drawn('<c-field :field="form.note" plain />', form=Wish())


def test_the_summary_links_to_every_field_that_is_wrong() -> None:
    form = Wish({})
    form.add_error(None, "Too late.")
    html = drawn('<c-errors :form="form" />', form=form)
    assert re.findall(r'href="#([^"]+)"', html) == ["id_when", "id_service_0", "id_read"]
    assert "<li>Too late.</li>" in html
    page = drawn('{% for f in form %}<c-field :field="f" />{% endfor %}', form=form)
    for target in ("id_when", "id_service_0", "id_read"):
        assert f'id="{target}"' in page


def test_no_summary_when_all_is_well() -> None:
    assert drawn('<c-errors :form="form" />', form=Wish()).strip() == ""


def test_words_of_people_are_never_markup() -> None:
    html = drawn('<c-field :field="form.when" />', form=Wish({"when": '"><script>'}))
    assert "<script>" not in html


def test_the_code_is_read_digit_by_digit() -> None:
    assert 'aria-label="4 7 1 9"' in drawn('<c-plate code="4719" />')
    assert 'aria-label="No code yet"' in drawn("<c-plate />")


def test_a_timeline_says_in_words_what_it_shows() -> None:
    steps = [
        SimpleNamespace(state="done", icon="check", title="You asked", words="today"),
        SimpleNamespace(state="now", icon="users", title="Three neighbours have it", words=""),
        SimpleNamespace(state="next", icon="door-open", title="You meet", words=""),
    ]
    html = drawn('<c-timeline :steps="steps" />', steps=steps)
    assert "Done: </span>You asked" in html
    assert 'aria-current="step"' in html
    assert "To come: </span>You meet" in html


def test_a_button_that_cannot_be_used_says_why() -> None:
    html = drawn('<c-button why="One demand remains.">Grant</c-button>')
    assert 'aria-disabled="true"' in html
    assert "One demand remains." in html


def test_icons_that_point_turn_with_the_reading_direction() -> None:
    assert 'class="icon flip"' in house.icon("arrow-right")
    assert 'class="icon"' in house.icon("phone")
    assert 'aria-hidden="true"' in house.icon("phone")


@pytest.mark.parametrize(
    ("said", "link"),
    [("040-628 04 00", "tel:+46406280400"), ("112", "tel:112"), ("1177", "tel:1177"), ("", "")],
)
def test_a_phone_number_can_be_called(said: str, link: str) -> None:
    assert house.tel(said) == link


@pytest.mark.parametrize(
    "page", ["400.html", "403.html", "403_csrf.html", "404.html", "409.html", "500.html"]
)
def test_an_error_page_stands_without_a_request(page: str) -> None:
    html = render_to_string(page)
    assert html.count("<h1>") == 1
    assert 'data-person=""' in html


def test_the_base_page_names_who_is_logged_in_and_the_role() -> None:
    from handtag.kernel import ids
    from handtag.kernel.actor import Actor, Hat
    from handtag.kernel.rights import Role

    request = RequestFactory().get("/")
    person = ids.new()
    request.actor = Actor(person, ids.new(), (Hat(Role.COORDINATOR),))
    request.person_name = "Maria"
    html = render_to_string("staff.html", request=request)
    assert f'data-person="{person}"' in html
    assert "Coordinator" in html
    assert "Maria" in html


def test_the_page_says_which_way_it_reads() -> None:
    with translation.override("sv"):
        assert '<html lang="sv" dir="ltr">' in render_to_string("404.html")
    with translation.override("ar"):
        assert '<html lang="ar" dir="rtl">' in render_to_string("404.html")
