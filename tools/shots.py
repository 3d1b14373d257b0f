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
OF_ONE_ROUTE = 2  # an ask that waits and one that is agreed look different
HOLES = {"slug": "[-a-zA-Z0-9_]+", "int": "[0-9]+", "uuid": "[0-9a-f-]{36}", "str": "[^/]+", "path": ".+"}
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
    print(f"Never reached by a link: {', '.join(sorted(set(routes.names) - seen)) or 'none'}")
    if dead:
        print("Links that lead nowhere:", *sorted(set(dead)), sep="\n  ")
    return 1 if dead else 0


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
    """Follow every kind of link once."""
    trip, asked, many = Trip(), {"/", "/vidare/"}, Counter[str]()
    waiting = ["/", "/vidare/"]
    while waiting and len(asked) < PAGES_TO_LOOK_AT:
        path = waiting.pop(0)
        answer = request.get(path)
        if answer.status >= 400:
            trip.dead.append(f"{answer.status} {path}")
        if not answer.ok or "text/html" not in answer.headers.get("content-type", ""):
            continue
        of_route = trip.pages.setdefault(routes.name(answer.url) or path, [])
        of_route += [answer.url] if answer.url not in of_route else []
        for link in _links(answer.text(), answer.url, site):
            kind = routes.name(link) or link
            if link not in asked and many[kind] < OF_ONE_ROUTE and kind not in ("leave", "choose_language"):
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
