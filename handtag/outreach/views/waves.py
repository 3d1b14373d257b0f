"""The search for a helper as its coordinator steers it, and how often we ask, for the helper."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.kernel.doors import Request, needs, submission
from handtag.kernel.errors import Problem
from handtag.kernel.rights import Right
from handtag.once.actions import perform
from handtag.outreach.actions import steering
from handtag.outreach.queries import own
from handtag.outreach.queries import search as queries

_POST = ("POST",)


@needs(Right.STEER_ASKS, personal=True)
def search(request: Request, town: str, ask_id: UUID) -> HttpResponseBase:
    """Each step of the search, whom it told, and what they said."""
    return render(request, "outreach/search.html", {"search": queries.search(request.actor, ask_id)})


@needs(Right.STEER_ASKS, methods=_POST, personal=True)
def search_stop(request: Request, town: str, ask_id: UUID) -> HttpResponseBase:
    """Nobody more is asked."""
    deed = steering.stop
    return _done(request, ask_id, deed, _("Nobody more is asked. Who has been asked may still say yes."))


@needs(Right.STEER_ASKS, methods=_POST, personal=True)
def search_go_on(request: Request, town: str, ask_id: UUID) -> HttpResponseBase:
    """The search goes on."""
    return _done(request, ask_id, steering.go_on, _("We go on asking."))


@needs(Right.STEER_ASKS, methods=_POST, personal=True)
def search_hurry(request: Request, town: str, ask_id: UUID) -> HttpResponseBase:
    """More at a time, and sooner."""
    return _done(request, ask_id, steering.hurry, _("We ask more at a time now. The night stays quiet."))


@needs(Right.TAKE_PART, personal=True)
def how_we_ask(request: Request, town: str) -> HttpResponseBase:
    """How often one is asked, why, and what we reckon with."""
    found = own.how_we_ask(request.actor)
    if found is None:
        return redirect("my_profile", town=town)
    return render(request, "outreach/how_we_ask.html", {"how": found})


def _done(request: Request, ask_id: UUID, deed: Callable[..., object], words: str) -> HttpResponseBase:
    """Do it once and say so; or say why not."""
    here = reverse("search", args=[request.municipality.slug, ask_id])

    def do() -> str:
        deed(by=request.actor, ask_id=ask_id)
        return here

    try:
        where = perform(submission(request), do)
    except Problem as problem:
        messages.warning(request, str(problem.message))
        return redirect(here)
    messages.success(request, words)
    return redirect(where)
