"""How words are collected from code and pages, merged, checked and compiled."""

import gettext
import json
from pathlib import Path

import pytest

from tools import messages, pseudo

CODE = """
from django.utils import translation
from django.utils.translation import gettext_lazy as _, ngettext, pgettext

TITLE = _("An ask " "in two pieces")
many = ngettext("%(count)s neighbour", "%(count)s neighbours", 3)
door = pgettext("of a house", "Door")
again = translation.gettext("Again")
print("not said")
"""
PAGE = """
{% translate "From a page" %} {% translate "Open" context "a door" %}
{% blocktranslate trimmed with name=person.name %}
  Hello
  {{ name }}
{% endblocktranslate %}
{% blocktranslate trimmed count n=asks|length %}{{ n }} ask{% plural %}{{ n }} asks{% endblocktranslate %}
<c-button label="{% translate 'In an attribute' %}">{{ title|default:_("None yet") }}</c-button>
"""


@pytest.fixture
def product(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A product of one module and one page."""
    (tmp_path / "handtag" / "front" / "templates").mkdir(parents=True)
    (tmp_path / "handtag" / "front" / "views.py").write_text(CODE)
    (tmp_path / "handtag" / "front" / "templates" / "page.html").write_text(PAGE)
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "LOCALE", tmp_path / "locale")
    monkeypatch.setattr(messages, "collect", lambda: found_in(tmp_path))
    return tmp_path


_collect = messages.collect


def found_in(root: Path) -> dict[messages.Key, messages.Found]:
    return _collect(root)


def test_words_are_found_in_code_and_pages(product: Path) -> None:
    found = messages.collect()
    assert {key: one.plural for key, one in found.items()} == {
        (None, "An ask in two pieces"): None,
        (None, "%(count)s neighbour"): "%(count)s neighbours",
        ("of a house", "Door"): None,
        (None, "Again"): None,
        (None, "From a page"): None,
        ("a door", "Open"): None,
        (None, "Hello %(name)s"): None,
        (None, "%(n)s ask"): "%(n)s asks",
        (None, "In an attribute"): None,
        (None, "None yet"): None,
    }
    assert found[None, "Again"].files == {"handtag/front/views.py"}


def test_a_text_in_pieces_is_refused(product: Path) -> None:
    views = product / "handtag" / "front" / "views.py"
    views.write_text('from django.utils.translation import gettext\ngettext(f"Hello {1}")\n')
    with pytest.raises(messages.Wrong, match=r"views\.py:2"):
        messages.collect()


def test_translations_outlive_an_update_and_obsolete_ones_do_not(product: Path) -> None:
    translate(product, {"Again": "Igen"})
    messages.update()
    assert messages.read("sv").get("Again").string == "Igen"
    before = messages.po_file("sv").read_bytes()
    messages.update()
    assert messages.po_file("sv").read_bytes() == before
    (product / "handtag" / "front" / "views.py").write_text("")
    messages.update()
    assert messages.read("sv").get("Again") is None


def test_what_is_missing_or_broken_is_told(product: Path) -> None:
    translate(product, {"Hello %(name)s": "Hej", "%(n)s ask": ["En fråga", "%(n)s frågor"]})
    problems = messages.problems("sv", messages.collect())
    assert "'Hello %(name)s': placeholders [] instead of ['%(name)s']" in problems
    assert "'Again': not translated" in problems
    assert not [problem for problem in problems if "ask'" in problem]
    (product / "handtag" / "front" / "views.py").write_text("")
    assert "nobody says: 'Again'" in messages.problems("sv", messages.collect())


def test_translations_nobody_asked_for_are_named(product: Path, capsys: pytest.CaptureFixture[str]) -> None:
    translate(product, {"Nobody says this": "Ingen säger detta"})
    assert "Nobody says this" in capsys.readouterr().out


def test_the_compiled_catalogue_speaks(product: Path) -> None:
    translate(
        product,
        {
            "Again": "Igen",
            "of a house\u0004Door": "Dörr",
            "%(count)s neighbour": ["en granne", "%(count)s grannar"],
        },
    )
    messages.compile_all()
    spoken = gettext.translation("django", product / "locale", ["sv"])
    assert spoken.gettext("Again") == "Igen"
    assert spoken.pgettext("of a house", "Door") == "Dörr"
    assert spoken.ngettext("%(count)s neighbour", "%(count)s neighbours", 1) == "en granne"
    assert spoken.gettext("From a page") == "From a page"


def test_the_made_up_language_says_everything(product: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pseudo, "collect", messages.collect)
    pseudo.make(product / "made-up", "ar", right_to_left=True)
    spoken = gettext.translation("django", product / "made-up", ["ar"])
    assert spoken.gettext("Again") != "Again"
    assert "%(name)s" in spoken.gettext("Hello %(name)s")
    assert "%(n)s" in spoken.ngettext("%(n)s ask", "%(n)s asks", 7)


def translate(product: Path, words: dict[str, object]) -> None:
    """Merge some translations, as a translator's file."""
    file = product / "words.json"
    file.write_text(json.dumps(words))
    messages.merge([file], "sv")
