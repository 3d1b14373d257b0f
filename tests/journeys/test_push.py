"""The site as an app: notices on the screen, and a page that helps when there is no net."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from playwright.sync_api import BrowserContext, Page, Worker, expect

from handtag.login.models import User
from handtag.municipalities.models import Municipality
from handtag.notices import actions
from handtag.notices.messages import Letter
from handtag.notices.models import Notice, Subscription
from tests.journeys.looks import cut_off
from tests.journeys.visit import said
from tests.login.conftest import Town, login_of, neighbour, town
from tests.login.test_code import code
from tests.notices import pushes as push_services
from tests.notices.conftest import allow_push
from tests.notices.pushes import Browser, Pushes

__all__ = ["login_of", "neighbour", "town"]

Axe = Callable[[Page], None]
OpenPage = Callable[..., Page]

# A headless Chromium has no push service of its own: its subscription is one at ours.
STUB = """(told) => {
  const plain = (text) => atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  const bytes = (text) => Uint8Array.from(plain(text), (c) => c.charCodeAt(0));
  let made = localStorage.getItem("subscribed");
  const subscription = (key) => ({
    endpoint: told.endpoint, options: { applicationServerKey: bytes(key).buffer },
    toJSON: () => ({ endpoint: told.endpoint, keys: { p256dh: told.p256dh, auth: told.auth } }),
    unsubscribe: async () => { made = null; localStorage.removeItem("subscribed"); return true; },
  });
  PushManager.prototype.getSubscription = async () => (made ? subscription(made) : null);
  PushManager.prototype.subscribe = async ({ applicationServerKey, userVisibleOnly }) => {
    if (!userVisibleOnly) throw new Error("must be seen");
    made = applicationServerKey;
    localStorage.setItem("subscribed", made);
    return subscription(made);
  };
}"""


@pytest.fixture
def service(settings: Any) -> Iterator[Pushes]:
    with push_services.running() as server:
        allow_push(settings, server)
        yield server


@pytest.fixture
def member(town: Town, login_of: Callable[..., User]) -> User:
    call_command("createcachetable", verbosity=0)
    cache.clear()
    Municipality.objects.update(phone="042-10 50 00")
    return login_of(town.person("Nadja", family_name="Olsson"), "nadja@example.se")


def log_in(page: Page, email: str, path: str) -> None:
    page.goto(f"/logga-in/?next={path}")
    page.get_by_role("textbox").fill(email)
    page.locator("form:not([data-passkey]) button.btn").first.click()
    page.wait_for_url(re.compile("/logga-in/kod/"))
    page.get_by_role("textbox").fill(code())
    page.locator("form button.btn").first.click()
    page.wait_for_url(re.compile(rf"^[^?]*{path}$"))


def given(page: Page, browser: Browser) -> None:
    """The browser has a push service, and its owner lets notices in."""
    page.context.grant_permissions(["notifications"])
    page.add_init_script(f"({STUB})({json.dumps(browser.form)})")


def worker(page: Page) -> Worker:
    page.evaluate("() => navigator.serviceWorker.ready")
    (found,) = page.context.service_workers
    return found


def deliver(page: Page, payload: dict[str, str]) -> None:
    """The push service brings a message to the browser, opened as the browser does it."""
    debugger = page.context.new_cdp_session(page)
    seen: list[str] = []
    debugger.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: seen.extend(each["registrationId"] for each in told["registrations"]),
    )
    debugger.send("ServiceWorker.enable")
    for _ in range(200):  # the browser tells of its workers when it comes to it
        if seen:
            break
        page.wait_for_timeout(50)
    origin = re.match(r"https?://[^/]+", page.url)[0]
    debugger.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": origin, "registrationId": seen[-1], "data": json.dumps(payload)},
    )


def shown(page: Page) -> list[dict[str, Any]]:
    """The notices on the screen."""
    return page.evaluate(
        """async () => {
          const registration = await navigator.serviceWorker.ready;
          for (let turn = 0; turn < 100; turn += 1) {
            const found = await registration.getNotifications();
            if (found.length) {
              return found.map(({ title, body, tag, lang }) => ({ title, body, tag, lang }));
            }
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
          return [];
        }"""
    )


def pressed(found: Worker) -> str:
    """Where pressing the notice leads."""
    return found.evaluate(
        """async () => {
          let opened = "";
          self.clients.openWindow = async (address) => { opened = address; };
          const [notification] = await self.registration.getNotifications();
          const event = new NotificationEvent("notificationclick", { notification });
          let done = Promise.resolve();
          event.waitUntil = (promise) => { done = promise; };
          self.dispatchEvent(event);
          await done;
          return opened;
        }"""
    )


def tell(member: User, town: Town, link: str) -> Notice:
    return actions.tell(
        municipality_id=town.id,
        person_id=member.person_id,
        kind="errand.called_off",  # at any hour: the test may run at night
        write=lambda: Letter("Någon kommer och hjälper dig", "Kanarina på Kanalgatan", link),
    )


def test_a_notice_comes_on_the_screen_and_leads_to_its_page(
    open_page: OpenPage, site: str, town: Town, member: User, service: Pushes, axe: Axe
) -> None:
    page, browser = open_page(width=390, app=True), service.browser()
    given(page, browser)
    path = f"/{town.slug}/mina-kontaktuppgifter/kanaler/"
    log_in(page, member.email, path)
    axe(page)
    page.get_by_role("button", name=said("Turn on here")).click()
    expect(page.locator("[data-here]")).to_be_visible()
    expect(page.locator("[data-push-here]")).to_be_hidden()
    axe(page)
    assert cut_off(page) == []

    notice = tell(member, town, f"{site}/{town.slug}/nytt/")
    assert notice.channel == "push"
    assert actions.send_due(channels=("push",)) == 1
    (taken,) = service.taken
    assert "Kana" not in json.dumps(taken.said)

    deliver(page, taken.said)
    (there,) = shown(page)
    assert (there["title"], there["body"]) == ("Någon kommer och hjälper dig", "")
    assert (there["tag"], there["lang"]) == (str(notice.id), "sv")
    assert pressed(worker(page)) == f"{site}/{town.slug}/nytt/"
    page.goto(f"/{town.slug}/nytt/")
    axe(page)

    page.goto(path)
    page.get_by_role("button", name=re.compile(said("Turn off"))).click()
    expect(page.locator("[data-push-here]")).to_be_visible()
    assert not Subscription.objects.everywhere().exists()


def test_a_link_to_anywhere_else_leads_home(
    open_page: OpenPage, site: str, town: Town, member: User, service: Pushes
) -> None:
    page = open_page(app=True)
    page.context.grant_permissions(["notifications"])
    page.goto(f"/{town.slug}/")
    found = worker(page)
    deliver(page, {"title": "Hej", "link": "https://evil.example/"})
    shown(page)
    assert pressed(found) == f"/{town.slug}/"


def test_a_message_that_cannot_be_read_is_still_a_message(
    open_page: OpenPage, site: str, town: Town, member: User, service: Pushes
) -> None:
    page = open_page(app=True)
    page.context.grant_permissions(["notifications"])
    page.goto(f"/{town.slug}/")
    found = worker(page)
    deliver(page, {})
    (there,) = shown(page)
    assert there["title"] == "Handtag"
    assert pressed(found).endswith(f"/{town.slug}/")


def test_without_scripts_it_says_what_is_needed(
    open_page: OpenPage, town: Town, member: User, service: Pushes, axe: Axe
) -> None:
    page = open_page(javascript=False)
    log_in(page, member.email, f"/{town.slug}/mina-kontaktuppgifter/kanaler/")
    assert not page.locator("[data-push-here]").is_visible()
    expect(page.locator("[data-no-push]")).to_contain_text("JavaScript")
    axe(page)


def test_who_lets_no_notices_in_is_told_so(
    open_page: OpenPage, town: Town, member: User, service: Pushes, complaints: list[str]
) -> None:
    page = open_page(app=True)
    log_in(page, member.email, f"/{town.slug}/mina-kontaktuppgifter/kanaler/")
    page.get_by_role("button", name=said("Turn on here")).click()
    expect(page.locator("[data-said]")).to_contain_text(re.compile(r"\w+"))


# --- without a net ----------------------------------------------------------------------------------------


def kept(page: Page) -> list[str]:
    """Everything that the telephone keeps of us."""
    return page.evaluate(
        """async () => {
          const found = [];
          for (const name of await caches.keys()) {
            for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
          }
          return found;
        }"""
    )


def wait_until_kept(page: Page, language: str) -> None:
    """The page for when there is no net is on the telephone, in this language."""
    assert page.evaluate(
        """async (language) => {
          for (let turn = 0; turn < 100; turn += 1) {
            for (const name of await caches.keys()) {
              const cache = await caches.open(name);
              for (const request of await cache.keys()) {
                const said = (await cache.match(request)).headers.get("Content-Language");
                if (request.url.endsWith("/utan-nat/") && said === language) return true;
              }
            }
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
          return false;
        }""",
        language,
    )


def go_offline(context: BrowserContext, page: Page, path: str) -> None:
    context.set_offline(True)
    page.goto(path)


def test_without_a_net_it_says_what_one_can_do(
    open_page: OpenPage, town: Town, member: User, axe: Axe
) -> None:
    page = open_page(width=390, app=True)
    log_in(page, member.email, f"/{town.slug}/mina-uppgifter/")
    worker(page)
    wait_until_kept(page, "sv")
    page.goto(f"/{town.slug}/mina-fragor/")
    go_offline(page.context, page, f"/{town.slug}/uppdrag/")
    expect(page.get_by_role("heading", level=1)).to_have_text(said("You have no internet just now"))
    for words in ("042-10 50 00", "112", "1177"):
        expect(page.locator("body")).to_contain_text(words)
    assert page.locator("[data-person]").get_attribute("data-person") == ""
    assert "Nadja" not in page.content()
    axe(page)
    assert cut_off(page) == []
    assert page.evaluate("() => document.fonts.check('16px \"Atkinson Hyperlegible Next\"')")

    page.context.set_offline(False)
    page.get_by_role("link", name=said("Try again")).click()
    page.wait_for_url(re.compile(rf"/{town.slug}/uppdrag/$"))
    assert page.locator(f'[data-person="{member.person_id}"]').count() == 1
    personal = [path for path in kept(page) if "/static/" not in path and not path.endswith("/tema.css")]
    assert personal == [f"/{town.slug}/utan-nat/"]


def test_without_a_net_it_is_said_in_ones_own_language(
    open_page: OpenPage, town: Town, member: User, axe: Axe
) -> None:
    page = open_page(app=True, language="ar")
    page.goto(f"/{town.slug}/")
    assert page.evaluate("() => document.documentElement.lang") == "ar"
    worker(page)
    wait_until_kept(page, "ar")
    page.goto(f"/{town.slug}/")
    go_offline(page.context, page, f"/{town.slug}/villkor/")
    assert page.evaluate("() => [document.documentElement.lang, document.documentElement.dir]") == [
        "ar",
        "rtl",
    ]
    expect(page.locator("body")).to_contain_text("042-10 50 00")
    axe(page)


def test_it_can_be_installed(open_page: OpenPage, site: str, town: Town, member: User) -> None:
    page = open_page(app=True)
    page.goto(f"/{town.slug}/")
    told = page.context.new_cdp_session(page).send("Page.getAppManifest")
    assert told["errors"] == []
    manifest = json.loads(told["data"])
    assert manifest["name"].startswith("Handtag ")
    assert (manifest["start_url"], manifest["display"]) == (f"/{town.slug}/", "standalone")
    for icon in manifest["icons"]:
        picture = page.request.get(icon["src"])
        assert picture.headers["content-type"] == "image/png"
    faults = page.context.new_cdp_session(page).send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [fault["errorId"] for fault in faults if fault["errorId"] != "in-incognito"] == []
