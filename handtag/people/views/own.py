"""One's own details, and whom one does not want to meet."""

from dataclasses import asdict
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
from handtag.people.actions import NewPerson
from handtag.people.forms import OwnForm
from handtag.people.views.staff import place_choices


@needs(Right.TAKE_PART, methods=("GET", "POST"), personal=True)
def own_details(request: Request, town: str) -> HttpResponseBase:
    """Name, how one is reached, where one lives, which languages one speaks."""
    me = queries.person(request.actor, request.actor.whose)
    stands = queries.details(request.actor, me.id)
    form = OwnForm(
        request.POST or None,
        places=place_choices(request),
        initial=asdict(stands),
        is_protected=me.is_protected,
    )
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(perform(submission(request), lambda: _change(request, form, stands)))
        except Problem as problem:
            beside(form, problem)
    return render(request, "people/own.html", {"form": form, "blocks": queries.blocked_by_me(request.actor)})


@needs(Right.TAKE_PART, methods=("POST",), personal=True)
def lift_block(request: Request, town: str, other_id: UUID) -> HttpResponseBase:
    """Lift one's own block."""

    def deed() -> str:
        actions.unblock(by=request.actor, other_id=other_id)
        messages.success(request, _("The block is lifted. You may meet again."))
        return reverse("own_details", args=[request.municipality.slug])

    return redirect(perform(submission(request), deed))


def _change(request: Request, form: OwnForm, stands: NewPerson) -> str:
    actions.change_details(by=request.actor, person_id=request.actor.whose, new=form.words(stands))
    messages.success(request, _("Saved."))
    return reverse("own_details", args=[request.municipality.slug])
