"""What a municipality says of itself: the accessibility statement and the words on personal data."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.kernel.doors import Request, needs, public, submission
from handtag.kernel.errors import NotFound, Problem
from handtag.kernel.mending import beside
from handtag.kernel.rights import Right
from handtag.kernel.senders import sender_of
from handtag.municipalities import actions, queries
from handtag.municipalities.forms import FeedbackForm, NoticeForm, StatementForm
from handtag.once.actions import TooOften, fulfil, perform


@public("the law wants it open to everybody", methods=("GET", "POST"))
def accessibility(request: Request, town: str) -> HttpResponseBase:
    """The accessibility statement, with a form to tell what did not work."""
    if request.municipality is None:
        raise NotFound("no such municipality")
    form, too_often = FeedbackForm(request.POST or None), False
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(perform(submission(request), lambda: _tell(request, form)))
        except Problem as problem:
            beside(form, problem)
            too_often = isinstance(problem, TooOften)
    statement = queries.statement(request.municipality)
    context = {"form": form, "statement": statement, "too_often": too_often}
    status = HTTPStatus.TOO_MANY_REQUESTS if too_often else HTTPStatus.OK
    return render(request, "municipalities/accessibility.html", context, status=status)


@public("everybody may know how personal data is handled")
def personal_data(request: Request, town: str) -> HttpResponseBase:
    """How the municipality handles personal data: its own words, or the ready ones."""
    if request.municipality is None:
        raise NotFound("no such municipality")
    context = {
        "official": queries.official_name(request.municipality),
        "committees": queries.committees(request.municipality.id),
        "paragraphs": queries.paragraphs(request.municipality.privacy_notice),
    }
    return render(request, "municipalities/personal_data.html", context)


@needs(Right.SET_UP, methods=("GET", "POST"))
def statement(request: Request, town: str) -> HttpResponseBase:
    """Fill in the accessibility statement."""
    official = queries.official_name(request.municipality)
    stands = StatementForm.as_it_stands(request.municipality.statement, official)
    form = StatementForm(request.POST or None, initial=stands)
    if where := fulfil(submission(request), form, lambda: _publish(request, form)):
        return redirect(where)
    return render(request, "municipalities/statement_form.html", {"form": form})


@needs(Right.SET_UP, methods=("GET", "POST"))
def notice(request: Request, town: str) -> HttpResponseBase:
    """The municipality's own words on personal data."""
    form = NoticeForm(request.POST or None, initial={"text": request.municipality.privacy_notice})
    if where := fulfil(submission(request), form, lambda: _say(request, form)):
        return redirect(where)
    return render(request, "municipalities/notice_form.html", {"form": form})


def _tell(request: Request, form: FeedbackForm) -> str:
    actions.send_feedback(
        by=request.actor,
        municipality_id=request.municipality.id,
        feedback=form.feedback(),
        sender=sender_of(request),
    )
    messages.success(
        request, _("Thank you. Somebody at the municipality reads it, and mends what can be mended.")
    )
    return reverse("accessibility", args=[request.municipality.slug])


def _publish(request: Request, form: StatementForm) -> str:
    actions.set_statement(by=request.actor, statement=form.words())
    messages.success(request, _("The statement is published."))
    return reverse("accessibility", args=[request.municipality.slug])


def _say(request: Request, form: NoticeForm) -> str:
    actions.set_privacy_notice(by=request.actor, text=form.cleaned_data["text"])
    messages.success(request, _("Published."))
    return reverse("personal_data", args=[request.municipality.slug])
