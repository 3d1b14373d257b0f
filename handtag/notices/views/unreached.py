"""Whom nothing reached: staff ring instead."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.kernel.asked import ReasonForm
from handtag.kernel.doors import Request, needs, posted, submission
from handtag.kernel.rights import Right
from handtag.notices import actions, queries
from handtag.once.actions import perform
from handtag.people.actions import ReasonNeeded


@needs(Right.SEE_PEOPLE, personal=True)
def unreached(request: Request, town: str) -> HttpResponseBase:
    """Everybody whom notices of the last week did not reach."""
    return render(request, "notices/unreached.html", {"people": queries.unreached(request.actor)})


@needs(Right.SEE_PEOPLE, methods=("GET", "POST"), personal=True)
def ring(request: Request, town: str, person_id: UUID) -> HttpResponseBase:
    """The number, and what to tell; of somebody protected once it is said why."""
    form = ReasonForm(posted(request))
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        found = actions.open_missed(by=request.actor, person_id=person_id, reason=reason)
    except ReasonNeeded:
        return render(request, "notices/ring_why.html", {"form": form})
    return render(request, "notices/ring.html", {"found": found})


@needs(Right.SEE_PEOPLE, methods=("POST",), personal=True)
def phoned(request: Request, town: str, person_id: UUID) -> HttpResponseBase:
    """It has been told by phone."""

    def deed() -> str:
        actions.note_phoned(by=request.actor, person_id=person_id)
        messages.success(request, _("Noted: told by phone."))
        return reverse("unreached", args=[town])

    return redirect(perform(submission(request), deed))
