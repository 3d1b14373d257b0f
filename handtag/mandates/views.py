"""Pages of mandates: for who helps somebody, for who is helped, and for staff who make and end them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.kernel.asked import ReasonForm
from handtag.kernel.doors import Request, needs, posted, submission
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Right
from handtag.mandates import actions, queries
from handtag.mandates.forms import EndForm, FindForm, MandateForm
from handtag.mandates.rules import ACTS_FOR
from handtag.once.actions import fulfil, perform
from handtag.people import queries as people

_BOTH = ("GET", "POST")


@needs(Right.TAKE_PART, personal=True)
def helping(request: Request, town: str) -> HttpResponseBase:
    """Whom one may act for, and who may act for oneself."""
    return render(request, "mandates/helping.html", {"mine": queries.mine(request.actor)})


@needs(Right.TAKE_PART, methods=("POST",), personal=True)
def act_for(request: Request, town: str, mandate_id: UUID) -> HttpResponseBase:
    """From now on one acts for this person, until one stops."""
    chosen = next((row for row in queries.mine(request.actor).for_others if row.id == mandate_id), None)
    if chosen is None or not chosen.is_in_force:
        raise NotFound("mandate")
    request.session[ACTS_FOR] = {"town": str(request.actor.tenant), "person": str(chosen.helped_id)}
    return redirect("asks", town=town)


@needs(Right.TAKE_PART, methods=("POST",), personal=True)
def act_no_more(request: Request, town: str) -> HttpResponseBase:
    """Back to one's own affairs."""
    request.session.pop(ACTS_FOR, None)
    return redirect("helping_somebody", town=town)


@needs(Right.TAKE_PART, methods=("POST",), personal=True)
def end_mine(request: Request, town: str, mandate_id: UUID) -> HttpResponseBase:
    """Either of the two ends it, at once."""

    def deed() -> str:
        actions.end_mandate(by=request.actor, mandate_id=mandate_id)
        messages.success(request, _("It is ended. You are both told."))
        return reverse("helping_somebody", args=[town])

    return redirect(perform(submission(request), deed))


@needs(Right.TAKE_PART, personal=True)
def paper(request: Request, town: str, mandate_id: UUID) -> HttpResponseBase:
    """One's mandate, to print."""
    return render(request, "mandates/sheet.html", {"sheet": queries.sheet(request.actor, mandate_id)})


@needs(Right.KEEP_MANDATES, personal=True)
def sheet(request: Request, town: str, mandate_id: UUID) -> HttpResponseBase:
    """The same for staff."""
    found = actions.open_sheet(by=request.actor, mandate_id=mandate_id)
    return render(request, "mandates/sheet.html", {"sheet": found, "is_staff": True})


@needs(Right.TAKE_PART, personal=True)
def paper_file(request: Request, town: str, mandate_id: UUID) -> HttpResponseBase:
    """One's mandate as a file, in the language of the page."""
    language = request.LANGUAGE_CODE or ""
    return _pdf(actions.print_mandate(by=request.actor, mandate_id=mandate_id, in_language=language))


@needs(Right.KEEP_MANDATES, personal=True)
def sheet_file(request: Request, town: str, mandate_id: UUID) -> HttpResponseBase:
    """The same for staff, in the language of who is helped."""
    return _pdf(actions.print_mandate(by=request.actor, mandate_id=mandate_id))


def _pdf(content: bytes) -> HttpResponseBase:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="fullmakt.pdf"'
    return answer


@needs(Right.KEEP_MANDATES, methods=_BOTH, personal=True)
def of_person(request: Request, town: str, person_id: UUID) -> HttpResponseBase:
    """Somebody's mandates; a protected person's open only to who says why."""
    form = ReasonForm(posted(request))
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        page = actions.open_person(by=request.actor, person_id=person_id, reason=reason)
    except actions.ReasonNeeded:
        return render(request, "mandates/reason.html", {"form": form})
    return render(request, "mandates/person.html", {"page": page})


@needs(Right.KEEP_MANDATES, methods=_BOTH, personal=True)
def find(request: Request, town: str, person_id: UUID) -> HttpResponseBase:
    """Who shall be let act for somebody: looked up by a form, so that no name ends in an address."""
    form = FindForm(posted(request))
    words = form.cleaned_data["words"] if form.is_valid() else ""
    found = [one for one in people.search(request.actor, words) if one.id != person_id] if words else None
    name = queries.called(request.actor, person_id)
    context = {"form": form, "found": found, "name": name, "person_id": person_id}
    return render(request, "mandates/find.html", context)


@needs(Right.KEEP_MANDATES, methods=_BOTH, personal=True)
def make(request: Request, town: str, person_id: UUID, proxy_id: UUID) -> HttpResponseBase:
    """What was seen and said, and until when."""
    names = [queries.called(request.actor, each) for each in (person_id, proxy_id)]
    offered = [(str(one.id), one.name) for one in queries.service_scopes(request.actor) if one.is_offered]
    wording = queries.wording_for(request.actor, person_id)
    form = MandateForm(posted(request), services=offered, reads=wording.language if wording else "sv")

    def deed() -> str:
        new = form.words()
        actions.make_mandate(by=request.actor, helped_id=person_id, proxy_id=proxy_id, new=new)
        messages.success(request, _("It is made. You see below from when it holds; both are told."))
        return reverse("mandates_of_person", args=[town, person_id])

    if where := fulfil(submission(request), form, deed):
        return redirect(where)
    context = {
        "form": form,
        "helped": names[0],
        "proxy": names[1],
        "person_id": person_id,
        "wording": wording,
    }
    return render(request, "mandates/make.html", context)


@needs(Right.KEEP_MANDATES, methods=_BOTH, personal=True)
def end(request: Request, town: str, mandate_id: UUID) -> HttpResponseBase:
    """Staff end it for one of the two, who may be on the phone, or for the municipality."""
    form = EndForm(posted(request))
    mandate = queries.kept(request.actor, mandate_id)
    back = reverse("mandates_of_person", args=[town, mandate.helped_id])

    def deed() -> str:
        actions.end_mandate(by=request.actor, mandate_id=mandate_id, side=form.cleaned_data["side"])
        messages.success(request, _("It is ended, and holds no more from now on. Both are told."))
        return back

    if where := fulfil(submission(request), form, deed):
        return redirect(where)
    row = queries.sheet(request.actor, mandate_id).row
    return render(request, "mandates/end.html", {"form": form, "back": back, "row": row})
