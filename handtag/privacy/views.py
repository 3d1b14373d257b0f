"""My data, who has looked, and the municipality's retention."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.kernel import doors
from handtag.kernel.doors import Request, needs
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Right
from handtag.once import actions as once
from handtag.privacy.actions import erasing, retention
from handtag.privacy.forms import DecisionForm
from handtag.privacy.queries import holdings
from handtag.privacy.queries import retention as retention_queries

POST = ("POST",)


@needs(Right.TAKE_PART, personal=True)
def my_data(request: Request, town: str) -> HttpResponse:
    """Everything held about oneself, why, and who has looked."""
    by = request.actor
    shown = {
        "holdings": holdings.holdings(by, by.person),
        "looks": holdings.looks(by, by.person),
        "times_looked": holdings.times_looked(by, by.person),
        "towns": holdings.towns_of(by.person),
        "has_asked": retention_queries.has_asked(by.tenant, by.person),
    }
    return render(request, "privacy/my_data.html", shown)


@needs(Right.TAKE_PART, personal=True)
def my_data_file(request: Request, town: str) -> HttpResponse:
    """The same as a file to take along."""
    found = holdings.export(request.actor, request.actor.person)
    response = JsonResponse(found, json_dumps_params={"indent": 1, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="handtag.json"'
    return response


@needs(Right.TAKE_PART, methods=("GET", "POST"), personal=True)
def erase_me(request: Request, town: str) -> HttpResponse:
    """Ask to be erased, after reading what that means."""
    if request.method != "POST":
        return render(request, "privacy/erase_me.html")

    def deed() -> str:
        erasing.ask_for_erasure(by=request.actor)
        return reverse("my_data", args=[town])

    answer = once.perform(doors.submission(request), deed)
    messages.success(request, _("We have your request. You get an answer within a month."))
    return redirect(answer)


@needs(Right.KEEP_RECORDS, personal=True)
def records(request: Request, town: str) -> HttpResponse:
    """Retention: what is decided, what is due, what waits for a second person."""
    return render(request, "privacy/records.html", _records(request))


def _records(request: Request) -> dict[str, object]:
    by = request.actor
    return {
        "table": retention_queries.table(by),
        "due": retention_queries.due(by.tenant),
        "destructions": retention_queries.destructions(by),
        "requests": retention_queries.erasure_requests(by),
    }


@needs(Right.KEEP_RECORDS, methods=("GET", "POST"))
def decide(request: Request, town: str, record_type: str) -> HttpResponse:
    """Record a decision on one record type."""
    form = DecisionForm(request.POST or None, initial={"record_type": record_type})
    if where := once.fulfil(doors.submission(request), form, lambda: _decide(request, town, form)):
        return redirect(where)
    line = next((line for line in retention_queries.table(request.actor) if line.type == record_type), None)
    return render(request, "privacy/decide.html", {"form": form, "line": line})


def _decide(request: Request, town: str, form: DecisionForm) -> str:
    retention.decide(by=request.actor, **form.cleaned_data)
    return reverse("records", args=[town])


@needs(Right.KEEP_RECORDS, methods=POST)
def propose(request: Request, town: str) -> HttpResponse:
    """Propose to destroy what is due."""

    def deed() -> str:
        retention.propose(by=request.actor)
        return reverse("records", args=[town])

    return redirect(once.perform(doors.submission(request), deed))


@needs(Right.KEEP_RECORDS, methods=POST)
def approve(request: Request, town: str, destruction_id: UUID) -> HttpResponse:
    """Approve what a colleague proposed."""

    def deed() -> str:
        retention.approve(by=request.actor, destruction_id=destruction_id)
        return reverse("records", args=[town])

    return redirect(once.perform(doors.submission(request), deed))


@needs(Right.KEEP_RECORDS, methods=("GET", "POST"), personal=True)
def erase(request: Request, town: str, person_id: UUID) -> HttpResponse:
    """Erase somebody who asked for it, after reading what stays and why."""
    wanted = [one for one in retention_queries.erasure_requests(request.actor) if one.person_id == person_id]
    if not wanted:
        raise NotFound("nobody has asked for this, or it is done already")
    if request.method == "POST":

        def deed() -> str:
            erasing.erase(by=request.actor, person_id=person_id)
            return reverse("records", args=[town])

        return redirect(once.perform(doors.submission(request), deed))
    return render(request, "privacy/erase.html", {"request_for": wanted[0]})
