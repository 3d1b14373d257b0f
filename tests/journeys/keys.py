"""A keyboard without a mouse, for one page after the other."""

from playwright.sync_api import Page

MOST_STOPS = 80
# The outline may be drawn around the whole choice, and it must lie on the screen.
SEEN = """e => {
  const around = [e, e.closest('label'), e.closest('.pick')].filter(Boolean);
  const box = (e.closest('.pick') || e).getBoundingClientRect();
  return e.matches(':focus-visible') && box.bottom > 0 && box.top < innerHeight && around.some(one => {
    const style = getComputedStyle(one);
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    return outlined || style.boxShadow !== 'none';
  });
}"""


class Keys:
    """Finds the way with Tab, and demands at each stop that the focus can be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> "Keys":
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def type(self, words: str) -> "Keys":
        """Write, or choose from a list by writing what it says."""
        self.page.keyboard.type(words)
        return self

    def focused(self, question: str) -> bool:
        """Ask something of the element that has the focus."""
        return bool(self.page.evaluate(f"({question})(document.activeElement)"))

    def to(self, name: str) -> "Keys":
        """Tab until a control of the field has the focus."""
        return self._until(f"e => e.name === '{name}'", name)

    def send(self) -> None:
        """Tab to the button of the step and press it."""
        self._until("e => e.matches('main form .btn:not(.quiet)')", "the button")
        self._enter()

    def follow(self, link: str) -> None:
        """Tab to the first link of this kind, and follow it."""
        self._until(f"e => e.matches('{link}')", link)
        self._enter()

    def unfold(self, what: str) -> None:
        """Tab to what is folded away, and open it."""
        self._until(f"e => e.matches('{what}')", what)
        self.press("Enter")

    def _enter(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def _until(self, question: str, what: str) -> "Keys":
        for _stop in range(MOST_STOPS):
            if self.focused("e => e !== document.body && e.tabIndex >= 0"):
                where = self.page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
                assert self.focused(SEEN), f"the focus does not show on {where}"
            if self.focused(question):
                return self
            self.press("Tab")
        raise AssertionError(f"Tab never comes to {what}")
