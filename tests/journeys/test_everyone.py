"""For everyone: keyboard alone, no scripts, a narrow screen, forced colours, words from right to left."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from handtag.municipalities.models import Municipality
from tests.journeys.keys import Keys
from tests.journeys.looks import cut_off, without_an_edge
from tests.journeys.sample import Sample
from tests.journeys.steps import ask_as_a_visitor, ask_for, code_at_the_door, say_yes
from tests.journeys.visit import Visit, code_in_the_post
from tests.journeys.walk import pages
from tools import pseudo

RESIDENTS = ("asker", "helper", "second_asker", "new_helper", "protected", "")
STAFF = ("coordinator", "caseworker", "officer", "administrator", "agent", "host", "evaluator")
NARROW = 320
Kinds = dict[str, tuple[str, str]]


_FOUND: dict[tuple[str, ...], Kinds] = {}


def kinds_of_page(sample: Sample, keys: Iterable[str] = RESIDENTS) -> Kinds:
    """Every kind of page that these come to: who sees it, and where. Walked once: the town is put back."""
    found = _FOUND.setdefault(tuple(keys), {})
    for key in () if found else keys:
        for page in pages(sample.browser(key), "/helsingborg/"):
            found.setdefault(page.route, (key, page.path))
    return found


def opened(sample: Sample, kinds: Kinds, **how: Any) -> Iterable[tuple[Visit, str]]:
    """Each of these pages in a browser, one after the other."""
    visits: dict[str, Visit] = {}
    for key, path in kinds.values():
        if key not in visits:
            visits[key] = sample.visit(key, **how)
        visits[key].page.goto(path)
        yield visits[key], f"{key or 'a visitor'}: {path}"


def test_a_visitor_asks_with_the_keyboard_alone(sample: Sample) -> None:
    asker = sample.visit().go()
    keys = Keys(asker.page)
    keys.press("Tab")
    assert keys.focused("e => e.classList.contains('skip')"), "the first stop leads past the menu"
    keys.press("Enter", "Tab")
    assert keys.focused("e => document.querySelector('main').contains(e)"), "it does not lead into the page"
    keys.follow(".doors a")
    keys.to("for_whom").press("Space").send()
    keys.send()
    assert keys.focused("e => e.matches('[role=alert]')"), "what is wrong is not where the keyboard is"
    keys.press("Tab", "Enter")
    keys.to("service").press("Space").send()
    keys.to("need").type("Mjölk och bröd").send()
    keys.to("when").press("ArrowDown").to("part").press("Space").send()
    keys.to("place").type("Kattarp").to("address").type("Storgatan 1").send()
    keys.follow("main a.btn")
    keys.to("email").type("tangent@example.se").send()
    keys.to("code").type(code_in_the_post("tangent@example.se")).send()
    keys.to("given_name").type("Tage").to("family_name").type("Ek").to("age").press("Space", "ArrowUp")
    keys.to("place").type("Kattarp").send()
    keys.to("accepted").press("Space").send()
    asker.sees("The code comes here when a neighbour has said yes.").look()


def test_a_visitor_asks_without_scripts(sample: Sample) -> None:
    visitor = sample.visit(javascript=False, width=390)
    ask = ask_as_a_visitor(visitor, "noscript@example.se", "Nils", "Ek", place="Ödåkra")
    visitor.press("Take back the question").sees("The question has been taken back")
    assert visitor.id == ask


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
    assert too_wide(sample, kinds_of_page(sample), width=NARROW) == []


def test_nothing_staff_see_is_wider_than_a_narrow_screen(sample: Sample) -> None:
    assert too_wide(sample, kinds_of_page(sample, STAFF), width=NARROW) == []


def test_a_desk_at_four_hundred_per_cent_is_a_narrow_screen(sample: Sample) -> None:
    """What is left is 320 by 225: nothing may be wider, nor stand still over what one reads."""
    stuck = "() => [...document.querySelectorAll('body *')].filter(e => ['fixed', 'sticky']"
    stuck += ".includes(getComputedStyle(e).position) && e.getBoundingClientRect().height > 56).length"
    found = []
    for visit, where in opened(sample, kinds_of_page(sample), zoom=4):
        assert visit.page.evaluate("[innerWidth, innerHeight, devicePixelRatio]") == [320, 225, 4]
        if visit.is_wider_than_the_screen or visit.page.evaluate(stuck):
            found.append(where)
    assert found == []


def test_forced_colours_leave_every_choice_and_state_visible(sample: Sample) -> None:
    asker = sample.visit("asker", forced_colours=True)
    asker.go("be-om-hjalp/for-vem/").choose("for_whom", "self")
    chosen, other = asker.page.locator('[name="for_whom"]').all()
    assert appearance(chosen) != appearance(other), "what is chosen does not show"
    ask = ask_for(asker, "shopping", need="Mjölk")
    say_yes(sample.visit("helper", forced_colours=True), ask)
    assert not without_an_edge(asker.again().page), "the code has no edge"


def test_forced_colours_leave_every_button_and_field_an_edge(sample: Sample) -> None:
    found = []
    for visit, where in opened(sample, kinds_of_page(sample, (*RESIDENTS, *STAFF)), forced_colours=True):
        assert visit.page.evaluate("matchMedia('(forced-colors: active)').matches")
        found += [f"{where}: {one}" for one in without_an_edge(visit.page)]
    assert found == []


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
    assert too_wide(sample, found, width=NARROW, reads=language) == []
    if not right_to_left:
        assert too_wide(sample, found, width=1280, reads=language) == []


@pytest.mark.parametrize(
    ("language", "how"),
    [
        ("ar", {"width": 390}),
        ("ar", {"zoom": 4, "dark": True}),
        ("fi", {"width": NARROW}),
        ("so", {"width": NARROW}),
    ],
    ids=["arabic in a hand", "arabic at 400 % in the dark", "finnish", "somali"],
)
def test_the_languages_that_are_spoken_here_fit(sample: Sample, language: str, how: dict[str, Any]) -> None:
    assert too_wide(sample, kinds_of_page(sample), reads=language, **how) == []


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


def too_wide(sample: Sample, kinds: Kinds, **how: Any) -> list[str]:
    """Pages that would have to be scrolled sideways, or on which words are cut off."""
    assert len(kinds) > 35, f"only {len(kinds)} kinds of page: {sorted(kinds)}"
    found = []
    for visit, where in opened(sample, kinds, **how):
        if how.get("reads"):
            html = visit.page.locator("html")
            assert html.get_attribute("lang") == how["reads"]
            assert html.get_attribute("dir") == ("rtl" if how["reads"] == "ar" else "ltr")
        if visit.is_wider_than_the_screen:
            found.append(f"{where}: wider")
        found += [f"{where}: cut off: {words}" for words in cut_off(visit.page)]
    return found
