"""Before staff pages, and before protected records: show surely, and lately, that it is you."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from handtag.kernel import sealing
from handtag.kernel.doors import Door, Request
from handtag.kernel.errors import FreshLoginNeeded
from handtag.kernel.rights import ROLES, Right

Answer = Callable[[Request], HttpResponseBase]
MOST_KEPT = 50_000  # letters of a form that waits


def steps(get_response: Answer) -> Answer:
    """Lead whoever must show that it is them to the page that asks, and keep what they were sending."""

    def middleware(request: Request) -> HttpResponseBase:
        return get_response(request)

    def process_view(request: Request, view: Any, _args: Any, _kwargs: Any) -> HttpResponseBase | None:
        door: Door | None = getattr(view, "door", None)
        if door is None or door.right is None:
            return None
        is_withheld = any(door.right in ROLES[hat.role] for hat in request.withheld)
        if is_withheld and not request.actor.may(door.right):
            return ask(request)
        protected = door.right == Right.KEEP_PROTECTED and request.actor.may(Right.KEEP_PROTECTED)
        return ask(request) if protected and not request.actor.is_fresh else None

    def process_exception(request: Request, fault: Exception) -> HttpResponseBase | None:
        return ask(request) if isinstance(fault, FreshLoginNeeded) else None

    middleware.process_view = process_view  # type: ignore[attr-defined]  # Django reads it from here
    middleware.process_exception = process_exception  # type: ignore[attr-defined]  # as above
    return middleware


def ask(request: Request) -> HttpResponseBase:
    """To the page that asks; a form that was sent waits, sealed, and is offered again afterwards."""
    path = request.get_full_path()
    request.session.pop("waiting", None)
    if request.method == "POST":
        path = _put_aside(request) or request.path
    return redirect(f"{reverse('step')}?next={quote(path)}")


def _put_aside(request: Request) -> str:
    """Keep the form for after the step: its path there, or nothing where it cannot be kept."""
    fields = [(key, value) for key, values in request.POST.lists() for value in values]
    words = json.dumps([pair for pair in fields if pair[0] not in ("csrfmiddlewaretoken", "submission")])
    if request.FILES or len(words) > MOST_KEPT or not sealing.can_seal():
        return ""
    request.session["waiting"] = {"path": request.get_full_path(), "fields": sealing.seal(words)}
    return reverse("step_onward")
