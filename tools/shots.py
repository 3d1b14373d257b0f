"""Screenshots of every page that one of the sample's cast can reach, into shots/; run by `dev.py shots`."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import APIRequestContext, Browser, sync_playwright

from tools import ground, running
from tools.ground import PYTHON, ROOT, step

FOLDER = ROOT / "shots"
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
VARIANTS = [(width, scheme) for width in (1280, 390) for scheme in ("light", "dark")]
LINK = re.compile(r"""<a\b[^>]*\bhref="([^"]+)\"""")
PAGES_TO_LOOK_AT = 400
LEFT_OUT = ("leave", "choose_language", "sample_post")
OF_ONE_ROUTE = 2  # an ask that waits and one that is agreed look different
HOLES = {"slug": "[-a-zA-Z0-9_]+", "int": "[0-9]+", "uuid": "[0-9a-f-]{36}", "str": "[^/]+", "path": ".+"}
# Pages that no link leads to, and what leads there instead.
OTHERWISE = {
    "app_icon": "a picture",
    "manifest": "every page names it, for who puts the site on the home screen",
    "offline": "it shows when there is no net",
    "worker": "the script of every page asks for it",
    "new_app": "a second step is asked for",
    "newcomer": "an e-identity was shown that nobody here has yet",
    "provider": "a way to log in was added",
    "provider_answer": "a provider sends people there",
    "provider_begin": "a way to log in was added",
    "provider_metadata": "a directory reads it",
    "directory_logout": "a directory sends people there who log out",
    "sample_authorize": "scripts and tests log in here, in the sample alone",
    "sample_end_session": "scripts and tests log out here, in the sample alone",
    "sample_provider": "scripts and tests begin a login here, in the sample alone",
    "step": "a second step is asked for",
    "step_key": "a browser asks for it",
    "step_onward": "a form waited for a second step",
    "account_confirm_login_code": "a code was asked for",
    "account_request_login_code": "the same page as account_login",
    "account_signup": "the same page as account_login, for a new member",
    "around": "the code on a poster",
    "ask_advice": "what was written sounds like something for others than neighbours",
    "ask_declined": "an ask was answered with no",
    "ask_start": "it leads on to the first step",
    "ask_now": "the open page of an ask fetches it",
    "by_password": "scripts and tests log in here, in the sample alone",
    "calendar": "a calendar fetches it",
    "case": "somebody told of something that is not yet sorted out",
    "case_reader": "a case is open",
    "choose_language": "a button on top of every page",
    "add_email": "somebody comes in by an e-identity alone",
    "confirm_email": "a link in a letter leads there",
    "choose_town": "a login without a town",
    "connect": "an e-identity was shown that is not connected yet",
    "erase_person": "somebody asked to be erased",
    "counter_list": "a file, chosen by a form",
    "errand_messages": "the open page of an errand fetches it",
    "errand_missed": "an errand that should be over and nobody has spoken of",
    "errand_receipt": "a photo of a receipt was added",
    "errand_receipt_remove": "a photo of a receipt was added",
    "healthz": "machines ask",
    "leave": "shots do not log out",
    "letters_file": "letters were printed",
    "left": "the provider sends people there who logged out",
    "logo_file": "a picture",
    "look_preview": "a stylesheet",
    "metrics": "machines ask",
    "make_mandate": "a search for who shall do things for somebody",
    "mfa_login_webauthn": "a passkey",
    "my_data_file": "a file",
    "my_report": "a letter to who told of something",
    "person_ask_paper": "a file, chosen by a form",
    "person_card": "a file, chosen by a form",
    "person_number": "identity numbers are asked for here",
    "person_unprotect": "a mark that this role may lift",
    "poster_file": "a file, chosen by a form",
    "readyz": "machines ask",
    "sample_post": "letters to others lead to pages of others",
    "sign_in_link": "a letter",
    "theme": "a stylesheet",
    "welcome": "a new login",
    "what_if_answer": "a change was tried",
    "what_if_now": "the open page of an answer fetches it",
}
WAY_IN = "/valkommen/?next="  # on the page that says one is not with a town yet, and asks one in
Visitor = dict[str, Any]


@dataclass
class Trip:
    """Where one of the cast has been: a page or two of every route, and links that led nowhere."""

    pages: dict[str, list[str]] = field(default_factory=dict)
    dead: list[str] = field(default_factory=list)


class Map:
    """The routes of the site, by their paths."""

    def __init__(self, routes: list[dict[str, Any]]) -> None:
        self.routes = [(re.compile(self._pattern(route["path"])), route["name"]) for route in routes]
        self.names = [route["name"] for route in routes if "GET" in route["methods"]]

    @staticmethod
    def _pattern(path: str) -> str:
        pieces = re.split(r"<(?:(\w+):)?\w+>", path)
        holes = [HOLES.get(kind or "str", "[^/]+") for kind in pieces[1::2]]
        return (
            "".join(re.escape(text) + hole for text, hole in zip(pieces[::2], [*holes, ""], strict=True))
            + "$"
        )

    def name(self, address: str) -> str:
        """The name of the route an address belongs to."""
        path = urlsplit(address).path
        return next((name for pattern, name in self.routes if pattern.match(path)), "")


def main(words: list[str]) -> int:
    """Build a sample town, walk through it as everybody, take pictures; `words` are the routes wanted.

    With `--at URL` first, the town that is served there, from this clone's .data, is walked through instead.
    """
    if words[:1] == ["--at"]:
        environment = running.environment_of_run(8000)
        return _visit(words[1], _cast(environment), environment, words[2:])
    environment = running.environment_of_run(ground.free_port())
    site = environment["BASE_URL"] = f"http://localhost:{environment['PORT']}"
    with step("Building a sample town for the pictures"):
        _manage(environment, "migrate", "-v0")
        _manage(environment, "createcachetable")
        _manage(environment, "collectstatic", "--noinput", "-v0")
        cast = _cast(environment)
    children = running.Children(environment)
    try:
        children.start("serve")
        running.wait_until_ready(int(environment["PORT"]), children, "/healthz")
        return _visit(site, cast, environment, words)
    finally:
        children.stop()


def _visit(site: str, cast: list[Visitor], environment: dict[str, str], words: list[str]) -> int:
    routes = Map(json.loads(_manage(environment, "routes", "--json")))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=list(FLAGS))
        return _shoot(browser, site.rstrip("/"), cast, routes, words)


def _cast(environment: dict[str, str]) -> list[Visitor]:
    answer = _manage(environment, "sample", "--json")
    cast: list[Visitor] = json.loads(answer[answer.index("{") :])["users"]
    return [{"key": "visitor"}, *cast]


def _manage(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [PYTHON, "manage.py", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def _shoot(browser: Browser, site: str, cast: list[Visitor], routes: Map, words: list[str]) -> int:
    FOLDER.mkdir(exist_ok=True)
    seen: set[str] = set()
    dead: list[str] = []
    for visitor in cast:
        context = browser.new_context(base_url=site, locale="sv-SE")
        _enter(context.request, visitor)
        trip = _walk(context.request, site, routes)
        dead += [f"{visitor['key']}: {link}" for link in trip.dead]
        fresh = {name: page for name, page in trip.pages.items() if name not in seen}
        seen |= set(fresh)
        wanted = {name: page for name, page in fresh.items() if not words or name in words}
        with step(f"{visitor['key']}: {len(wanted)} pages"):
            _picture(browser, site, context.storage_state(), visitor["key"], wanted)
        context.close()
    print(f"\n{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}")
    return _say(sorted(set(routes.names) - seen), sorted(set(dead)))


def _say(unseen: list[str], dead: list[str]) -> int:
    """What no link reached, with the reason where there is one, and links that lead nowhere."""
    lost = [name for name in unseen if name not in OTHERWISE]
    if len(lost) < len(unseen):
        told = [f"{name}: {OTHERWISE[name]}" for name in unseen if name in OTHERWISE]
        print("Where no link leads, and what does:", *told, sep="\n  ")
    if lost:
        print("No link leads to, and nothing else is known to:", *lost, sep="\n  ")
    if dead:
        print("Links that lead nowhere:", *dead, sep="\n  ")
    return 1 if lost or dead else 0


def _enter(request: APIRequestContext, visitor: Visitor) -> None:
    if "username" not in visitor:
        return
    form = request.get("/login/").text()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    answer = request.post(
        "/login/",
        form={**hidden, "username": visitor["username"], "password": visitor["password"]},
    )
    if not answer.ok:
        raise ground.Stop(f"{visitor['key']} could not log in: {answer.status}")


def _walk(request: APIRequestContext, site: str, routes: Map) -> Trip:
    """Follow every kind of link once, at home first."""
    trip, asked, many = Trip(), {"/", "/vidare/"}, Counter[str]()
    waiting = ["/vidare/", "/"]
    while waiting and len(asked) < PAGES_TO_LOOK_AT:
        path = waiting.pop(0)
        answer = request.get(path)
        if answer.status >= 400 and not (answer.status == 403 and WAY_IN in answer.text()):
            trip.dead.append(f"{answer.status} {path}")
        if not answer.ok or "text/html" not in answer.headers.get("content-type", ""):
            continue
        of_route = trip.pages.setdefault(routes.name(answer.url) or path, [])
        of_route += [answer.url] if answer.url not in of_route else []
        for link in _links(answer.text(), answer.url, site):
            kind = routes.name(link) or link
            if link not in asked and many[kind] < OF_ONE_ROUTE and kind not in LEFT_OUT:
                asked.add(link)
                many[kind] += 1
                waiting.append(link)
    return trip


def _links(page: str, at: str, site: str) -> Iterator[str]:
    for href in LINK.findall(page):
        link = urljoin(at, href.replace("&amp;", "&")).partition("#")[0]
        if urlsplit(link).netloc == urlsplit(site).netloc:
            yield link


def _picture(browser: Browser, site: str, state: Any, key: str, pages: dict[str, list[str]]) -> None:
    for width, scheme in VARIANTS if pages else []:
        context = browser.new_context(
            base_url=site,
            storage_state=state,
            viewport={"width": width, "height": 900 if width > 400 else 844},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            locale="sv-SE",
        )
        page = context.new_page()
        for name, addresses in pages.items():
            file = re.sub(r"[^\w-]+", "-", name).strip("-")
            for number, address in enumerate(addresses[:OF_ONE_ROUTE], 1):
                page.goto(address)
                page.screenshot(path=FOLDER / f"{file}-{number}-{key}-{width}-{scheme}.png", full_page=True)
        context.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
