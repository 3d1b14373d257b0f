"""Staff find, register and open people; each opening is logged."""

from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.kernel.doors import Request, needs, submission
from handtag.kernel.errors import NotAllowed, Problem
from handtag.kernel.mending import beside
from handtag.kernel.rights import Right
from handtag.municipalities import queries as municipalities
from handtag.once.actions import perform
from handtag.people import actions, queries
from handtag.people.actions import NewPerson, ReasonNeeded
from handtag.people.forms import DetailsForm, ReasonForm, SearchForm
from handtag.people.views.reading import opened


@needs(Right.SEE_PEOPLE, methods=("GET", "POST"), personal=True)
def people(request: Request, town: str) -> HttpResponseBase:
    """Look somebody up; sent as a form, so that no name ends in an address or a log."""
    form = SearchForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = queries.search(request.actor, form.cleaned_data["words"])
    context = {"form": form, "found": found, "may_register": request.actor.may(Right.REGISTER_PEOPLE)}
    context["may_answer"] = request.actor.may(Right.ANSWER_CALLS)
    return render(request, "people/search.html", context)


@needs(Right.REGISTER_PEOPLE, methods=("GET", "POST"), personal=True)
def register(request: Request, town: str) -> HttpResponseBase:
    """Make somebody known who has no login; who looks like somebody known is shown first."""
    form = DetailsForm(request.POST or None, places=place_choices(request), initial={"language": "sv"})
    alike: list[queries.Alike] = []
    if request.method == "POST" and form.is_valid():
        alike = _not_seen_yet(request, form)
        try:
            if not alike:
                return redirect(perform(submission(request), lambda: _register(request, form)))
        except Problem as problem:
            beside(form, problem)
    context = {"form": form, "alike": alike, "may_open": request.actor.may(Right.SEE_PEOPLE)}
    return render(request, "people/register.html", context)


@needs(Right.SEE_PEOPLE, methods=("GET", "POST"), personal=True)
def person(request: Request, town: str, person_id: UUID) -> HttpResponseBase:
    """A person's page; a protected record asks why first."""
    try:
        page = opened(request, person_id, "person")
    except ReasonNeeded:
        return _ask_why(request)
    context = {
        "page": page,
        "may_protect": request.actor.may(Right.KEEP_PROTECTED),
        "may_give": request.actor.may(Right.GIVE_ROLES),
    }
    return render(request, "people/person.html", context)


@needs(Right.SEE_PEOPLE, methods=("GET", "POST"), personal=True)
def details(request: Request, town: str, person_id: UUID) -> HttpResponseBase:
    """Change what is known of somebody."""
    try:
        page = opened(request, person_id, "details")
    except ReasonNeeded:
        return redirect("person", town, person_id)
    if not page.may_change:
        raise NotAllowed("these details are for others to change")
    stands = queries.details(request.actor, person_id)
    form = DetailsForm(request.POST or None, places=place_choices(request), initial=asdict(stands))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(perform(submission(request), lambda: _change(request, form, person_id, stands)))
        except Problem as problem:
            beside(form, problem)
    return render(request, "people/details.html", {"form": form, "page": page})


def place_choices(request: Request) -> list[tuple[str, str]]:
    """The places of the municipality, to choose the nearest from."""
    return [(str(row.id), row.name) for row in municipalities.places(request.municipality.id)]


def _ask_why(request: Request) -> HttpResponseBase:
    """The question before a protected record; it says nothing of whose it is."""
    form = ReasonForm(request.POST or None)
    return render(request, "people/reason.html", {"form": form})


def _not_seen_yet(request: Request, form: DetailsForm) -> list[queries.Alike]:
    """Who this may be already; nobody once each of them has been looked at and passed by."""
    found = queries.alike(request.actor, form.words(NewPerson(given_name="")))
    passed_by = set(request.POST.getlist("passed_by"))
    return found if {str(one.id) for one in found} - passed_by else []


def _register(request: Request, form: DetailsForm) -> str:
    made = actions.register(by=request.actor, new=form.words(NewPerson(given_name="")))
    messages.success(request, _("Registered."))
    if request.actor.may(Right.SEE_PEOPLE):
        return reverse("person", args=[request.municipality.slug, made.id])
    return reverse("person_register", args=[request.municipality.slug])


def _change(request: Request, form: DetailsForm, person_id: UUID, stands: NewPerson) -> str:
    actions.change_details(by=request.actor, person_id=person_id, new=form.words(stands))
    messages.success(request, _("Saved."))
    return reverse("person", args=[request.municipality.slug, person_id])
