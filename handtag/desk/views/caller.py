"""The page of one caller: hear, file, change, answer; all of it in the caller's name."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.desk import actions
from handtag.desk.forms import AskForm, HowForm, NoteForm, PersonForm, ReadForm
from handtag.desk.queries.acting import as_caller
from handtag.desk.queries.caller import caller_page
from handtag.desk.rules.calls import Way
from handtag.desk.views.opening import opened
from handtag.desk.views.taking_down import Sheet, ask_form, sheet_of, show, take_down
from handtag.errands.queries.asks import own
from handtag.errands.queries.drafts import words_of
from handtag.errands.rules.drafts import wish_of
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.doors import Request, needs, submission
from handtag.kernel.errors import Problem
from handtag.kernel.rights import Right
from handtag.once.actions import fulfil, perform

_BOTH, _POST = ("GET", "POST"), ("POST",)


@needs(Right.ANSWER_CALLS, methods=_BOTH, personal=True)
def new_caller(request: Request, town: str) -> HttpResponseBase:
    """Somebody who is not known yet: who they are and what they need, on one sheet."""
    if request.POST.get("use"):
        return _as_known(request, UUID(request.POST["use"]))
    if "service" not in request.POST:
        return show(request, Sheet.blank(request, request.POST.get("words", "")))
    read = ReadForm(request.POST if "digest" in request.POST else None)
    sheet = Sheet(ask_form(request, None), read, PersonForm(request.POST))
    where = take_down(request, sheet, None)
    return redirect(where) if where else show(request, sheet)


@needs(Right.ANSWER_CALLS, methods=_BOTH, personal=True)
def caller(request: Request, town: str, person_id: UUID) -> HttpResponseBase:
    """Somebody known: what to tell them, what goes on, and a new ask."""
    voice = as_caller(request.actor, person_id)
    sheet = sheet_of(request, voice)
    if "service" in request.POST:
        where = take_down(request, sheet, voice)
        if where:
            return redirect(where)
    return _show(request, voice, sheet)


@needs(Right.ANSWER_CALLS, methods=_POST, personal=True)
def deed(request: Request, town: str, person_id: UUID, verb: str, object_id: UUID) -> HttpResponseBase:
    """The caller says so, and it is done in their name."""

    def do() -> str:
        done = actions.carry_out(
            by=request.actor, person_id=person_id, verb=verb, object_id=object_id, said=request.POST.dict()
        )
        messages.success(request, str(done))
        return _page_of(request, person_id)

    return _done(request, person_id, do)


@needs(Right.ANSWER_CALLS, methods=_BOTH, personal=True)
def change(request: Request, town: str, person_id: UUID, ask_id: UUID) -> HttpResponseBase:
    """Another time, place or need, while nobody has agreed."""
    voice = as_caller(request.actor, person_id)
    found = own(voice, ask_id)
    form = ask_form(request, voice, AskForm.known(words_of(found)))

    def do() -> str:
        wish = wish_of(form.answers(), clock.now())
        actions.change(by=request.actor, person_id=person_id, ask_id=ask_id, wish=wish)
        messages.success(request, _("Changed."))
        return _page_of(request, person_id)

    if where := fulfil(submission(request), form, do):
        return redirect(where)
    return render(request, "desk/change.html", {"form": form, "person_id": person_id})


@needs(Right.ANSWER_CALLS, methods=_POST, personal=True)
def go_on(request: Request, town: str, person_id: UUID) -> HttpResponseBase:
    """It was asked already: that one goes on, and nothing is filed."""

    def do() -> str:
        actions.continue_with(by=request.actor, person_id=person_id)
        messages.success(request, _("Nothing new was filed. The one that was there goes on."))
        return _page_of(request, person_id)

    return _done(request, person_id, do)


@needs(Right.ANSWER_CALLS, methods=_POST, personal=True)
def note(request: Request, town: str, person_id: UUID) -> HttpResponseBase:
    """A short note to the call."""
    form = NoteForm(request.POST)

    def do() -> str:
        words = form.cleaned_data["note"] if form.is_valid() else request.POST.get("note", "")
        actions.write_note(by=request.actor, person_id=person_id, words=words)
        messages.success(request, _("Noted."))
        return _page_of(request, person_id)

    return _done(request, person_id, do)


@needs(Right.ANSWER_CALLS, methods=_POST, personal=True)
def choose_way(request: Request, town: str, person_id: UUID) -> HttpResponseBase:
    """How they hear from us from now on."""
    way = Way(request.POST.get("way", ""))

    def do() -> str:
        actions.choose_way(by=request.actor, person_id=person_id, way=way)
        messages.success(request, _("From now on they hear from us that way."))
        return _page_of(request, person_id)

    return _done(request, person_id, do)


def _as_known(request: Request, person_id: UUID) -> HttpResponseBase:
    """It was somebody known after all: what was typed of the ask stays."""
    voice = as_caller(request.actor, person_id)
    sheet = sheet_of(request, voice)
    sheet.ask.is_valid()
    return _show(request, voice, sheet)


def _show(request: Request, voice: Actor, sheet: Sheet) -> HttpResponseBase:
    person, form = opened(request, voice.whose)
    if person is None:
        return render(request, "desk/reason.html", {"form": form})
    page = caller_page(request.actor, voice, person, sheet.held)
    return show(request, sheet, page=page, how_form=HowForm(), note_form=NoteForm())


def _page_of(request: Request, person_id: UUID) -> str:
    return reverse("caller", args=[request.municipality.slug, person_id])


def _done(request: Request, person_id: UUID, do: Callable[[], str]) -> HttpResponseBase:
    """Do it once; a refusal is said on the caller's page."""
    try:
        return redirect(perform(submission(request), do))
    except Problem as problem:
        messages.warning(request, str(problem))
        return redirect(_page_of(request, person_id))
