"""Ringing somebody from the list: it is taken, rung, and what came of it noted."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.desk import actions
from handtag.desk.forms import HowForm, OutcomeForm
from handtag.desk.queries.ringing import to_ring
from handtag.kernel.doors import Request, needs, submission
from handtag.kernel.errors import Problem
from handtag.kernel.rights import Right
from handtag.once.actions import perform

_POST = ("POST",)


@needs(Right.ANSWER_CALLS, methods=_POST, personal=True)
def take(request: Request, town: str, ring_back_id: UUID) -> HttpResponseBase:
    """I ring this one: to the page of whom it is."""

    def do() -> str:
        row = actions.take(by=request.actor, ring_back_id=ring_back_id)
        return reverse("caller", args=[town, row.person_id])

    return _done(request, do)


@needs(Right.ANSWER_CALLS, methods=_POST, personal=True)
def take_letter(request: Request, town: str, person_id: UUID) -> HttpResponseBase:
    """I ring whom no letter reaches in time."""

    def do() -> str:
        row = actions.take_letter(by=request.actor, person_id=person_id)
        return reverse("caller", args=[town, row.person_id])

    return _done(request, do)


@needs(Right.ANSWER_CALLS, methods=_POST, personal=True)
def put_back(request: Request, town: str, ring_back_id: UUID) -> HttpResponseBase:
    """Somebody else may."""

    def do() -> str:
        actions.put_back(by=request.actor, ring_back_id=ring_back_id)
        return reverse("desk", args=[town])

    return _done(request, do)


@needs(Right.ANSWER_CALLS, methods=_POST, personal=True)
def outcome(request: Request, town: str, ring_back_id: UUID) -> HttpResponseBase:
    """Reached, no answer, or a number that is wrong."""
    form = OutcomeForm(request.POST)

    def do() -> str:
        said = form.cleaned_data["outcome"] if form.is_valid() else ""
        row = actions.note_outcome(
            by=request.actor, ring_back_id=ring_back_id, outcome=said, told=form.told_ids
        )
        messages.success(request, _("Noted."))
        where = ["caller", row.person_id] if said == "reached" else ["desk"]
        return reverse(str(where[0]), args=[town, *where[1:]])

    return _done(request, do)


@needs(Right.ANSWER_CALLS, methods=_POST, personal=True)
def how_it_went(request: Request, town: str, ring_back_id: UUID) -> HttpResponseBase:
    """The follow-up: filed as if the caller had written it."""
    form = HowForm(request.POST)
    person_id = to_ring(request.actor, ring_back_id).person_id

    def do() -> str:
        said = form.cleaned_data if form.is_valid() else {}
        actions.say_how_it_went(
            by=request.actor,
            ring_back_id=ring_back_id,
            how=said.get("how", ""),
            words=said.get("words", ""),
        )
        messages.success(request, _("Noted how it went."))
        return reverse("caller", args=[town, person_id])

    return _done(request, do)


@needs(Right.ANSWER_CALLS, methods=_POST, personal=True)
def want_ring_back(request: Request, town: str, person_id: UUID) -> HttpResponseBase:
    """The caller wants us to ring."""

    def do() -> str:
        actions.want_ring_back(by=request.actor, person_id=person_id, words=request.POST.get("words", ""))
        messages.success(request, _("They are on the call list."))
        return reverse("caller", args=[town, person_id])

    return _done(request, do)


def _done(request: Request, do: Callable[[], str]) -> HttpResponseBase:
    """Do it once; a refusal is said at the desk."""
    try:
        return redirect(perform(submission(request), do))
    except Problem as problem:
        messages.warning(request, str(problem))
        return redirect("desk", request.municipality.slug)
