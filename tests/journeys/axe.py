"""What axe-core finds on a page, told so that it can be mended."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
HTML = {"Content-Type": "text/html; charset=utf-8"}
SCRIPTS = re.compile(r"<script\b.*?</script>", re.S)
SCRIPT = Path(__file__).parent / "vendor" / "axe.min.js"
RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
CONTRAST = "() => axe.run(document, {runOnly: ['color-contrast'], resultTypes: ['violations']})"


@cache
def _script() -> str:
    return SCRIPT.read_text(encoding="utf-8")


def findings(page: Page) -> list[str]:
    """Every finding on the page as it stands, one line for each element."""
    # Through the debugger's own world the page's content policy stays as strict as it is.
    if not page.evaluate("() => typeof window.axe === 'object'"):
        page.evaluate(_script())
    return _told(page.evaluate(RUN, list(TAGS)))


def findings_in_the_dark(page: Page) -> list[str]:
    """What can be read by day and not by night; nothing but the colours differ."""
    if page.evaluate("() => matchMedia('(prefers-color-scheme: dark), (forced-colors: active)').matches"):
        return []
    page.emulate_media(color_scheme="dark")
    found = _told(page.evaluate(CONTRAST))
    page.emulate_media(color_scheme="light")
    return found


def _told(found: dict[str, Any]) -> list[str]:
    return [
        f"{violation['id']} ({violation['impact']}): {node['target']}\n"
        f"      {node['html'][:160]}\n"
        f"      {node['failureSummary'].replace(chr(10), ' ')}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@contextmanager
def _with_scripts(page: Page) -> Iterator[Page]:
    """The page as it stands where axe can run: where scripts are off its timers never strike."""
    if page.evaluate("() => !matchMedia('(scripting: none)').matches"):
        yield page
        return
    as_it_stands = SCRIPTS.sub("", page.content()).replace("noscript>", "div>")
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(viewport=page.viewport_size, reduced_motion="reduce")
    other = context.new_page()
    other.route(page.url.partition("#")[0], lambda route: route.fulfill(body=as_it_stands, headers=HTML))
    other.goto(page.url)
    yield other
    context.close()


def look(page: Page) -> None:
    """Fail when axe finds anything, by day or in the dark."""
    with _with_scripts(page) as seen:
        found = [*findings(seen), *findings_in_the_dark(seen)]
    assert found == [], "\n".join([f"axe on {page.url} at {page.viewport_size}:", *found])
