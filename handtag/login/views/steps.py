"""Showing anew, or more surely, that it is you: an app's code, a passkey, an e-identity."""

import json
from urllib.parse import quote

from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.kernel import clock, sealing
from handtag.kernel.doors import Request, posted, public
from handtag.kernel.errors import Problem
from handtag.kernel.mending import beside
from handtag.login import actions, queries, rules
from handtag.login.forms import PasswordForm, StepCodeForm, StepKeyForm
from handtag.login.views.entrance import dress, wish

_OWN = "one's own login; a visitor is sent to log in"
_BOTH = ("GET", "POST")


@public(_OWN, methods=_BOTH, personal=True)
def step(request: Request) -> HttpResponseBase:
    """Show that it is you, by what you have; or, the first time, get something to show."""
    if not request.user.is_authenticated:
        return redirect(f"{settings.LOGIN_URL}?next={quote(request.get_full_path())}")
    form = StepCodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.check_code(by=request.actor, login=request.user, code=form.cleaned_data["code"])
            return _shown(request)
        except Problem as problem:
            beside(form, problem)
    return _page(request, form)


@public(_OWN, methods=_BOTH, personal=True)
def key(request: Request) -> HttpResponseBase:
    """The same by a passkey: its browser gets a riddle, and the answer is looked at."""
    if not request.user.is_authenticated:
        return redirect("step")
    if request.method != "POST":
        return JsonResponse({"request_options": begin_authentication(request.user)})
    if StepKeyForm(request.POST, user=request.user).is_valid():
        return _shown(request)
    messages.error(request, _("That passkey is not known here."))
    return ask(request)


@public(_OWN, methods=("POST",), personal=True)
def password(request: Request) -> HttpResponseBase:
    """The same by name and password: in the sample alone, where scripts must be able to."""
    form = PasswordForm(request.POST)
    if request.user.is_authenticated and form.is_valid():
        email = queries.email_of(form.cleaned_data["username"])
        if authenticate(request, username=email, password=form.cleaned_data["password"]) == request.user:
            return _shown(request)
    messages.error(request, _("That name and password do not belong together."))
    return ask(request)


@public(_OWN, methods=_BOTH, personal=True)
def new_app(request: Request) -> HttpResponseBase:
    """Read a secret into an app, and show that it works; then codes for a rainy day, this once."""
    if not request.user.is_authenticated or must_step_first(request):
        return ask(request)
    app = actions.begin_app(login=request.user, sealed=request.session.get("new_app", ""))
    request.session["new_app"] = app.sealed
    form = StepCodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            codes = actions.confirm_app(
                by=request.actor, login=request.user, sealed=app.sealed, code=form.cleaned_data["code"]
            )
        except Problem as problem:
            beside(form, problem)
        else:
            del request.session["new_app"]
            return _codes(request, codes)
    return render(request, "login/new_app.html", {"form": form, "app": app, "next": wish(request)})


@public(_OWN, methods=("POST",), personal=True)
def new_codes(request: Request) -> HttpResponseBase:
    """New codes for a rainy day, for the old ones are used up or lost."""
    if not request.user.is_authenticated or not rules.is_strong(request.session):
        return ask(request)
    return _codes(request, actions.make_codes(by=request.actor, login=request.user))


@public(_OWN, personal=True)
def go_on(request: Request) -> HttpResponseBase:
    """What was being sent when the step was asked for: it was kept, and goes with one touch."""
    waiting = request.session.get("waiting")
    if not waiting or not request.user.is_authenticated:
        return redirect("onward")
    fields = json.loads(sealing.unseal(waiting["fields"]))
    return render(request, "login/go_on.html", {"path": waiting["path"], "fields": fields})


def must_step_first(request: Request) -> bool:
    """Whether something to show is there already: then nothing is added or removed without showing it.

    A resident's passkeys are another way in, not a lock.
    """
    if rules.is_strong(request.session) or not request.user.is_authenticated:
        return False
    homes = queries.homes(request.actor.person_id) if request.actor.person_id else []
    return queries.demands_step_of(homes) and queries.steps_of(request.user.id).has_any


def ask(request: Request) -> HttpResponseBase:
    """To the page that asks, and back here."""
    path = wish(request) or (request.get_full_path() if request.method == "GET" else "")
    return redirect(f"{reverse('step')}?next={quote(path)}")


def _page(request: Request, form: StepCodeForm) -> HttpResponseBase:
    if not request.user.is_authenticated:
        return redirect("account_login")
    dress(request)
    context = {
        "form": form,
        "steps": queries.steps_of(request.user.id),
        "next": wish(request),
        "password": PasswordForm() if settings.SAMPLE and request.user.username else None,
    }
    return render(request, "login/step.html", context)


def _shown(request: Request) -> HttpResponseBase:
    rules.mark(request.session, clock.now())
    request.session.cycle_key()
    return redirect(wish(request) or rules.onward(""))


def _codes(request: Request, codes: list[str]) -> HttpResponseBase:
    rules.mark(request.session, clock.now())
    return render(request, "login/codes.html", {"codes": codes, "next": wish(request) or rules.onward("")})
