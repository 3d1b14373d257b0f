"""Officers mark somebody as protected, and lift the mark."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.kernel.doors import Request, needs, submission
from handtag.kernel.errors import Problem
from handtag.kernel.mending import beside
from handtag.kernel.rights import Right
from handtag.once.actions import perform
from handtag.people import actions, queries
from handtag.people.actions import ReasonNeeded
from handtag.people.forms import ProtectForm, ReasonForm
from handtag.people.views.reading import opened


@needs(Right.KEEP_PROTECTED, methods=("GET", "POST"), personal=True)
def protect(request: Request, town: str, person_id: UUID) -> HttpResponseBase:
    """Mark somebody as protected, or change the mark."""
    try:
        page = opened(request, person_id, "protection")
    except ReasonNeeded:
        return redirect("person", town, person_id)
    form = ProtectForm(request.POST or None, initial=queries.mark_of(page))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(perform(submission(request), lambda: _mark(request, form, person_id)))
        except Problem as problem:
            beside(form, problem)
    context = {"form": form, "page": page}
    return render(request, "people/protect.html", context)


@needs(Right.KEEP_PROTECTED, methods=("GET", "POST"), personal=True)
def unprotect(request: Request, town: str, person_id: UUID) -> HttpResponseBase:
    """Lift the mark; the page says what will happen before it is done."""
    try:
        page = opened(request, person_id, "protection")
    except ReasonNeeded:
        return redirect("person", town, person_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(perform(submission(request), lambda: _lift(request, form, person_id)))
        except Problem as problem:
            beside(form, problem)
    return render(request, "people/unprotect.html", {"form": form, "page": page})


def _mark(request: Request, form: ProtectForm, person_id: UUID) -> str:
    actions.mark_protected(by=request.actor, person_id=person_id, **form.cleaned_data)
    messages.success(request, _("Marked. From now on only the person and the officers see who it is."))
    return reverse("person", args=[request.municipality.slug, person_id])


def _lift(request: Request, form: ReasonForm, person_id: UUID) -> str:
    actions.unmark(by=request.actor, person_id=person_id, reason=form.cleaned_data["reason"])
    messages.success(request, _("The mark is lifted."))
    return reverse("person", args=[request.municipality.slug, person_id])
