"""Builds the Actor of each request, and chooses its language."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.utils import translation

from handtag.kernel.actor import NOBODY
from handtag.kernel.doors import Request

Answer = Callable[[Request], HttpResponseBase]


def actor(get_response: Answer) -> Answer:
    """Put `request.actor` on each request: who acts, in which municipality, with which hats."""

    def middleware(request: Request) -> HttpResponseBase:
        request.actor = NOBODY
        return get_response(request)

    return middleware


def language(get_response: Answer) -> Answer:
    """Answer in the language chosen by cookie, else by the person, else by the browser."""

    def middleware(request: Request) -> HttpResponseBase:
        chosen = translation.get_language_from_request(request)
        with translation.override(chosen):
            return get_response(request)

    return middleware
