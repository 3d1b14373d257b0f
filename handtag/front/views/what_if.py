"""What if …: a question about the municipality's own figures, and what came of it."""

from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from handtag.front.actions import what_if as actions
from handtag.front.forms.what_if import WhatIfForm
from handtag.front.queries import what_if as queries
from handtag.kernel.doors import Request, needs, submission
from handtag.kernel.rights import Right
from handtag.once.actions import fulfil


@needs(Right.STEER_ASKS, methods=("GET", "POST"))
def what_if(request: Request, town: str) -> HttpResponseBase:
    """Choose what would be otherwise."""
    found = queries.start(request.actor)
    form = WhatIfForm(request.POST or None, services=found.services, budget=found.budget)

    def deed() -> str:
        asked = actions.ask(by=request.actor, changes=form.changes)
        return reverse("what_if_answer", args=[town, asked])

    if where := fulfil(submission(request), form, deed):
        return redirect(where)
    return render(request, "front/cockpit_what_if.html", {"form": form, "start": found})


@needs(Right.STEER_ASKS)
def answer(request: Request, town: str, what_if_id: UUID) -> HttpResponseBase:
    """The figures as they are and as they would be, or how far the towns have been played."""
    found = queries.answer(request.actor, what_if_id)
    return render(request, "front/cockpit_what_if_answer.html", {"answer": found})


@needs(Right.STEER_ASKS)
def now(request: Request, town: str, what_if_id: UUID) -> HttpResponseBase:
    """The part of that page which changes, for who has it open."""
    found = queries.answer(request.actor, what_if_id)
    return render(request, "front/cockpit_what_if_now.html", {"answer": found})
