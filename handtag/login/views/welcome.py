"""The first page of a new member: name, age, place."""

from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from handtag.kernel.actor import Via, system
from handtag.kernel.doors import Request, posted, public, submission
from handtag.kernel.errors import NotAllowed, NotFound
from handtag.login import actions
from handtag.login.forms import WelcomeForm
from handtag.login.views.entrance import wish
from handtag.municipalities.queries import place_choices
from handtag.once.actions import fulfil, perform
from handtag.people import actions as people


@public("a new login has no role anywhere yet", methods=("GET", "POST"), personal=True)
def welcome(request: Request, town: str) -> HttpResponseBase:
    """Three questions, once; who is known already is only asked whether to join this town too."""
    elsewhere = _elsewhere(request, town)
    if elsewhere:
        return redirect(elsewhere)
    if request.actor.person_id is not None:
        return _join(request)
    form = WelcomeForm(
        posted(request),
        places=place_choices(request.municipality.id),
    )
    if form.is_valid() and form.is_child():
        return _turn_away(request)
    if where := fulfil(submission(request), form, lambda: _settle(request, form)):
        return redirect(where)
    return render(request, "login/welcome.html", {"form": form, "next": wish(request)})


def _elsewhere(request: Request, town: str) -> str:
    """Where to send somebody who has nothing to do here."""
    if request.municipality is None:
        raise NotFound("no such municipality")
    if not request.user.is_authenticated:
        return f"/logga-in/?next={quote(request.get_full_path())}"
    return _home(request) if request.actor.hats else ""


def _home(request: Request) -> str:
    return wish(request) or f"/{request.municipality.slug}/"


def _settle(request: Request, form: WelcomeForm) -> str:
    said = form.cleaned_data
    login = request.user
    if not login.is_authenticated:
        raise NotAllowed("nobody is logged in")
    new = people.NewPerson(
        given_name=said["given_name"],
        family_name=said["family_name"],
        email=login.email or "",
        age=said["age"],
        language=get_language() or "sv",
        place_id=said["place"],
    )
    actions.settle_in(login_id=login.id, municipality_id=request.municipality.id, new=new)
    messages.success(request, _("Welcome! Now you can ask for help, and help others."))
    return _home(request)


def _join(request: Request) -> HttpResponseBase:
    if request.method != "POST":
        return render(request, "login/join.html", {"next": wish(request)})
    by = system(request.municipality.id, Via.WEB)
    person_id = request.actor.person

    def deed() -> str:
        people.become_resident(by=by, person_id=person_id)
        return _home(request)

    return redirect(perform(submission(request), deed))


def _turn_away(request: Request) -> HttpResponseBase:
    """Under 13 there is no account; what was typed is forgotten."""
    login = request.user
    if not login.is_authenticated:
        raise NotAllowed("nobody is logged in")
    actions.turn_away(login_id=login.id)
    logout(request)
    return render(request, "login/too_young.html")
