"""Walks as a person would: every kind of page that can be reached by links, once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

LINK = re.compile(r"""<a\b[^>]*\bhref="([^"]+)\"""")
# Letters that were sent to others lead to pages of others.
LEFT_OUT = ("leave", "choose_language", "sample_post")


@dataclass(frozen=True)
class Seen:
    """One page, or file, that somebody came to."""

    route: str
    path: str
    text: str


def pages(browser: Client, begin: str, *, files: bool = False) -> Iterator[Seen]:
    """One page of every kind, as far as links lead from `begin`; dead links are an error.

    With `files` also what is fetched: calendars, exports.
    """
    waiting, asked = [begin], {route_of(begin)}
    while waiting:
        path = waiting.pop(0)
        answer = browser.get(path, follow=True)
        assert answer.status_code < 400, f"{path} answers {answer.status_code}"
        is_page = "text/html" in answer.headers.get("Content-Type", "")
        at = answer.redirect_chain[-1][0] if answer.redirect_chain else path
        text = answer.getvalue().decode(errors="replace")
        if is_page or files:
            yield Seen(route_of(at), at, text)
        if not is_page:
            continue
        for link in _links(text, at):
            route = route_of(link)
            if route not in asked and route not in LEFT_OUT:
                asked.add(route)
                waiting.append(link)


def _links(text: str, at: str) -> Iterator[str]:
    for href in LINK.findall(text):
        link = urljoin(at, href.replace("&amp;", "&")).partition("#")[0]
        if link.startswith("/"):
            yield link


@cache
def route_of(path: str) -> str:
    """The name of the route an address belongs to, and which step of it; the address where there is none."""
    try:
        found = resolve(urlsplit(path).path)
    except Resolver404:
        return path
    return " ".join(filter(None, (found.view_name, found.kwargs.get("path"))))
