"""The journeys' own instruments: they must be able to find something."""

import pytest
from playwright.sync_api import Page

from tests.journeys.axe import findings, look, mark_of
from tests.journeys.looks import cut_off, without_an_edge

GOOD = (
    '<html lang="sv"><title>Sedd</title><style>p { color: black }</style>'
    '<main><h1>Sedd en gång</h1><label>Namn <input name="a"></label><p>Ord</p></main>'
)


def test_axe_finds_a_picture_without_words(page: Page) -> None:
    page.goto("/healthz")
    page.set_content('<html lang="sv"><title>Hej</title><main><h1>Hej</h1><img src="data:,"></main>')
    assert any(finding.startswith("image-alt") for finding in findings(page))


def test_axe_is_content_with_a_plain_page(phone: Page) -> None:
    phone.goto("/healthz")
    phone.set_content('<html lang="sv"><title>Hej</title><main><h1>Hej</h1></main>')
    assert findings(phone) == []


def test_words_that_do_not_fit_and_buttons_without_an_edge_are_found(page: Page) -> None:
    page.goto("/healthz")
    words = '<a class="btn" href="#" id="{}">Nordvästersjökustartilleri<svg></svg></a>'
    page.set_content(f"<main><h1>Hej</h1>{words.format('a')}{words.format('b')}</main>")
    page.evaluate("a.style.cssText = 'display: block; width: 5rem; border: 0'")
    page.evaluate("b.style.cssText = 'display: block; width: 50rem; border: 1px solid'")
    assert [one[:26] for one in cut_off(page)] == ['<a class="btn" href="#" id']
    assert ['id="a"' in one for one in (*cut_off(page), *without_an_edge(page))] == [True, True]


def test_a_call_to_another_host_is_stopped_and_told(page: Page, complaints: list[str]) -> None:
    page.goto("/healthz")
    page.evaluate("fetch('https://example.org/').catch(() => null)")
    assert any("https://example.org/" in said for said in complaints)
    complaints.clear()


def test_a_script_error_is_told(page: Page, complaints: list[str]) -> None:
    page.goto("/healthz")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('broken') }, 0)")
    assert any("broken" in said for said in complaints)
    complaints.clear()


def test_a_page_found_good_is_looked_at_again_once_anything_differs(page: Page) -> None:
    page.goto("/healthz")
    page.set_content(GOOD)
    look(page)
    mark = mark_of(page)
    assert mark is not None
    assert mark.exists(), "it was not remembered"
    for change in (
        "document.querySelector('label').replaceWith(document.querySelector('input'))",
        "document.styleSheets[0].insertRule('p { color: #ccc !important }', 1)",
        "document.styleSheets[0].insertRule('@media (prefers-color-scheme: dark) { p { color: #ccc } }', 1)",
        "document.querySelector('label').firstChild.data = ' '",
        "document.querySelector('input').setAttribute('role', 'nonsense')",
        "document.querySelector('h1').remove()",
    ):
        page.set_content(GOOD)
        page.evaluate(change)
        with pytest.raises(AssertionError):
            look(page)


def test_other_words_in_the_same_page_are_nothing_new(page: Page) -> None:
    page.goto("/healthz")
    page.set_content(GOOD)
    before = mark_of(page)
    page.evaluate("document.querySelector('h1').textContent = 'Other words'")
    assert mark_of(page) == before
    page.evaluate("document.querySelector('h1').remove()")
    assert mark_of(page) != before
