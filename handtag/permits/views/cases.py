"""The caseworkers' queue and the decision page."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.kernel import clock
from handtag.kernel.asked import ReasonForm
from handtag.kernel.doors import Request, needs
from handtag.kernel.rights import Right
from handtag.permits import actions
from handtag.permits.forms import CheckForm, DecisionForm
from handtag.permits.queries import words
from handtag.permits.queries.cases import Case
from handtag.permits.queries.queue import TABS, queue
from handtag.permits.views.checks import note_forms, refuse_files
from handtag.permits.views.sending import sent

CHOSEN = ("asked_for_more", "granted", "reinstated")


@needs(Right.DECIDE_PERMITS, methods=("GET", "POST"), personal=True)
def permits(request: Request, town: str) -> HttpResponseBase:
    """What waits for a decision, and what is in force, paused or ended; a name is sought as a form."""
    tab, sought = request.GET.get("visa", "waiting"), request.POST.get("namn", "").strip()
    found = queue(request.actor, tab, sought)
    tabs = [(name, words.TABS[name], found.counts[name]) for name in TABS]
    return render(request, "permits/queue.html", {"queue": found, "tabs": tabs, "sought": sought})


@needs(Right.DECIDE_PERMITS, methods=("GET", "POST"), personal=True)
def permit(request: Request, town: str, permit_id: UUID) -> HttpResponseBase:
    """One case; a protected person's opens only to somebody who says why."""
    form = ReasonForm(request.POST or None)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        case = actions.open_case(by=request.actor, permit_id=permit_id, reason=reason)
    except actions.ReasonNeeded:
        return render(request, "permits/reason.html", {"form": form})
    return _show(request, case, _decision_form(case))


@needs(Right.DECIDE_PERMITS, methods=("POST",), personal=True)
def decide(request: Request, town: str, permit_id: UUID) -> HttpResponseBase:
    """Take the decision, or show first what it would send."""
    case = actions.open_case(by=request.actor, permit_id=permit_id, reason=_("To decide"))
    form = _decision_form(case, request.POST)

    def deed() -> str:
        actions.decide(by=request.actor, permit_id=permit_id, **form.cleaned_data)
        messages.success(request, _("Decided, and the person is told."))
        return reverse("permits", args=[town])

    if "preview" in request.POST and form.is_valid():
        return _show(request, case, form, letter=actions.preview(verb=form.cleaned_data["verb"]))
    return sent(request, form, deed) or _show(request, case, form)


@needs(Right.RECORD_CHECKS, methods=("POST",), personal=True)
def check(request: Request, town: str, permit_id: UUID) -> HttpResponseBase:
    """Note one demand as met, on the decision page. No file is ever taken."""
    case = actions.open_case(by=request.actor, permit_id=permit_id, reason=_("To note a check"))
    form = CheckForm(request.POST, kind=request.POST.get("kind", ""), place="typed")

    def deed() -> str:
        actions.record_check(
            by=request.actor, person_id=case.person_id, service_id=case.service.id, **form.words()
        )
        messages.success(request, _("Noted."))
        return reverse("permit", args=[town, permit_id])

    refuse_files(request, form)
    return sent(request, form, deed) or _show(request, case, _decision_form(case), typed=form)


def _decision_form(case: Case, typed: Any = None) -> DecisionForm:
    # What takes something away is never chosen beforehand, nor how a review ends.
    able = () if case.review else (verb for verb in case.verbs if verb in CHOSEN)
    first = next((verb for verb in able if verb not in case.blocked_verbs), "")
    reasons = words.reason_choices(case.verbs, case.standing.rule.demands)
    return DecisionForm(typed, initial={"seen": case.seen, "verb": first}, reasons=reasons)


def _show(request: Request, case: Case, form: DecisionForm, **more: Any) -> HttpResponseBase:
    context = {
        "case": case,
        "form": form,
        "remaining": note_forms(case.missing, more.get("typed")),
        "options": [(verb, *words.DECIDING[verb], verb in case.blocked_verbs) for verb in case.verbs],
        "now": clock.now(),
    }
    return render(request, "permits/case.html", context | more)
