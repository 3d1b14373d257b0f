"""Pages of an errand, the same for both sides: when, where, the code, messages, done, thanks."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.errands.actions import errand as actions
from handtag.errands.actions import receipts
from handtag.errands.actions import words as saying
from handtag.errands.forms import meeting as forms
from handtag.errands.queries.errands import errand_page
from handtag.errands.queries.meeting import my_errands
from handtag.kernel.doors import Request, needs, submission
from handtag.kernel.rights import Right
from handtag.notices.actions import ask_for_call
from handtag.once.actions import fulfil
from handtag.papers.photos import CONTENT_TYPE

_POST = ("POST",)
_BOTH = ("GET", "POST")
_PICTURE = {
    "Cache-Control": "private, no-store",
    "Content-Disposition": 'inline; filename="kvitto.jpg"',
    "X-Content-Type-Options": "nosniff",
}


@needs(Right.TAKE_PART, personal=True)
def errands(request: Request, town: str) -> HttpResponseBase:
    """All that one has promised, was asked, and has done."""
    return render(request, "errands/errands.html", {"mine": my_errands(request.actor)})


@needs(Right.TAKE_PART, personal=True, for_another=True)
def errand(request: Request, town: str, errand_id: UUID) -> HttpResponseBase:
    """One errand."""
    return _page(request, errand_id)


@needs(Right.TAKE_PART, methods=_BOTH, personal=True, for_another=True)
def errand_messages(request: Request, town: str, errand_id: UUID) -> HttpResponseBase:
    """What the two have written, for a page that is open already; posting writes."""
    if request.method == "GET":
        page = errand_page(request.actor, errand_id)
        if request.GET.get("last") == page.last_message:
            return HttpResponse(status=204)
        return render(request, "errands/_messages.html", {"page": page})
    form = forms.MessageForm(request.POST)

    def deed() -> object:
        return saying.write_message(by=request.actor, errand_id=errand_id, **form.cleaned_data)

    return _sent(request, town, errand_id, form, deed, "message", "#skriv")


@needs(Right.TAKE_PART, methods=_POST, personal=True, for_another=True)
def errand_call(request: Request, town: str, errand_id: UUID) -> HttpResponseBase:
    """Put me through to the other one."""

    def deed() -> None:
        ask_for_call(by=request.actor, about_id=errand_id)
        messages.success(request, _("Your phone rings in a moment. Answer, and we put you through."))

    return _sent(request, town, errand_id, Form(request.POST), deed, "none")


@needs(Right.TAKE_PART, methods=_POST, personal=True, for_another=True)
def errand_start(request: Request, town: str, errand_id: UUID) -> HttpResponseBase:
    """We have met."""

    def deed() -> object:
        return actions.start(by=request.actor, errand_id=errand_id)

    return _sent(request, town, errand_id, Form(request.POST), deed, "none")


@needs(Right.TAKE_PART, methods=_POST, personal=True, for_another=True)
def errand_done(request: Request, town: str, errand_id: UUID) -> HttpResponseBase:
    """It is done."""

    def deed() -> object:
        return actions.complete(by=request.actor, errand_id=errand_id)

    return _sent(request, town, errand_id, Form(request.POST), deed, "none", "#hur-var-det")


@needs(Right.TAKE_PART, methods=_POST, personal=True, for_another=True)
def errand_undo(request: Request, town: str, errand_id: UUID) -> HttpResponseBase:
    """That was a slip of the finger."""

    def deed() -> object:
        return actions.undo(by=request.actor, errand_id=errand_id)

    return _sent(request, town, errand_id, Form(request.POST), deed, "none")


@needs(Right.TAKE_PART, methods=_POST, personal=True, for_another=True)
def errand_spent(request: Request, town: str, errand_id: UUID) -> HttpResponseBase:
    """What the goods cost."""
    form = forms.SpentForm(request.POST)

    def deed() -> object:
        return saying.note_spent(by=request.actor, errand_id=errand_id, **form.cleaned_data)

    return _sent(request, town, errand_id, form, deed, "spent", "#pengar")


@needs(Right.TAKE_PART, methods=_POST, personal=True, for_another=True)
def errand_repaid(request: Request, town: str, errand_id: UUID) -> HttpResponseBase:
    """The money has come back."""

    def deed() -> object:
        return saying.note_repaid(by=request.actor, errand_id=errand_id)

    return _sent(request, town, errand_id, Form(request.POST), deed, "none", "#pengar")


@needs(Right.TAKE_PART, methods=_POST, personal=True, for_another=True)
def receipt_add(request: Request, town: str, errand_id: UUID) -> HttpResponseBase:
    """A photo of what the goods cost."""
    form = forms.ReceiptForm(request.POST, request.FILES)

    def deed() -> object:
        return receipts.add_receipt(by=request.actor, errand_id=errand_id, photo=form.cleaned_data["receipt"])

    return _sent(request, town, errand_id, form, deed, "receipt_form", "#kvitton")


@needs(Right.TAKE_PART, personal=True, for_another=True)
def receipt(request: Request, town: str, errand_id: UUID, receipt_id: UUID) -> HttpResponseBase:
    """The photo of one receipt, as the kind of picture we made it, and as nothing else."""
    photo = receipts.open_receipt(by=request.actor, errand_id=errand_id, receipt_id=receipt_id)
    return HttpResponse(photo, content_type=CONTENT_TYPE, headers=_PICTURE)


@needs(Right.TAKE_PART, methods=_BOTH, personal=True, for_another=True)
def receipt_remove(request: Request, town: str, errand_id: UUID, receipt_id: UUID) -> HttpResponseBase:
    """Take a receipt away, once it is said what that means."""
    if request.method != "POST":
        page = errand_page(request.actor, errand_id)
        context = {"page": page, "receipt": page.removable(receipt_id)}
        return render(request, "errands/receipt_remove.html", context)

    def deed() -> object:
        return receipts.remove_receipt(by=request.actor, errand_id=errand_id, receipt_id=receipt_id)

    return _sent(request, town, errand_id, Form(request.POST), deed, "none", "#kvitton")


@needs(Right.TAKE_PART, methods=_POST, personal=True, for_another=True)
def errand_feedback(request: Request, town: str, errand_id: UUID) -> HttpResponseBase:
    """How it was, and thanks."""
    form = forms.FeedbackForm(request.POST)

    def deed() -> None:
        saying.give_feedback(by=request.actor, errand_id=errand_id, **form.cleaned_data)
        messages.success(request, _("Thank you for telling us how it was!"))

    return _sent(request, town, errand_id, form, deed, "feedback")


@needs(Right.TAKE_PART, methods=_BOTH, personal=True, for_another=True)
def errand_cancel(request: Request, town: str, errand_id: UUID) -> HttpResponseBase:
    """Something came up: what will happen, and then yes."""
    form = forms.CancelForm(request.POST or None)

    def deed() -> object:
        return actions.cancel(by=request.actor, errand_id=errand_id, **form.cleaned_data)

    return _asked_first(request, town, errand_id, form, deed, "errands/errand_cancel.html")


@needs(Right.TAKE_PART, methods=_BOTH, personal=True, for_another=True)
def errand_missed(request: Request, town: str, errand_id: UUID) -> HttpResponseBase:
    """We did not meet."""
    form = forms.MissedForm(request.POST or None)

    def deed() -> object:
        return actions.miss(by=request.actor, errand_id=errand_id, **form.cleaned_data)

    return _asked_first(request, town, errand_id, form, deed, "errands/errand_missed.html")


@needs(Right.TAKE_PART, methods=_BOTH, personal=True, for_another=True)
def errand_report(request: Request, town: str, errand_id: UUID) -> HttpResponseBase:
    """Something feels wrong."""
    form = forms.ReportForm(request.POST or None)

    def deed() -> None:
        actions.report(by=request.actor, errand_id=errand_id, **form.cleaned_data)
        messages.success(request, _("Thank you for telling us. A coordinator will get in touch with you."))

    return _asked_first(request, town, errand_id, form, deed, "errands/errand_report.html")


def _page(request: Request, errand_id: UUID, **forms_sent: Form) -> HttpResponseBase:
    page = errand_page(request.actor, errand_id)
    blank = {
        "message": forms.MessageForm(),
        "receipt_form": forms.ReceiptForm(),
        "spent": forms.SpentForm(initial={"spent": page.money.spent if page.money else None}),
        "feedback": forms.FeedbackForm(),
        "none": Form(),
    }
    return render(request, "errands/errand.html", {"page": page, **blank, **forms_sent})


def _sent(
    request: Request,
    town: str,
    errand_id: UUID,
    form: Form,
    deed: Callable[[], object],
    name: str,
    at: str = "",
) -> HttpResponseBase:
    """Do what a good form asks and show the errand again; else show what is wrong, the words kept."""
    if where := fulfil(submission(request), form, _then(deed, town, errand_id, at)):
        return redirect(where)
    return _page(request, errand_id, **{name: form})


def _asked_first(
    request: Request, town: str, errand_id: UUID, form: Form, deed: Callable[[], object], template: str
) -> HttpResponseBase:
    """A page that says what will happen, and does it when that is wanted."""
    if where := fulfil(submission(request), form, _then(deed, town, errand_id)):
        return redirect(where)
    return render(request, template, {"page": errand_page(request.actor, errand_id), "form": form})


def _then(deed: Callable[[], object], town: str, errand_id: UUID, at: str = "") -> Callable[[], str]:
    def done() -> str:
        deed()
        return reverse("errand", args=[town, errand_id]) + at

    return done
