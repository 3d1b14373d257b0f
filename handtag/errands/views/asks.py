"""A person's own questions: what is happening with each, and what can be done."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.errands.actions import asking, taking_back
from handtag.errands.forms.asking import TellForm
from handtag.errands.queries import coming, mine, wording
from handtag.errands.queries.meeting import offers_of
from handtag.errands.queries.status import Status, status
from handtag.kernel.doors import Request, needs, posted, submission
from handtag.kernel.errors import Problem
from handtag.kernel.rights import Right
from handtag.once.actions import fulfil, perform

_POST = ("POST",)


@needs(Right.TAKE_PART, personal=True, for_another=True)
def asks(request: Request, town: str) -> HttpResponseBase:
    """Everything one has asked for."""
    return render(request, "errands/asks.html", {"mine": mine.mine(request.actor)})


@needs(Right.TAKE_PART, personal=True, for_another=True)
def ask(request: Request, town: str, ask_id: UUID) -> HttpResponseBase:
    """One question: what is happening now."""
    return render(request, "errands/ask.html", _page(request, status(request.actor, ask_id)))


@needs(Right.TAKE_PART, personal=True, for_another=True)
def now(request: Request, town: str, ask_id: UUID) -> HttpResponseBase:
    """The same for a page that is open already: nothing, as long as it says the truth."""
    found = status(request.actor, ask_id)
    if request.GET.get("v") == found.version:
        return HttpResponse(status=204)
    return render(request, "errands/_ask_now.html", _page(request, found))


def _page(request: Request, found: Status) -> dict[str, object]:
    offers = offers_of(request.actor, found.ask.pk) if found.reached.offered else []
    return {"status": found, "ask": found.ask, "said": wording.said(found), "offers": offers}


@needs(Right.TAKE_PART, methods=("GET", "POST"), personal=True, for_another=True)
def tell_more(request: Request, town: str, ask_id: UUID) -> HttpResponseBase:
    """More about what is needed, once somebody has agreed."""
    found = status(request.actor, ask_id).ask
    form = TellForm(posted(request), initial={"need": found.need, "know": found.know})

    def deed() -> str:
        asking.tell_more(by=request.actor, ask_id=ask_id, **form.cleaned_data)
        return reverse("ask", args=[town, ask_id])

    if where := fulfil(submission(request), form, deed):
        return redirect(where)
    return render(request, "errands/ask_tell_more.html", {"form": form, "ask": found})


@needs(Right.TAKE_PART, methods=_POST, personal=True, for_another=True)
def withdraw(request: Request, town: str, ask_id: UUID) -> HttpResponseBase:
    """Take the question back."""
    return _done(request, ask_id, lambda: taking_back.withdraw_ask(by=request.actor, ask_id=ask_id), "")


@needs(Right.TAKE_PART, methods=_POST, personal=True, for_another=True)
def restore(request: Request, town: str, ask_id: UUID) -> HttpResponseBase:
    """Undo that."""
    return _done(
        request,
        ask_id,
        lambda: taking_back.restore_ask(by=request.actor, ask_id=ask_id),
        _("Your question is out again."),
    )


@needs(Right.TAKE_PART, methods=_POST, personal=True, for_another=True)
def except_date(request: Request, town: str, ask_id: UUID, occasion_id: UUID) -> HttpResponseBase:
    """Take one date out of a series."""
    return _done(
        request,
        ask_id,
        lambda: taking_back.except_date(by=request.actor, ask_id=ask_id, occasion_id=occasion_id),
        _("That date is taken away. You can put it back in the list of dates."),
    )


@needs(Right.TAKE_PART, methods=_POST, personal=True, for_another=True)
def include_date(request: Request, town: str, ask_id: UUID, occasion_id: UUID) -> HttpResponseBase:
    """Put it back."""
    return _done(
        request,
        ask_id,
        lambda: taking_back.include_date(by=request.actor, ask_id=ask_id, occasion_id=occasion_id),
        _("The date is back."),
    )


@needs(Right.TAKE_PART, personal=True, for_another=True)
def who(request: Request, town: str, ask_id: UUID, errand_id: UUID) -> HttpResponseBase:
    """Who is coming, and that the municipality knows them."""
    return render(request, "errands/ask_who.html", {"who": coming.who(request.actor, ask_id, errand_id)})


@needs(Right.TAKE_PART, personal=True, for_another=True)
def card(request: Request, town: str, ask_id: UUID) -> HttpResponseBase:
    """The codes on a card to print."""
    found = status(request.actor, ask_id)
    return render(request, "errands/ask_card.html", {"status": found, "ask": found.ask})


def _done(request: Request, ask_id: UUID, deed: Callable[[], object], words: str) -> HttpResponseBase:
    """Do it once, and show how the question stands after it; a refusal is said there too."""
    page = reverse("ask", args=[request.municipality.slug, ask_id])

    def once() -> str:
        deed()
        return page

    try:
        perform(submission(request), once)
        if words:
            messages.success(request, words)
    except Problem as problem:
        messages.error(request, str(problem))
    return redirect(page)
