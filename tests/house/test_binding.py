"""What somebody agrees to stands in the reader's language and, beneath, in the Swedish that holds.

Each text of that kind is listed here with the template that shows it: a new one is listed, and shown so.
"""

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.db import models
from django.utils import translation

from handtag.mandates import rules
from handtag.mandates.queries import CONSENTS
from handtag.municipalities.templatetags import house
from tests.house.ground import listed
from tools.messages import ROOT

# A box that must be ticked is how one agrees; these are such boxes, and where the words stand it is about.
BOXES = {
    "ambassadors.forms.NewHelpedForm.said_yes": "ambassadors/templates/ambassadors/take_on.html",
    "desk.forms.asking.ReadForm.accepted": "desk/templates/desk/_sheet.html",
    "errands.forms.asking.SendForm.accepted": "errands/templates/errands/ask_send.html",
    "errands.forms.meeting.YesForm.accept": "errands/templates/errands/open_ask.html",
    # What staff have asked or seen, and the sheet of all the parts: nothing is agreed to.
    "desk.forms.calling.HandOnForm.agreed": "",
    "front.forms.states.StatesForm.agree": "",
    "permits.forms.deciding.CheckForm.shown": "",
}
# A column that keeps what was agreed to.
COLUMNS = {
    "desk.consent.in_swedish": "desk/templates/desk/_sheet.html",
    "errands.ask.responsibility": "errands/templates/errands/open_ask.html",
    "mandates.mandate.consent": "mandates/templates/mandates/sheet.html",
    "permits.service.responsibility": "errands/templates/errands/ask_send.html",
}
SAYING_YES = ("consent", "responsibility", "in_swedish")
# Not asked for with a box, but read before one joins.
PAGES = ("municipalities/templates/municipalities/personal_data.html",)
SHOWN_BY = (
    "in_swedish|",
    "in wordings",
    '{% include "binding.html"',
    "{% binding ",
    "personal_data_words.html",
    "mandates/_wording.html",
)


def boxes() -> Iterator[str]:
    """Every box in a form that must be ticked."""
    for file in (ROOT / "handtag").rglob("*.py"):
        parts = file.relative_to(ROOT).with_suffix("").parts
        if "forms" not in parts:
            continue
        module = importlib.import_module(".".join(parts).removesuffix(".__init__"))
        for form in vars(module).values():
            if isinstance(form, type) and issubclass(form, forms.Form) and form.__module__ == module.__name__:
                for name, field in form.base_fields.items():
                    if isinstance(field, forms.BooleanField) and field.required:
                        yield f"{'.'.join(parts[1:])}.{form.__name__}.{name}"


def columns() -> Iterator[str]:
    """Every column that keeps words somebody has said yes to."""
    for model in apps.get_models():
        if model.__module__.startswith("handtag."):
            for field in model._meta.local_fields:
                if field.name in SAYING_YES and isinstance(field, models.TextField):
                    yield f"{model._meta.label_lower}.{field.name}"


def test_every_box_that_says_yes_is_listed() -> None:
    assert set(boxes()) == set(BOXES)


def test_every_column_that_keeps_a_yes_is_listed() -> None:
    assert set(columns()) == set(COLUMNS)


@pytest.mark.parametrize("file", sorted({*BOXES.values(), *COLUMNS.values(), *PAGES} - {""}))
def test_the_swedish_stands_beneath(file: str) -> None:
    words = (Path(ROOT) / "handtag" / file).read_text(encoding="utf-8")
    assert any(sign in words for sign in SHOWN_BY), f"{file} shows no Swedish: include binding.html"


def test_consents_in_forms_and_pages_are_no_bare_words() -> None:
    """Words of consent in a template outside the partial: "I consent", "I agree to", "I say yes to"."""
    wrong = []
    for file in (ROOT / "handtag").rglob("templates/**/*.html"):
        for line in file.read_text(encoding="utf-8").splitlines():
            if (
                any(sign in line for sign in ("I consent", "I agree to", "I say yes to"))
                and "noop" not in line
            ):
                wrong.append(f"{file.relative_to(ROOT)}: {line.strip()[:80]}")
    assert wrong == [], listed(wrong)


def test_the_words_read_aloud_are_the_swedish_of_the_consent() -> None:
    with translation.override("sv"):
        assert {number: str(words) for number, words in CONSENTS.items()} == rules.CONSENTS


@pytest.mark.parametrize("language", ["en", "ar", "uk", "fi", "so", "sv-easy"])
def test_a_text_of_ours_says_its_swedish_too(language: str) -> None:
    with translation.override(language):
        both = house.binding(
            "You can end it at any time: on the page, or by ringing us. You need not say why."
        )
    assert both["binding"].startswith("Du kan ")
    assert both["said"] != both["binding"] or language == "sv-easy"
