"""Reads on in another language without losing what is half filled in: nothing of it is kept, nor sent."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _

from handtag.kernel.doors import Door, Request, came_from
from handtag.login.rules.refilling import refilled
from handtag.people import actions as people

Answer = Callable[[Request], HttpResponseBase]
FIELD: Final = "read_in"


def reading(get_response: Answer) -> Answer:
    """Remembers the language that was chosen: in this browser, and of who is logged in for our letters too.

    A form that comes with a language is not sent. Its page is shown anew, with the fields as they were: they
    go from the browser and straight back to it, and stand in no address, session or table.
    """

    def middleware(request: Request) -> HttpResponseBase:
        _nothing_yet(request)
        response = get_response(request)
        if request.read_in:
            _remember(response, request.read_in)
        if request.filled_in is None:
            _choose(request)
        elif isinstance(response, HttpResponse) and _is_page(response):
            _fill_in(response, request.filled_in)
        return response

    def process_view(request: Request, view: Any, _args: Any, _kwargs: Any) -> HttpResponseBase | None:
        door: Door | None = getattr(view, "door", None)
        if request.method != "POST" or door is None or getattr(view, "csrf_exempt", False):
            return None
        return _turn(request, door)

    middleware.process_view = process_view  # type: ignore[attr-defined]  # Django reads it from here
    return middleware


def _turn(request: Request, door: Door) -> HttpResponseBase | None:
    """To the page in the other language; where there is only something to send, to where one was."""
    request.read_in = _wished(request)
    if request.read_in and "GET" not in door.methods:
        return redirect(came_from(request) or "/")
    if request.read_in:
        _look_only(request)
    return None


def _wished(request: Request) -> str:
    """The language whose button was pressed; empty where the form was sent as it should be."""
    code = request.POST.get(FIELD, "")
    return code if code in dict(settings.LANGUAGES) else ""


def _nothing_yet(request: Request) -> None:
    request.read_in, request.filled_in = "", None


def _look_only(request: Request) -> None:
    """From here on it is as if the page had only been asked for, in the other language."""
    _choose(request)
    request.filled_in, request.method, request.POST = request.POST, "GET", QueryDict()
    request.LANGUAGE_CODE = request.read_in
    translation.activate(request.read_in)


def _fill_in(response: HttpResponse, fields: QueryDict) -> None:
    response.content = refilled(response.text, dict(fields.lists()))
    code = str(fields[FIELD])
    response.headers["Content-Language"] = "sv" if code.startswith("sv") else code
    response.headers["Cache-Control"] = "private, no-store"


def _is_page(response: HttpResponse) -> bool:
    return response.get("Content-Type", "").startswith("text/html")


def _choose(request: Request) -> None:
    """Who is logged in, and says so in a form, reads in it everywhere; our letters are written in it."""
    if not request.read_in or request.method != "POST" or request.actor.person_id is None:
        return
    people.read_in(by=request.actor, language=request.read_in)
    with translation.override(request.read_in):
        messages.success(request, _("From now on we write to you in this language too."))


def _remember(response: HttpResponseBase, code: str) -> None:
    """For this browser, until somebody logs in whose own choice is known."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=60 * 60 * 24 * 365,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
