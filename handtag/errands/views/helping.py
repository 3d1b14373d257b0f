"""Pages of a helper before anything is agreed: what there is to help with, one ask, and the answers to it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.errands.actions import meeting, seeing
from handtag.errands.forms.meeting import LookForm, YesForm
from handtag.errands.queries import open_asks as listing
from handtag.errands.queries.meeting import must_have_declined, open_detail
from handtag.errands.queries.open_asks import Look, OpenAsk
from handtag.kernel import spoken
from handtag.kernel.doors import Request, needs, submission
from handtag.kernel.errors import Problem
from handtag.kernel.rights import Right
from handtag.once.actions import fulfil, perform

_POST = ("POST",)


@needs(Right.TAKE_PART, personal=True)
def open_asks(request: Request, town: str) -> HttpResponseBase:
    """Neighbours who would like a hand, best first."""
    form = LookForm(request.GET)
    page = listing.open_page(request.actor, Look(**form.look()))
    seeing.see(by=request.actor, ask_ids=[ask.id for ask in page.asks if ask.is_new])
    return render(request, "errands/open_asks.html", {"page": page, "form": form})


@needs(Right.TAKE_PART, methods=("GET", "POST"), personal=True)
def open_ask(request: Request, town: str, ask_id: UUID) -> HttpResponseBase:
    """One ask before it is taken; posting says yes."""
    detail = open_detail(request.actor, ask_id)
    form = YesForm(request.POST or None, dates=_dates(detail.ask))
    if where := fulfil(submission(request), form, lambda: _say_yes(request, town, ask_id, form)):
        return redirect(where)
    seeing.see(by=request.actor, ask_ids=[ask_id] if detail.ask and detail.ask.is_new else [])
    return render(request, "errands/open_ask.html", {"detail": detail, "ask": detail.ask, "form": form})


def _dates(ask: OpenAsk | None) -> list[tuple[UUID, str]]:
    dates = ask.dates if ask else ()
    said = ((date.occasion_id, spoken.window(date.start, date.end)) for date in dates)
    return [(each, words[:1].upper() + words[1:]) for each, words in said]


def _say_yes(request: Request, town: str, ask_id: UUID, form: YesForm) -> str:
    offers = meeting.make_offers(by=request.actor, occasion_ids=form.cleaned_data["occasions"])
    if offers[0].state != offers[0].State.ACCEPTED:
        messages.success(request, _("Thank you! You will hear from us when the answer has come."))
        return reverse("open_ask", args=[town, ask_id])
    messages.success(request, _("Thank you! You are agreed."))
    return reverse("errand", args=[town, offers[0].errand.id])


@needs(Right.TAKE_PART, methods=_POST, personal=True)
def decline_ask(request: Request, town: str, ask_id: UUID) -> HttpResponseBase:
    """Not this one."""

    def deed() -> str:
        meeting.decline_ask(by=request.actor, ask_id=ask_id)
        return reverse("ask_declined", args=[town, ask_id])

    return _done(request, town, deed, "")


@needs(Right.TAKE_PART, methods=("GET", "POST"), personal=True)
def ask_declined(request: Request, town: str, ask_id: UUID) -> HttpResponseBase:
    """The no is kept; here it can be taken back."""
    if request.method != "POST":
        must_have_declined(request.actor, ask_id)
        return render(request, "errands/ask_declined.html", {"ask_id": ask_id})

    def deed() -> str:
        meeting.reconsider_ask(by=request.actor, ask_id=ask_id)
        return reverse("open_ask", args=[town, ask_id])

    return _done(request, town, deed, _("It is back in your list."))


@needs(Right.TAKE_PART, methods=_POST, personal=True)
def answer_invitation(request: Request, town: str, invitation_id: UUID) -> HttpResponseBase:
    """Yes or no to what the municipality asked one in particular."""
    yes = request.POST.get("answer") == "yes"

    def deed() -> str:
        if yes and not request.POST.get("accept"):
            raise Problem(_("Read what applies and tick the box, then you can say yes."))
        errand = meeting.answer_invitation(by=request.actor, invitation_id=invitation_id, yes=yes)
        return reverse("errand", args=[town, errand.id]) if errand else reverse("errands", args=[town])

    return _done(request, town, deed, _("Thank you for your answer."))


@needs(Right.TAKE_PART, methods=_POST, personal=True)
def withdraw_offer(request: Request, town: str, offer_id: UUID) -> HttpResponseBase:
    """Take back an offer that nobody has answered."""

    def deed() -> str:
        offer = meeting.withdraw_offer(by=request.actor, offer_id=offer_id)
        return reverse("open_ask", args=[town, offer.occasion.ask_id])

    return _done(
        request, town, deed, _("Your offer is taken back. You can offer again if you change your mind.")
    )


@needs(Right.TAKE_PART, methods=_POST, personal=True, for_another=True)
def offer_accept(request: Request, town: str, offer_id: UUID) -> HttpResponseBase:
    """The asker chooses who may come."""

    def deed() -> str:
        errand = meeting.accept_offer(by=request.actor, offer_id=offer_id)
        return reverse("ask", args=[town, errand.occasion.ask_id])

    return _done(request, town, deed, _("You are agreed. Below is the code that will be said at the door."))


@needs(Right.TAKE_PART, methods=_POST, personal=True, for_another=True)
def offer_decline(request: Request, town: str, offer_id: UUID) -> HttpResponseBase:
    """The asker says no, kindly."""

    def deed() -> str:
        offer = meeting.decline_offer(by=request.actor, offer_id=offer_id)
        return reverse("ask", args=[town, offer.occasion.ask_id])

    return _done(request, town, deed, _("You have said no. We let them know, kindly."))


def _done(request: Request, town: str, deed: Callable[[], str], words: str) -> HttpResponseBase:
    """Do it once and say so; or say why not, on the page one came from."""
    try:
        where = perform(submission(request), deed)
    except Problem as problem:
        messages.warning(request, str(problem.message))
        return redirect(_back(request, town))
    if words:
        messages.success(request, words)
    return redirect(where)


def _back(request: Request, town: str) -> str:
    """The page the form stood on, where that is one of this town's."""
    back = request.POST.get("back", "")
    return back if back.startswith(f"/{town}/") else reverse("errands", args=[town])
