"""The pages of cases: the queue and one case for staff, and for who reported, what came of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.cases import actions, queries
from handtag.cases.forms import CloseForm, NoteForm, ReaderForm
from handtag.kernel.asked import ReasonForm
from handtag.kernel.doors import Request, needs, public, submission
from handtag.kernel.rights import Right
from handtag.once.actions import fulfil, perform
from handtag.people.actions import ReasonNeeded

_LISTED = "who may read a case is listed on the case; for all others it is absent"


@needs(Right.HANDLE_CASES, personal=True)
def cases(request: Request, town: str) -> HttpResponseBase:
    """What waits to be sorted out, oldest first; or what was closed last."""
    show_closed = "avslutade" in request.GET
    rows = queries.closed(request.actor) if show_closed else queries.waiting(request.actor)
    return render(request, "cases/queue.html", {"rows": rows, "show_closed": show_closed})


@public(_LISTED, methods=("GET", "POST"), personal=True)
def case(request: Request, town: str, case_id: UUID) -> HttpResponseBase:
    """One case; one about a protected person opens only to somebody who says why."""
    return _show(request, case_id)


@needs(Right.HANDLE_CASES, methods=("POST",), personal=True)
def take(request: Request, town: str, case_id: UUID) -> HttpResponseBase:
    """I see to this one."""

    def deed() -> str:
        actions.take_in_hand(by=request.actor, case_id=case_id)
        return _back(request, case_id, _("You see to this case now."))

    return redirect(perform(submission(request), deed))


@public(_LISTED, methods=("POST",), personal=True)
def accept(request: Request, town: str, case_id: UUID) -> HttpResponseBase:
    """Whom it was handed on to takes it."""

    def deed() -> str:
        actions.accept(by=request.actor, case_id=case_id)
        return _back(request, case_id, _("You see to this case now."))

    return redirect(perform(submission(request), deed))


@public(_LISTED, methods=("POST",), personal=True)
def note(request: Request, town: str, case_id: UUID) -> HttpResponseBase:
    """Write down what was done."""
    form = NoteForm(request.POST, auto_id="note_%s")

    def deed() -> str:
        actions.note(by=request.actor, case_id=case_id, text=form.cleaned_data["text"])
        return _back(request, case_id, _("Noted."))

    if where := fulfil(submission(request), form, deed):
        return redirect(where)
    return _show(request, case_id, note_form=form)


@needs(Right.HANDLE_CASES, methods=("GET", "POST"), personal=True)
def add_reader(request: Request, town: str, case_id: UUID) -> HttpResponseBase:
    """Let a colleague read the case."""
    about = queries.about(queries.case(request.actor, case_id))
    form = ReaderForm(request.POST or None, staff=queries.possible_readers(request.actor, about))

    def deed() -> str:
        actions.add_reader(by=request.actor, case_id=case_id, person_id=form.person_id)
        return _back(request, case_id, _("Your colleague can read the case now."))

    if where := fulfil(submission(request), form, deed):
        return redirect(where)
    return render(request, "cases/reader.html", {"form": form, "case_id": case_id})


@needs(Right.HANDLE_CASES, methods=("POST",), personal=True)
def close(request: Request, town: str, case_id: UUID) -> HttpResponseBase:
    """End it: what came of it, and the answer."""
    form = CloseForm(request.POST, outcomes=queries.OUTCOME_WORDS, auto_id="close_%s")

    def deed() -> str:
        actions.close(by=request.actor, case_id=case_id, closing=form.closing)
        messages.success(request, _("Closed. Who told us has got an answer."))
        return reverse("cases", args=[town])

    if where := fulfil(submission(request), form, deed):
        return redirect(where)
    return _show(request, case_id, close_form=form)


@needs(Right.HANDLE_CASES, methods=("POST",), personal=True)
def reopen(request: Request, town: str, case_id: UUID) -> HttpResponseBase:
    """Take it up again."""

    def deed() -> str:
        actions.reopen(by=request.actor, case_id=case_id)
        return _back(request, case_id, _("The case is open again, and you see to it."))

    return redirect(perform(submission(request), deed))


@needs(Right.TAKE_PART, personal=True)
def my_report(request: Request, town: str, case_id: UUID) -> HttpResponseBase:
    """What one told the municipality, and what it answered."""
    report = queries.own_report(request.actor, case_id)
    return render(request, "cases/my_report.html", {"report": report})


def _show(request: Request, case_id: UUID, **forms: Form) -> HttpResponseBase:
    """The case with its forms; a reason that was just given counts for this page."""
    asked = ReasonForm(request.POST if "reason" in request.POST else None)
    reason = asked.cleaned_data["reason"] if asked.is_valid() else ""
    reach = queries.reach(request.actor)
    try:
        page = actions.open_page(by=request.actor, case_id=case_id, reason=reason, service_ids=reach)
    except ReasonNeeded:
        return render(request, "cases/reason.html", {"form": asked, "case_id": case_id})
    return render(request, "cases/case.html", {"case": page, **_forms(request, page, reach), **forms})


def _forms(request: Request, page: queries.CasePage, reach: set[UUID]) -> dict[str, Any]:
    if not page.may_handle:
        return {"note_form": NoteForm(auto_id="note_%s")}
    return {
        "rows": queries.waiting(request.actor, reach),
        "note_form": NoteForm(auto_id="note_%s"),
        "close_form": CloseForm(outcomes=queries.OUTCOME_WORDS, auto_id="close_%s"),
    }


def _back(request: Request, case_id: UUID, words: str) -> str:
    messages.success(request, words)
    return reverse("case", args=[request.municipality.slug, case_id])
