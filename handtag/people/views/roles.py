"""Who is what: the table of roles of a municipality, and giving and taking them."""

from typing import Any
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
from handtag.people.forms import AppointForm, RoleForm


@needs(Right.GIVE_ROLES, methods=("GET", "POST"), personal=True)
def roles(request: Request, town: str) -> HttpResponseBase:
    """The table of who has which role, and a form for a colleague who shall have one."""
    form = AppointForm(request.POST or None, **_offered(request))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(perform(submission(request), lambda: _appoint(request, form)))
        except Problem as problem:
            beside(form, problem)
    context = {"form": form, "staff": queries.staff(request.actor)}
    return render(request, "people/roles.html", context)


@needs(Right.GIVE_ROLES, methods=("GET", "POST"), personal=True)
def give(request: Request, town: str, person_id: UUID) -> HttpResponseBase:
    """A role for somebody who is known here."""
    name = queries.staff_name(request.actor, person_id)
    form = RoleForm(request.POST or None, **_offered(request))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(perform(submission(request), lambda: _give(request, form, person_id)))
        except Problem as problem:
            beside(form, problem)
    return render(request, "people/give_role.html", {"form": form, "name": name})


@needs(Right.GIVE_ROLES, methods=("POST",), personal=True)
def take(request: Request, town: str, person_id: UUID, role: str) -> HttpResponseBase:
    """Take a role away."""

    def deed() -> str:
        actions.take_role(by=request.actor, person_id=person_id, role=role)
        messages.success(request, _("The role is taken away. It counts at once."))
        return reverse("roles", args=[request.municipality.slug])

    return redirect(perform(submission(request), deed))


def _offered(request: Request) -> dict[str, Any]:
    """The roles that may be given, and what each may be narrowed to."""
    scopes = {
        kind: [(str(one.id), one.name) for one in found]
        for kind, found in queries.offered(request.actor).items()
    }
    by = request.actor
    return {"roles": queries.givable(by), "scopes": scopes, "bound": queries.bound(by)}


def _appoint(request: Request, form: AppointForm) -> str:
    actions.appoint(by=request.actor, **form.cleaned_data)
    messages.success(request, _("The role is given. It counts at once."))
    return reverse("roles", args=[request.municipality.slug])


def _give(request: Request, form: RoleForm, person_id: UUID) -> str:
    actions.give_role(by=request.actor, person_id=person_id, **form.cleaned_data)
    messages.success(request, _("The role is given. It counts at once."))
    return reverse("roles", args=[request.municipality.slug])
