"""Noting what somebody showed at a counter, and taking such a note back."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.kernel import clock
from handtag.kernel.asked import ReasonForm
from handtag.kernel.doors import Request, needs, submission
from handtag.kernel.rights import Right
from handtag.once.actions import perform
from handtag.permits import actions
from handtag.permits.forms import CheckForm
from handtag.permits.queries import Missing
from handtag.permits.queries.own import PersonPermits, at_counter
from handtag.permits.rules import DemandKind
from handtag.permits.views.sending import sent

Noting = list[tuple[Missing, CheckForm | None]]


@needs(Right.RECORD_CHECKS, methods=("GET", "POST"), personal=True)
def counter(request: Request, town: str) -> HttpResponseBase:
    """Somebody stands at the counter with their card: find them by the whole name on it, sent as a form."""
    typed = request.POST.get("namn", "").strip()
    found = at_counter(request.actor, typed) if typed else []
    return render(request, "permits/counter.html", {"found": found, "typed": typed})


@needs(Right.RECORD_CHECKS, methods=("GET", "POST"), personal=True)
def of_person(request: Request, town: str, person_id: UUID) -> HttpResponseBase:
    """How somebody stands in every service; a protected person's opens only to somebody who says why."""
    form = ReasonForm(request.POST or None)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        page = actions.open_person(by=request.actor, person_id=person_id, reason=reason)
    except actions.ReasonNeeded:
        return render(request, "permits/reason.html", {"form": form})
    return _show(request, page)


@needs(Right.RECORD_CHECKS, methods=("POST",), personal=True)
def note(request: Request, town: str, person_id: UUID) -> HttpResponseBase:
    """Note one demand as met. No file is ever taken."""
    page = actions.open_person(by=request.actor, person_id=person_id, reason=_("To note a check"))
    form = CheckForm(request.POST, kind=request.POST.get("kind", ""), place="typed")

    def deed() -> str:
        actions.record_check(by=request.actor, person_id=person_id, **form.words())
        messages.success(request, _("Noted."))
        return reverse("permits_of_person", args=[town, person_id])

    refuse_files(request, form)
    return sent(request, form, deed) or _show(request, page, form)


@needs(Right.RECORD_CHECKS, methods=("POST",), personal=True)
def withdraw_check(request: Request, town: str, check_id: UUID) -> HttpResponseBase:
    """Take a noted check back."""

    def deed() -> str:
        taken = actions.withdraw_check(by=request.actor, check_id=check_id)
        messages.success(request, _("Taken back. What rested on it no longer holds."))
        return reverse("permits_of_person", args=[town, taken.person_id])

    return redirect(perform(submission(request), deed))


def refuse_files(request: Request, form: CheckForm) -> None:
    """What somebody shows is looked at and given back: nothing of it is stored, so no file is accepted."""
    if request.FILES:
        form.add_error(None, _("Files are never received here. Look at the paper and give it back."))


def note_forms(missing: Iterable[Missing], typed: CheckForm | None = None) -> Noting:
    """Each missing demand with the form to note it; one just typed stays as it was."""
    rows = list(missing)
    identity_too = any(each.demand.kind == DemandKind.IDENTITY for each in rows)
    return [
        (each, None if each.demand.kind == DemandKind.ADULT and identity_too else _form(each, place, typed))
        for place, each in enumerate(rows)
    ]


def _form(missing: Missing, place: int, typed: CheckForm | None) -> CheckForm:
    # An age is read on the card that shows who somebody is.
    kind = DemandKind.IDENTITY if missing.demand.kind == DemandKind.ADULT else missing.demand.kind
    name = missing.demand.name if kind == DemandKind.TRAINING else ""
    if typed is not None and (typed.data.get("kind"), typed.data.get("name", name)) == (kind, name):
        return typed
    initial: dict[str, Any] = {"kind": kind, "name": name, "seen_on": clock.today()}
    return CheckForm(kind=kind, place=str(place), initial=initial)


def _show(request: Request, page: PersonPermits, typed: CheckForm | None = None) -> HttpResponseBase:
    context = {
        "page": page,
        "remaining": note_forms(page.missing, typed),
        "can_decide": request.actor.may(Right.DECIDE_PERMITS),
    }
    return render(request, "permits/person.html", context)
