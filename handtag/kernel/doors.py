"""What stands on the door of every page: the right it needs, or why it is open to all."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Protocol
from urllib.parse import quote, urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect

from handtag.kernel.actor import Actor, Hat
from handtag.kernel.errors import NotAllowed, NotFound
from handtag.kernel.rights import Right


class Town(Protocol):
    """What pages know of the municipality they are in."""

    id: UUID
    slug: str
    name: str
    phone: str


class Request(HttpRequest):
    """A request as views get it: who acts, and in which municipality."""

    actor: Actor
    municipality: Any
    request_id: str
    person_name: str
    acting: Actor | None  # the one who is logged in, in the name of whom they have chosen to act for
    acting_for: str
    roles_here: int
    withheld: tuple[Hat, ...]  # of the staff, until a second step is taken
    read_in: str  # the language that was chosen just now
    filled_in: QueryDict | None  # of a form that was not sent: its page is shown in another language


View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Door:
    """The declaration of one view."""

    right: Right | None
    public_because: str
    methods: tuple[str, ...]
    personal: bool
    for_another: bool


def needs(
    right: Right,
    *,
    methods: tuple[str, ...] = ("GET",),
    personal: bool = False,
    for_another: bool = False,
) -> Callable[[View], View]:
    """Open to those who have `right` in the municipality of the address; visitors are sent to log in.

    Who has chosen to act for somebody does so on pages that are `for_another`; all others are their own.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in _allowed(methods):
                return HttpResponseNotAllowed(_allowed(methods))
            if request.actor.person_id is None:
                return _to_login(request)
            if request.municipality is None:
                raise NotFound("no municipality")
            request.actor.must(right, inside=request.municipality.id)
            return _kept_by_nobody(view(request, *args, **kwargs), personal)

        sign = Door(right, "", methods, personal, for_another)
        guarded.door = sign  # type: ignore[attr-defined]  # the declaration
        return guarded

    return declare


def public(
    because: str,
    *,
    methods: tuple[str, ...] = ("GET",),
    personal: bool = False,
    for_another: bool = False,
) -> Callable[[View], View]:
    """Open to all, for the reason given."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in _allowed(methods):
                return HttpResponseNotAllowed(_allowed(methods))
            return _kept_by_nobody(view(request, *args, **kwargs), personal)

        sign = Door(None, because, methods, personal, for_another)
        guarded.door = sign  # type: ignore[attr-defined]  # the declaration
        return guarded

    return declare


def same_page(request: HttpRequest) -> str:
    """The address of the page one looks at; where what was sent is shown again, of the page it came from."""
    return request.get_full_path() if request.method in ("GET", "HEAD") else came_from(request)


def came_from(request: HttpRequest) -> str:
    """The address of our page that one comes from; empty where that is unknown, or elsewhere."""
    before = urlsplit(request.headers.get("Referer", ""))
    if before.netloc != request.get_host():
        return ""
    return f"{before.path}?{before.query}" if before.query else before.path


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even where nothing was filled in; None where the page is only asked for."""
    return request.POST if request.method == "POST" else None


def _kept_by_nobody(response: HttpResponseBase, personal: bool) -> HttpResponseBase:
    """A personal page stays in no cache, a visitor's either: on a borrowed tablet others press "back"."""
    if personal:
        response.headers.setdefault("Cache-Control", "private, no-store")
    return response


def _allowed(methods: tuple[str, ...]) -> tuple[str, ...]:
    return (*methods, "HEAD") if "GET" in methods else methods


def _to_login(request: HttpRequest) -> HttpResponse:
    if request.method in ("GET", "HEAD"):
        return redirect(f"{settings.LOGIN_URL}?next={quote(request.get_full_path())}")
    raise NotAllowed("nobody is logged in")


@dataclass(frozen=True, slots=True)
class Submission:
    """One sending of a form: its one-time id, where it went, and a fingerprint of what it said."""

    key: str
    scope: str
    route: str
    fingerprint: str


def submission(request: Request) -> Submission:
    """The submission id of a posted form, scoped to the person (or the visitor's session) and the route."""
    who = request.actor.person_id or request.session.session_key or "visitor"
    skipped = {"csrfmiddlewaretoken", "submission"}
    words = sorted((key, values) for key, values in request.POST.lists() if key not in skipped)
    files = sorted(
        (key, str(sent.name), int(sent.size or 0)) for key, some in request.FILES.lists() for sent in some
    )
    return Submission(
        key=request.POST.get("submission", "")[:64],
        scope=str(who),
        route=request.path,
        fingerprint=hashlib.sha256(repr((words, files)).encode()).hexdigest(),
    )
