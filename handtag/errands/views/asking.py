"""The steps of asking for help, and of changing what was asked; a visitor may take all but the last."""

from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from handtag.errands.actions import drafting
from handtag.errands.forms import asking as forms
from handtag.errands.queries import drafts, offering
from handtag.errands.queries.drafts import Where
from handtag.errands.rules.drafts import NUMBER, before, first_open, step_of
from handtag.kernel.doors import Request, needs, posted, public, submission
from handtag.kernel.errors import NotFound, Problem, Problems
from handtag.kernel.mending import beside
from handtag.kernel.rights import Right
from handtag.kernel.senders import sender_of
from handtag.municipalities.queries import map_data
from handtag.once.actions import perform
from handtag.permits.queries import NoPermit

_GET_POST = ("GET", "POST")
_WHY: Final = "a visitor may see how it is to ask before logging in"
SESSION: Final = "draft"

PATHS: Final = {
    "for-vem": "whom",
    "vad": "what",
    "mer": "more",
    "nar": "when",
    "var": "where",
    "skicka": "send",
}
_PATH_OF: Final = {step: path for path, step in PATHS.items()}
_FORMS: Final = {
    "whom": forms.WhomForm,
    "what": forms.WhatForm,
    "more": forms.MoreForm,
    "when": forms.WhenForm,
    "where": forms.WhereForm,
}


@public(_WHY, personal=True, for_another=True)
def start(request: Request, town: str) -> HttpResponseBase:
    """Where one left off, else at the first thing that is not known."""
    where = _where(request)
    return redirect(_href(request, where, first_open(drafts.words(request.actor, where))))


@public(_WHY, methods=_GET_POST, personal=True, for_another=True)
def step(request: Request, town: str, path: str) -> HttpResponseBase:
    """One step of a new ask."""
    return _serve(request, _where(request), path)


@needs(Right.TAKE_PART, methods=_GET_POST, personal=True, for_another=True)
def change(request: Request, town: str, ask_id: UUID, path: str = "skicka") -> HttpResponseBase:
    """One step of changing an ask that was sent."""
    return _serve(request, Where(request.municipality.id, ask_id=ask_id), path)


@public(_WHY, personal=True, for_another=True)
def advice(request: Request, town: str) -> HttpResponseBase:
    """Where to turn with what sounds like care or danger; the resident decides."""
    where = _where(request)
    words = drafts.words(request.actor, where)
    page = offering.advice(words)
    onward = _href(request, where, first_open(words))
    back = _href(request, where, "more")
    return render(request, "errands/ask_advice.html", {"page": page, "onward": onward, "back": back})


@public("where to turn with what the service does not do is for everybody to know")
def not_done_here(request: Request, town: str) -> HttpResponseBase:
    """The published word list, and where to turn."""
    _town(request)
    return render(request, "errands/ask_not_done_here.html", {"topics": offering.published_list()})


@public("nobody shall stand at a dead end")
def something_else(request: Request, town: str) -> HttpResponseBase:
    """What to do when none of the choices is what one needs."""
    _town(request)
    return render(request, "errands/ask_something_else.html", {})


@public("who hesitates to ask shall find a hand without asking for one")
def hard_to_ask(request: Request, town: str) -> HttpResponseBase:
    """For those who would rather go without than ask (6.11)."""
    _town(request)
    return render(request, "errands/hard_to_ask.html", {})


@public(_WHY, methods=("POST",), personal=True, for_another=True)
def drop(request: Request, town: str) -> HttpResponseBase:
    """Throw the unfinished ask away and start anew."""
    drafting.drop(by=request.actor, where=_where(request))
    return redirect("ask_start", town=town)


def _town(request: Request) -> UUID:
    if request.municipality is None:
        raise NotFound("no such municipality")
    found: UUID = request.municipality.id
    return found


def _where(request: Request) -> Where:
    """The draft of this person or visitor; what a visitor answered is theirs once they have logged in."""
    where = Where(_town(request), visitor_draft=_session_draft(request))
    if request.actor.person_id is not None and where.visitor_draft is not None:
        drafting.claim(by=request.actor, where=where)
        del request.session[SESSION]
    return where


def _session_draft(request: Request) -> UUID | None:
    kept = request.session.get(SESSION)
    return UUID(kept) if kept else None


def _href(request: Request, where: Where, name: str) -> str:
    town = request.municipality.slug
    if where.ask_id is not None:
        return reverse("ask_change_step", args=[town, where.ask_id, _PATH_OF[name]])
    return reverse("ask_step", args=[town, _PATH_OF[name]])


def _serve(request: Request, where: Where, path: str) -> HttpResponseBase:
    name = PATHS.get(path)
    if name is None:
        raise NotFound("no such step")
    if name == "send":
        return _send(request, where)
    words = drafts.words(request.actor, where)
    if name == "more" and not words.get("service"):
        return redirect(_href(request, where, "what"))
    begin = {**words, "where": "else"} if "karta" in request.GET else words  # a map is for somewhere else
    form = _FORMS[name](posted(request), initial=begin, **offering.choices(request.actor, where, name, words))
    onward = _kept(request, where, name, form)
    return (
        redirect(onward)
        if onward
        else render(request, f"errands/ask_{name}.html", _page(request, where, name, form))
    )


def _kept(request: Request, where: Where, name: str, form: forms.StepForm) -> str:
    """Keep what was answered; the address of what comes next, or nothing where it has to be mended."""
    if request.method != "POST":
        return ""
    if not form.is_valid():
        _look_over(request, where, name, form)
        return ""
    try:
        draft = drafting.keep(
            by=request.actor, where=where, step=name, answers=form.answers(), sender=sender_of(request)
        )
    except Problem as problem:
        beside(form, problem)
        return ""
    if draft.person_id is None:
        request.session[SESSION] = str(draft.pk)
    if name == "more" and where.ask_id is None and offering.advice(draft.words).words:
        return reverse("ask_advice", args=[request.municipality.slug])
    return _href(request, where, first_open(draft.words))


def _look_over(request: Request, where: Where, name: str, form: forms.StepForm) -> None:
    """Something is missing: whatever else is wrong is said in the same breath."""
    answers, given = form.answers(), form.given
    try:
        drafting.look_over(by=request.actor, where=where, step=name, answers=answers, given=given)
    except Problem as problem:
        beside(form, problem)


def _page(request: Request, where: Where, name: str, form: forms.StepForm) -> dict[str, Any]:
    earlier = before(name)
    return {
        "form": form,
        "step": NUMBER[name],
        "is_change": where.ask_id is not None,
        "back": _href(request, where, earlier) if earlier and where.ask_id is None else "",
        "whom": _href(request, where, "whom"),
        "words": drafts.words(request.actor, where),
        **(_map(where) if name == "where" and "karta" in request.GET else {}),
    }


def _map(where: Where) -> dict[str, Any]:
    """The map comes when it is asked for: it weighs more than all the rest of the page."""
    return {"map": map_data(where.municipality_id), "tile_url": settings.TILE_URL}


def _send(request: Request, where: Where) -> HttpResponseBase:
    form = forms.SendForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            drafting.prepare(by=request.actor, where=where)
            return redirect(perform(submission(request), lambda: _sent(request, where)))
        except NoPermit:
            pass  # the page says what remains
        except NotFound:
            return redirect("asks", town=request.municipality.slug)
        except Problem as problem:
            _point_out(request, where, form, problem)
    page = offering.summary(request.actor, where)
    if not page.is_ready:
        return redirect(_href(request, where, page.open_step))
    hrefs = {name: _href(request, where, name) for name in _FORMS}
    context = {"form": form, "page": page, "hrefs": hrefs, "is_change": where.ask_id is not None, "step": 4}
    return render(request, "errands/ask_send.html", context)


def _sent(request: Request, where: Where) -> str:
    dates = tuple(request.POST.getlist("excepted"))
    ask = drafting.send(by=request.actor, where=where, accepted=True, excepted=dates)
    return reverse("ask", args=[request.municipality.slug, ask.id])


def _point_out(request: Request, where: Where, form: forms.SendForm, problem: Problem) -> None:
    """What is wrong stands on the summary with the way to the step where it can be mended."""
    found = problem.problems if isinstance(problem, Problems) else [problem]
    form.add_error(None, [str(each.message) for each in found])
    form.mend = _href(request, where, step_of(found[0].field or ""))
