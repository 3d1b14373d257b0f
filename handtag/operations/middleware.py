"""Gives each request an id that log lines carry and each answer a content policy, and answers refusals."""

import logging
import re
from collections.abc import Callable
from contextvars import ContextVar
from urllib.parse import quote, unquote, urlsplit

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found, permission_denied

from handtag.kernel import ids
from handtag.kernel.doors import Request
from handtag.kernel.errors import NotAllowed, NotFound, Problem

Answer = Callable[[Request], HttpResponseBase]

PLAIN = "text/plain; charset=utf-8"

_current: ContextVar[str] = ContextVar("request_id", default="")


def request_id(get_response: Answer) -> Answer:
    """Take the id a proxy gave, or make one; say it in `X-Request-Id`."""

    def middleware(request: Request) -> HttpResponseBase:
        given = request.headers.get("X-Request-Id", "")
        request.request_id = given if re.fullmatch(r"[\w-]{8,64}", given) else ids.new().hex
        token = _current.set(request.request_id)
        try:
            response = get_response(request)
        finally:
            _current.reset(token)
        response["X-Request-Id"] = request.request_id
        return response

    return middleware


def body_limit(get_response: Answer) -> Answer:
    """Refuse what is larger than any file the product takes, before a byte of it is read."""

    def middleware(request: Request) -> HttpResponseBase:
        said = request.META.get("CONTENT_LENGTH") or "0"
        if said.isdecimal() and int(said) > settings.LARGEST_BODY:
            return HttpResponse(_("That is too large to send here."), status=413, content_type=PLAIN)
        return get_response(request)

    return middleware


def content_policy(get_response: Answer) -> Answer:
    """Say what a page may load: one policy for all, so it is written once and not for each answer."""
    policy = build_policy()

    def middleware(request: Request) -> HttpResponseBase:
        response = get_response(request)
        response.headers[HEADER] = policy
        return response

    return middleware


class RequestIdFilter(logging.Filter):
    """Adds the id of the request being answered to each log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always let the record through."""
        record.request_id = _current.get()
        return True


def refusals(get_response: Answer) -> Answer:
    """Answer a refusal of the product with the page that fits it, wherever below it was raised."""

    def middleware(request: Request) -> HttpResponseBase:
        return get_response(request)

    def process_exception(request: Request, fault: Exception) -> HttpResponseBase | None:
        if isinstance(fault, NotFound):
            return page_not_found(request, fault)
        if isinstance(fault, NotAllowed):
            return _not_allowed(request, fault)
        if isinstance(fault, Problem):
            return _problem(request, fault)
        return None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]  # Django reads it from here
    return middleware


def _not_allowed(request: Request, fault: NotAllowed) -> HttpResponseBase:
    if request.actor.person_id is None and request.method in ("GET", "HEAD"):
        return redirect(f"{settings.LOGIN_URL}?next={quote(request.get_full_path())}")
    return permission_denied(request, fault)


def _problem(request: Request, fault: Problem) -> HttpResponseBase:
    """Say what is wrong on the page the form came from; what was changed meanwhile is seen there.

    A page that is refused itself is not sent back to itself: there the words stand on a page of their own.
    """
    back = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    if request.method in ("GET", "HEAD") and _leads_to(back, request):
        return render(request, "409.html", {"words": str(fault)}, status=409)
    messages.error(request, str(fault))
    return redirect(back)


def _leads_to(back: str, request: Request) -> bool:
    address = urlsplit(back)
    path = f"{address.path or '/'}?{address.query}" if address.query else address.path or "/"
    return unquote(path) == unquote(request.get_full_path())
