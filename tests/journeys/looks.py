"""What the eye would miss or stumble over on a page as it is drawn."""

from playwright.sync_api import Page

EDGELESS = """() => [...document.querySelectorAll('.btn:not(.quiet), .pick, .plate, select, textarea, '
  + 'input:not([type=hidden]):not([type=radio]):not([type=checkbox]):not([type=file])')].filter(e => {
    const style = getComputedStyle(e);
    return e.offsetWidth && ['Top', 'Bottom'].some(side =>
      parseFloat(style[`border${side}Width`]) === 0 || style[`border${side}Style`] === 'none');
  }).map(e => e.outerHTML.slice(0, 120))"""
# What is meant to be scrolled within itself, or to be read by machines alone, is left out.
CUT_OFF = """() => [...document.querySelectorAll('body *')].filter(e =>
    [...e.childNodes].some(one => one.nodeType === 3 && one.data.trim())
    && e.offsetWidth && getComputedStyle(e).display !== 'inline' && e.scrollWidth > e.clientWidth + 1
    && !e.closest('.vh, .scroll, .map, svg, select, textarea, pre')
  ).map(e => e.outerHTML.slice(0, 120))"""


def without_an_edge(page: Page) -> list[str]:
    """What one presses or fills in that its background alone would tell from the page."""
    found: list[str] = page.evaluate(EDGELESS)
    return found


def cut_off(page: Page) -> list[str]:
    """Words that do not fit into what holds them: hidden, or run over its edge."""
    found: list[str] = page.evaluate(CUT_OFF)
    return found
