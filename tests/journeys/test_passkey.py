"""A passkey: made once on one's own device, and the next time one is in without a code."""

import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.core.management import call_command
from playwright.sync_api import Page

from handtag.login.models import User
from tests.login.conftest import Town, login_of, neighbour, town
from tests.login.test_code import code

__all__ = ["login_of", "neighbour", "town"]

Axe = Callable[[Page], None]


@pytest.fixture
def member(town: Town, login_of: Callable[..., User]) -> User:
    """Somebody who logs in with codes so far."""
    call_command("createcachetable", verbosity=0)
    cache.clear()  # how many codes other tests asked for
    return login_of(town.person("Nadja", family_name="Olsson"), "nadja@example.se")


def give_a_device(page: Page) -> None:
    """A device that can keep passkeys and knows its owner's finger."""
    debugger = page.context.new_cdp_session(page)
    debugger.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    debugger.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def log_in_with_a_code(page: Page, email: str) -> None:
    page.goto("/logga-in/?next=/mina-inloggningar/")
    page.get_by_role("textbox").fill(email)
    page.locator("form:not([data-passkey]) button.btn").first.click()
    page.wait_for_url(re.compile("/logga-in/kod/"))
    page.get_by_role("textbox").fill(code())
    page.locator("form button.btn").first.click()
    page.wait_for_url(re.compile(r"^[^?]*/mina-inloggningar/$"))


def test_a_passkey_lets_one_in(page: Page, town: Town, member: User, axe: Axe) -> None:
    give_a_device(page)
    log_in_with_a_code(page, member.email)
    axe(page)
    page.locator('a[href="/mina-inloggningar/ny/"]').click()
    axe(page)
    page.get_by_role("textbox").fill("Min mobil")
    page.locator("[data-passkey-page] button").click()
    page.wait_for_url(re.compile(r"^[^?]*/mina-inloggningar/$"))
    assert page.get_by_text("Min mobil").first.is_visible()

    page.goto("/logga-ut/")
    page.locator("main form button").click()
    page.goto(f"/logga-in/?next=/{town.slug}/grupper/")
    axe(page)
    page.locator("form[data-passkey] button").click()
    page.wait_for_url(re.compile(rf"^[^?]*/{town.slug}/grupper/$"))
    assert page.locator(f'[data-person="{member.person_id}"]').count() == 1

    page.goto("/mina-inloggningar/")
    page.locator('form[action$="/ta-bort/"] button').click()
    page.wait_for_url(re.compile(r"^[^?]*/mina-inloggningar/$"))
    assert page.locator('form[action$="/ta-bort/"]').count() == 0


def test_a_device_without_the_passkey_says_so_and_the_code_still_works(page: Page, member: User) -> None:
    give_a_device(page)
    page.goto("/logga-in/")
    page.locator("form[data-passkey] button").click()
    page.locator("[data-said]", has_text=re.compile(r"\w+")).wait_for()
    log_in_with_a_code(page, member.email)


def test_without_scripts_there_is_no_button_that_does_nothing(
    open_page: Callable[..., Page], member: User
) -> None:
    page = open_page(javascript=False)
    page.goto("/logga-in/")
    assert not page.locator("form[data-passkey] button").is_visible()
    log_in_with_a_code(page, member.email)
