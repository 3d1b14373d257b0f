"""What axe-core finds on a page, told so that it can be mended.

A page that was found good is not looked at again while it stands the same: same elements, classes, states and
focus, same styles, same size and colours. Which words stand there is nothing to axe, only whether some do.
"""

import hashlib
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
SHAPE = Path(__file__).parent / "shape.js"
RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
CONTRAST = "() => axe.run(document, {runOnly: ['color-contrast'], resultTypes: ['violations']})"


_REMEMBERED: list[Path] = []


def remember_in(folder: Path) -> None:
    """Where the processes of this run tell each other what they have found good."""
    folder.mkdir(exist_ok=True)
    _REMEMBERED[:] = [folder]


def mark_of(page: Page) -> Path | None:
    """What stands for this page as it stands; None where nothing is remembered."""
    if not _REMEMBERED:
        return None
    shape: str = page.evaluate(_read(SHAPE))
    return _REMEMBERED[0] / hashlib.sha256(shape.encode()).hexdigest()


@cache
def _read(script: Path) -> str:
    return script.read_text(encoding="utf-8")


def findings(page: Page) -> list[str]:
    """Every finding on the page as it stands, one line for each element."""
    # Through the debugger's own world the page's content policy stays as strict as it is.
    if not page.evaluate("() => typeof window.axe === 'object'"):
        page.evaluate(_read(SCRIPT))
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


def by_day_and_night(page: Page) -> list[str]:
    """Every finding, in the colours of the day and of the dark; not again of what was found good."""
    mark = mark_of(page)
    if mark is not None and mark.exists():
        return []
    with _with_scripts(page) as seen:
        found = [*findings(seen), *findings_in_the_dark(seen)]
    if mark is not None and not found:
        mark.touch()
    return found


def look(page: Page) -> None:
    """Fail when axe finds anything, by day or in the dark."""
    found = by_day_and_night(page)
    assert found == [], "\n".join([f"axe on {page.url} at {page.viewport_size}:", *found])
