"""Somebody new becomes a member and a helper, by phone screen and without scripts, in a few minutes."""

import re
from collections.abc import Callable

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from tests.helpers.test_save_profile import allow_automatic, services
from tests.login.conftest import Town, neighbour, town
from tests.login.test_code import code

__all__ = ["neighbour", "town"]

Axe = Callable[[Page], None]


@pytest.mark.parametrize(("width", "javascript"), [(390, True), (1280, True), (320, False)])
def test_a_new_helper_sees_what_is_open_and_what_remains(
    open_page: Callable[..., Page], town: Town, axe: Axe, width: int, javascript: bool
) -> None:
    call_command("createcachetable", verbosity=0)
    allow_automatic(town)
    opened, demanding = services(town)
    page = open_page(width=width, javascript=javascript)

    def look() -> None:
        if javascript:  # axe waits for promises, which never come where scripts are off
            axe(page)

    def onward() -> None:
        look()
        page.locator("main form button.btn:not(.quiet)").first.click()

    page.goto(f"/{town.slug}/hjalpa-till/borja/")
    page.get_by_role("textbox").fill("nadja@example.se")
    onward()
    page.wait_for_url(re.compile("/kod/"))
    page.get_by_role("textbox").fill(code())
    onward()
    page.wait_for_url(re.compile("/valkommen/"))
    page.locator("[name=given_name]").fill("Nadja")
    page.locator("[name=age][value=adult]").check()
    page.locator("[name=place]").select_option(index=3)
    onward()
    page.wait_for_url(re.compile("/borja/$"))
    for service in (opened, demanding):
        page.locator(f'[name=services][value="{service}"]').check()
    onward()
    page.wait_for_url(re.compile("/var/$"))
    page.locator("[name=groups]").first.check()
    onward()
    page.wait_for_url(re.compile("/nar/$"))
    onward()  # nothing is ticked: the page says what is missing
    assert page.get_by_role("alert").is_visible()
    page.locator("[name=any_time]").check()
    onward()
    page.wait_for_url(re.compile("/hur/$"))
    onward()
    page.wait_for_url(re.compile("/klart/$"))
    look()
    assert page.locator(".tag.ok").count() == 1
    page.goto(f"/{town.slug}/min-profil/")
    look()
    page.goto(f"/{town.slug}/grupper/")
    look()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
