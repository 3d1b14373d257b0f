"""Committees: their names, and their decisions on automatic grants."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.kernel.doors import Request, needs, submission
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Right
from handtag.municipalities import actions, queries
from handtag.municipalities.forms import CommitteeForm, DecisionForm
from handtag.once.actions import fulfil, perform


@needs(Right.SET_UP, methods=("GET", "POST"))
def committees(request: Request, town: str) -> HttpResponseBase:
    """Every committee; a new one is added beneath."""
    form = CommitteeForm(request.POST or None)
    if where := fulfil(submission(request), form, lambda: _name(request, form)):
        return redirect(where)
    rows = queries.committees(request.municipality.id)
    return render(request, "municipalities/committees.html", {"form": form, "committees": rows})


@needs(Right.SET_UP, methods=("GET", "POST"))
def committee(request: Request, town: str, committee_id: UUID) -> HttpResponseBase:
    """One committee: its right name."""
    rows = {row.id: row for row in queries.committees(request.municipality.id)}
    if committee_id not in rows:
        raise NotFound("committee")
    form = CommitteeForm(request.POST or None, initial={"name": rows[committee_id].name})
    if where := fulfil(submission(request), form, lambda: _name(request, form, committee_id)):
        return redirect(where)
    return render(request, "municipalities/committee.html", {"form": form, "committee": rows[committee_id]})


@needs(Right.SET_UP, methods=("GET", "POST"))
def decision(request: Request, town: str, committee_id: UUID) -> HttpResponseBase:
    """The committee's decision that published rules may grant by themselves."""
    rows = {row.id: row for row in queries.committees(request.municipality.id)}
    if committee_id not in rows:
        raise NotFound("committee")
    row = rows[committee_id]
    form = DecisionForm(
        request.POST or None, initial={"on": row.automatic_from, "reference": row.automatic_reference}
    )
    if where := fulfil(submission(request), form, lambda: _decide(request, form, committee_id)):
        return redirect(where)
    return render(request, "municipalities/decision.html", {"form": form, "committee": row})


@needs(Right.SET_UP, methods=("POST",))
def stop(request: Request, town: str, committee_id: UUID) -> HttpResponseBase:
    """The committee no longer allows it: from now on a caseworker decides."""

    def deed() -> str:
        actions.set_committee_decision(by=request.actor, committee_id=committee_id, on=None, reference="")
        return _back(request, _("From now on a caseworker decides on each permit."))

    return redirect(perform(submission(request), deed))


def _name(request: Request, form: CommitteeForm, committee_id: UUID | None = None) -> str:
    actions.name_committee(by=request.actor, name=form.cleaned_data["name"], committee_id=committee_id)
    return _back(request, _("Saved."))


def _decide(request: Request, form: DecisionForm, committee_id: UUID) -> str:
    actions.set_committee_decision(by=request.actor, committee_id=committee_id, **form.cleaned_data)
    return _back(request, _("Recorded. Permits whose demands are met are now granted at once."))


def _back(request: Request, words: str) -> str:
    messages.success(request, words)
    return reverse("committees", args=[request.municipality.slug])
