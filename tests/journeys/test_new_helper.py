"""Somebody new becomes a member and a helper, by phone screen and without scripts, in a few minutes."""

import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.core.management import call_command
from playwright.sync_api import Page

from tests.helpers.test_save_profile import allow_automatic, services
from tests.login.conftest import Town, neighbour, town
from tests.login.test_code import code

__all__ = ["neighbour", "town"]

Axe = Callable[[Page], None]


class Trip:
    """Somebody with a page, who looks at each and presses its one button."""

    def __init__(self, page: Page, axe: Axe | None) -> None:
        self.page, self.axe = page, axe

    def look(self) -> None:
        if self.axe:  # it waits for promises, which never come where scripts are off
            self.axe(self.page)
        assert self.page.viewport_size
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.page.viewport_size["width"]

    def onward(self, to: str) -> None:
        self.look()
        self.page.locator("main form button.btn:not(.quiet)").first.click()
        self.page.wait_for_url(re.compile(to))

    def become_a_member(self) -> None:
        self.page.get_by_role("textbox").fill("nadja@example.se")
        self.onward("/kod/")
        self.page.get_by_role("textbox").fill(code())
        self.onward("/valkommen/")
        self.page.locator("[name=given_name]").fill("Nadja")
        self.page.locator("[name=age][value=adult]").check()
        self.page.locator("[name=place]").select_option(index=3)
        self.onward("/borja/$")


@pytest.mark.parametrize(("width", "javascript"), [(390, True), (1280, True), (320, False)])
def test_a_new_helper_sees_what_is_open_and_what_remains(
    open_page: Callable[..., Page], town: Town, axe: Axe, width: int, javascript: bool
) -> None:
    call_command("createcachetable", verbosity=0)
    cache.clear()  # how many codes other tests asked for
    allow_automatic(town)
    page = open_page(width=width, javascript=javascript)
    trip = Trip(page, axe if javascript else None)
    chosen = services(town)
    page.goto(f"/{town.slug}/hjalpa-till/borja/")
    trip.become_a_member()
    for service in chosen:
        page.locator(f'[name=services][value="{service}"]').check()
    trip.onward("/var/$")
    page.locator("[name=groups]").first.check()
    trip.onward("/nar/$")
    trip.onward("/nar/$")  # nothing is ticked: the page says what is missing
    assert page.get_by_role("alert").is_visible()
    page.locator("[name=any_time]").check()
    trip.onward("/hur/$")
    trip.onward("/klart/$")
    trip.look()
    assert page.locator(".tag.ok").count() == 1
    for path in ("min-profil/", "grupper/"):
        page.goto(f"/{town.slug}/{path}")
        trip.look()
