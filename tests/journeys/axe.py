"""What axe-core finds on a page, told so that it can be mended."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SCRIPT = Path(__file__).parent / "vendor" / "axe.min.js"
RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"


@cache
def _script() -> str:
    return SCRIPT.read_text(encoding="utf-8")


def findings(page: Page) -> list[str]:
    """Every finding on the page as it stands, one line for each element."""
    # Through the debugger's own world the page's content policy stays as strict as it is.
    if not page.evaluate("() => typeof window.axe === 'object'"):
        page.evaluate(_script())
    found: dict[str, Any] = page.evaluate(RUN, list(TAGS))
    return [
        f"{violation['id']} ({violation['impact']}): {node['target']}\n"
        f"      {node['html'][:160]}\n"
        f"      {node['failureSummary'].replace(chr(10), ' ')}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def look(page: Page) -> None:
    """Fail when axe finds anything."""
    found = findings(page)
    assert found == [], "\n".join([f"axe on {page.url} at {page.viewport_size}:", *found])
