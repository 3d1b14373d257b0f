"""One's own permits: what is open, what remains, what was decided and how to have it looked at again."""

from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from handtag.kernel.doors import Request, needs, submission
from handtag.kernel.rights import Right
from handtag.once.actions import perform
from handtag.permits import actions
from handtag.permits.queries.own import own


@needs(Right.TAKE_PART, personal=True)
def mine(request: Request, town: str) -> HttpResponseBase:
    """One's own, or of whom one acts for."""
    return render(request, "permits/mine.html", {"own": own(request.actor)})


@needs(Right.TAKE_PART, methods=("POST",), personal=True)
def apply(request: Request, town: str, service_id: UUID, side: str) -> HttpResponseBase:
    """Apply (again)."""

    def deed() -> str:
        actions.apply(by=request.actor, service_id=service_id, side=side)
        return reverse("my_permits", args=[town])

    return redirect(perform(submission(request), deed))
