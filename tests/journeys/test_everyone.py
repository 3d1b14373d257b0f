"""For everyone: keyboard alone, no scripts, a narrow screen, forced colours, words from right to left."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from handtag.municipalities.models import Municipality
from tests.journeys.sample import Sample
from tests.journeys.steps import ask_for, code_at_the_door, say_yes
from tests.journeys.visit import Visit
from tests.journeys.walk import pages
from tools import pseudo

RESIDENTS = ("asker", "helper", "second_asker", "new_helper", "")
NARROW = 320  # also what is left of 1280 at 400 per cent


def kinds_of_page(sample: Sample) -> dict[str, tuple[str, str]]:
    """Every kind of page that residents and visitors come to: who sees it, and where."""
    found: dict[str, tuple[str, str]] = {}
    for key in RESIDENTS:
        for page in pages(sample.browser(key), "/helsingborg/"):
            found.setdefault(page.route, (key, page.path))
    return found


def test_asking_with_the_keyboard_alone(sample: Sample) -> None:
    asker = sample.visit("asker").go("be-om-hjalp/for-vem/")
    keys = Keys(asker.page)
    keys.press("Tab")
    assert keys.focused("e => e.classList.contains('skip')"), "the first stop leads past the menu"
    keys.press("Enter")
    for name, arrows in (("for_whom", 0), ("service", 0)):
        keys.to(name).press("Space", *["ArrowDown"] * arrows).send()
    keys.to("need").type("Mjölk och bröd").send()
    keys.to("when").press("ArrowDown").to("part").press("Space").send()
    keys.to("where").press("Space").send()
    keys.to("accepted").press("Space").send()
    asker.sees("The code comes here when a neighbour has said yes.").look()


class Keys:
    """A keyboard without a mouse: finds the way with Tab, and demands that the focus can be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> "Keys":
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def type(self, words: str) -> "Keys":
        self.page.keyboard.type(words)
        return self

    def focused(self, question: str) -> bool:
        return bool(self.page.evaluate(f"({question})(document.activeElement)"))

    def to(self, name: str) -> "Keys":
        """Tab until a control of the field has the focus."""
        return self._until(f"e => e.name === '{name}'", name)

    def send(self) -> None:
        """Tab to the button of the step and press it."""
        self._until("e => e.matches('main form .btn:not(.quiet)')", "the button")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def _until(self, question: str, what: str) -> "Keys":
        for _stop in range(60):
            if self.focused(question):
                seen = "e => e.matches(':focus-visible') && (getComputedStyle(e).outlineStyle !== 'none' "
                assert self.focused(seen + "|| getComputedStyle(e).boxShadow !== 'none')"), what
                return self
            self.press("Tab")
        raise AssertionError(f"Tab never comes to {what}")


def test_asked_taken_and_done_without_scripts(sample: Sample) -> None:
    asker = sample.visit("asker", javascript=False, width=390)
    helper = sample.visit("helper", javascript=False)
    ask = ask_for(asker, "shopping", need="Mjölk", outlay=200)
    errand = say_yes(helper, ask)
    asker.go(f"uppdrag/{errand}/").write("text", "Välkommen!").press("Send")
    helper.again().sees("Välkommen!")
    assert code_at_the_door(asker) == code_at_the_door(helper)
    helper.press("I am with %(name)s", name="Gun-Britt").press("It is done")
    asker.again().choose("how", "good").press("Send").sees("You have said how it was. Thank you!")


def test_nothing_a_resident_sees_is_wider_than_a_narrow_screen(sample: Sample) -> None:
    assert too_wide(sample, kinds_of_page(sample)) == []


def test_forced_colours_leave_every_choice_and_state_visible(sample: Sample) -> None:
    asker = sample.visit("asker", forced_colours=True)
    asker.go("be-om-hjalp/for-vem/").choose("for_whom", "self")
    chosen, other = asker.page.locator('[name="for_whom"]').all()
    assert appearance(chosen) != appearance(other), "what is chosen does not show"
    edge = "e => parseFloat(getComputedStyle(e).borderTopWidth) > 0"
    assert asker.page.locator("main .btn").first.evaluate(edge), "the button has no edge"
    assert asker.page.locator("main label.pick").first.evaluate(edge), "the choice has no edge"
    ask = ask_for(asker, "shopping", need="Mjölk")
    say_yes(sample.visit("helper", forced_colours=True), ask)
    assert asker.again().page.locator(".plate").first.evaluate(edge), "the code has no edge"


def appearance(control: Any) -> bytes:
    """How a control looks, as a picture."""
    picture: bytes = control.screenshot()
    return picture


@pytest.mark.parametrize("right_to_left", [False, True])
def test_longer_words_and_the_other_direction_fit(
    sample: Sample, tmp_path: Path, pseudo_language: Callable[[Path, bool], str], right_to_left: bool
) -> None:
    language = pseudo_language(tmp_path, right_to_left)
    found = kinds_of_page(sample)
    assert too_wide(sample, found, language=language) == []


@pytest.fixture
def pseudo_language(settings: Any) -> Any:
    """Serve a made-up language: everything longer, from the right if asked."""

    def serve(folder: Path, right_to_left: bool) -> str:
        language = "ar" if right_to_left else "de"
        pseudo.make(folder, language, right_to_left=right_to_left)
        settings.LOCALE_PATHS = [folder]
        settings.LANGUAGES = [("sv", "Svenska"), (language, "Pseudo")]
        Municipality.objects.update(languages=["sv", language])
        return language

    return serve


def too_wide(sample: Sample, found: dict[str, tuple[str, str]], *, language: str = "") -> list[str]:
    """Pages that would have to be scrolled sideways."""
    assert len(found) > 35, f"only {len(found)} kinds of page: {sorted(found)}"
    visits: dict[str, Visit] = {}
    wide = []
    for key, path in found.values():
        if key not in visits:
            visits[key] = sample.visit(key, width=NARROW, reads=language)
        visit = visits[key]
        visit.page.goto(path)
        if language:
            assert visit.page.locator("html").get_attribute("lang") == language
        if visit.is_wider_than_the_screen:
            wide.append(f"{key or 'a visitor'}: {path}")
    return wide
