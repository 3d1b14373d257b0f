"""Prints: posters and leaflets for everybody, papers for one person, the list at the counter."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from handtag.desk.actions import prints as actions
from handtag.desk.forms.prints import PosterForm
from handtag.desk.queries import prints as queries
from handtag.kernel.doors import Request, needs, public
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Right
from handtag.papers.documents import Sheet, poster

HOUR = "public, max-age=3600"


@public("whoever wants to put up a poster may print one: it says what everybody may know")
def prints(request: Request, town: str) -> HttpResponseBase:
    """Choose what the poster is about, its size and its language."""
    form = PosterForm(
        arounds=[(str(each.id or ""), each.name) for each in queries.arounds(_town(request))],
        languages=queries.languages(_town(request)),
        initial={"om": request.GET.get("om", ""), "sprak": request.LANGUAGE_CODE},
    )
    may_list = request.actor.may(Right.VERIFY_HELPERS)
    return render(request, "desk/print_posters.html", {"form": form, "may_list": may_list})


@public("a poster says what everybody may know")
def poster_file(request: Request, town: str) -> HttpResponseBase:
    """The poster or the leaflet, as a PDF."""
    about = queries.around(_town(request), _id(request.GET.get("om", "")))
    size = request.GET.get("storlek", "")
    sheet = Sheet(size) if size in {each.value for each in Sheet} else Sheet.A4
    language = queries.language(request.GET.get("sprak", ""))
    return _pdf(poster(queries.poster(_town(request), about, language), sheet), "affisch.pdf", HOUR)


@public("where the code on a poster leads")
def around(request: Request, town: str, around_id: UUID) -> HttpResponseBase:
    """An area or a group, with the two ways in."""
    return render(request, "desk/print_around.html", {"about": queries.around(_town(request), around_id)})


@needs(Right.VERIFY_HELPERS)
def counter_list(request: Request, town: str) -> HttpResponseBase:
    """What neighbours ask for, in large print, without names."""
    language = queries.language(request.GET.get("sprak", ""))
    return _pdf(actions.counter_list(by=request.actor, language=language), "vid-disken.pdf")


@needs(Right.TAKE_PART, personal=True, for_another=True)
def own_ask(request: Request, town: str, ask_id: UUID) -> HttpResponseBase:
    """One's own ask on paper, and who comes with which code."""
    return _pdf(actions.print_own_ask(by=request.actor, ask_id=ask_id), "fraga.pdf")


@needs(Right.TAKE_PART, personal=True)
def own_card(request: Request, town: str) -> HttpResponseBase:
    """One's own pocket card."""
    return _pdf(actions.print_own_card(by=request.actor), "kort.pdf")


@needs(Right.SEE_PEOPLE, personal=True)
def person_prints(request: Request, town: str, person_id: UUID) -> HttpResponseBase:
    """What can be printed for one person."""
    found = actions.open_prints(by=request.actor, person_id=person_id)
    languages = queries.languages(_town(request))
    return render(request, "desk/print_person.html", {"prints": found, "languages": languages})


@needs(Right.SEE_PEOPLE, personal=True)
def person_ask(request: Request, town: str, person_id: UUID, ask_id: UUID) -> HttpResponseBase:
    """Somebody's ask on paper."""
    language = queries.language(request.GET.get("sprak", ""))
    made = actions.print_ask(by=request.actor, person_id=person_id, ask_id=ask_id, language=language)
    return _pdf(made, "fraga.pdf")


@needs(Right.SEE_PEOPLE, personal=True)
def person_card(request: Request, town: str, person_id: UUID) -> HttpResponseBase:
    """Somebody's pocket card."""
    language = queries.language(request.GET.get("sprak", ""))
    return _pdf(actions.print_card(by=request.actor, person_id=person_id, language=language), "kort.pdf")


def _pdf(content: bytes, name: str, kept: str = "private, no-store") -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = kept
    return answer


def _id(words: str) -> UUID | None:
    try:
        return UUID(words) if words else None
    except ValueError as wrong:
        raise NotFound("area or group") from wrong


def _town(request: Request) -> Any:
    """The municipality of the page, as the middleware gives it."""
    if request.municipality is None:
        raise NotFound("no municipality")
    return request.municipality
