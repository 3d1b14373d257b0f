"""One person in one browser: walks by the words on the page, and has axe look at every page they pass."""

import re
from typing import Any

from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from handtag.notices.models import Notice
from tests.journeys import axe


def said(words: str, context: str = "", *, reads: str = "sv", **facts: Any) -> str:
    """The words of the code as the page says them, in Swedish if nothing else is said."""
    with translation.override(reads):
        found = translation.pgettext(context, words) if context else translation.gettext(words)
    return found % facts if facts else found


def letter(email: str, kind: str, about: str = "") -> Notice:
    """The last letter of a kind to this address, whose link leads to what it is about."""
    kept = Notice.objects.everywhere().filter(address=email, kind=kind, link__contains=about)
    return kept.latest("created_at")


def code_in_the_post(email: str) -> str:
    """The code in the last letter to this address."""
    body = letter(email, "login.code").body
    found = re.search(r"\b\d{6}\b", body)
    assert found, f"no code in: {body}"
    return found.group()


class Visit:
    """Somebody at a desk or with a phone. Words are those of the code; the page has them translated."""

    def __init__(self, page: Page, town: str, reads: str = "sv") -> None:
        self.page, self.town, self.reads = page, town, reads
        self.pages = 0

    # --- going ------------------------------------------------------------------------------------------

    def go(self, path: str = "") -> "Visit":
        """Open a page of the town, or any address that begins with a slash or a scheme."""
        address = path if path.startswith(("/", "http")) else f"/{self.town}/{path}"
        answer = self.page.goto(address)
        assert answer is None or answer.status < 400, f"{address} answers {answer and answer.status}"
        return self._arrived()

    def again(self) -> "Visit":
        """Load the page again, as somebody who comes back."""
        self.page.reload()
        return self._arrived()

    def press(self, words: str, *, within: str = "main", **facts: Any) -> "Visit":
        """Press the first button with these words, and be where it leads."""
        return self.click(self.button(words, within=within, **facts))

    def follow(self, words: str, *, within: str = "main", **facts: Any) -> "Visit":
        """Follow the first link with these words."""
        return self.click(self.link(words, within=within, **facts))

    def click(self, what: Locator) -> "Visit":
        """Click on something that leads to another page."""
        with self.page.expect_navigation():
            what.first.click()
        return self._arrived()

    def _arrived(self) -> "Visit":
        self.page.wait_for_load_state("load")
        self.pages += 1
        return self.look()

    def look(self) -> "Visit":
        """Have axe look at the page as it stands."""
        axe.look(self.page)
        return self

    # --- answering --------------------------------------------------------------------------------------

    def choose(self, name: str, value: object) -> "Visit":
        """Tick the choice of a field."""
        self.page.locator(f'main [name="{name}"][value="{value}"]').check()
        return self

    def tick(self, name: str) -> "Visit":
        """Tick the one box of a field."""
        self.page.locator(f'main [name="{name}"]').first.check()
        return self

    def write(self, name: str, words: object) -> "Visit":
        """Write in a field."""
        self.page.locator(f'main [name="{name}"]').first.fill(str(words))
        return self

    def pick(self, name: str, label: str) -> "Visit":
        """Choose from a list by what it says."""
        self.page.locator(f'main select[name="{name}"]').select_option(label=label)
        return self

    def unfold(self, words: str, **facts: Any) -> "Visit":
        """Open what is folded away."""
        self.page.locator("summary").filter(has_text=said(words, reads=self.reads, **facts)).first.click()
        return self

    # --- seeing -----------------------------------------------------------------------------------------

    def button(self, words: str, *, within: str = "main", **facts: Any) -> Locator:
        """The buttons with these words."""
        return self.page.locator(within).get_by_role("button", name=said(words, reads=self.reads, **facts))

    def link(self, words: str, *, within: str = "main", **facts: Any) -> Locator:
        """The links with these words."""
        return self.page.locator(within).get_by_role("link", name=said(words, reads=self.reads, **facts))

    def sees(self, words: str, **facts: Any) -> "Visit":
        """The words stand on the page."""
        expect(self.page.locator("body")).to_contain_text(said(words, reads=self.reads, **facts))
        return self

    def misses(self, words: str, **facts: Any) -> "Visit":
        """The words do not stand on the page."""
        expect(self.page.locator("body")).not_to_contain_text(said(words, reads=self.reads, **facts))
        return self

    @property
    def heading(self) -> str:
        """What the page is called."""
        return self.page.get_by_role("heading", level=1).inner_text()

    @property
    def words(self) -> str:
        """Everything the page says."""
        return self.page.locator("body").inner_text()

    @property
    def source(self) -> str:
        """The page as it is written, hidden parts too."""
        return self.page.content()

    @property
    def id(self) -> str:
        """The last id in the address."""
        return re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", self.page.url)[-1]

    @property
    def is_wider_than_the_screen(self) -> bool:
        """Whether one would have to scroll sideways."""
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return bool(wide > 0)
