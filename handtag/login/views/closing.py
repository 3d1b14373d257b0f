"""Closing one's own login, and adding an address to it."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.kernel.doors import Request, posted, public, submission
from handtag.kernel.errors import Problem
from handtag.login import actions
from handtag.login.forms import OwnAddressForm
from handtag.login.views.entrance import dress
from handtag.login.views.onward import out
from handtag.login.views.own import OWN, to_login
from handtag.login.views.steps import ask, must_step_first
from handtag.login.views.turns import take_turn
from handtag.once.actions import fulfil, perform


@public(OWN, methods=("GET", "POST"), personal=True)
def close_mine(request: Request) -> HttpResponseBase:
    """What closing means; and then it is closed."""
    if not request.user.is_authenticated or request.actor.person_id is None:
        return to_login()
    if request.method != "POST":
        dress(request)
        return render(request, "login/close_mine.html")
    if must_step_first(request):
        return ask(request)
    try:
        actions.close_own(by=request.actor, login=request.user)
    except Problem as problem:
        messages.warning(request, str(problem))
        return redirect("my_logins")
    return out(request, _("Your login is closed. Call us if you want it back."))


@public(OWN, methods=("GET", "POST"), personal=True)
def add_email(request: Request) -> HttpResponseBase:
    """An address to log in with, for who has none."""
    if not request.user.is_authenticated:
        return to_login()
    if must_step_first(request):
        return ask(request)
    dress(request)
    login, form = request.user, OwnAddressForm(posted(request))

    def deed() -> str:
        take_turn(request)
        actions.want_email(by=request.actor, login=login, email=form.cleaned_data["email"])
        messages.success(request, _("Open the letter we sent, and follow its link. It works for a day."))
        return reverse("my_logins")

    if where := fulfil(submission(request), form, deed):
        return redirect(where)
    return render(request, "login/add_email.html", {"form": form})


@public(OWN, methods=("GET", "POST"), personal=True)
def confirm_email(request: Request, token: str) -> HttpResponseBase:
    """From the letter: this address is mine."""
    if not request.user.is_authenticated:
        return to_login(request.path)
    if must_step_first(request):
        return ask(request)
    login = request.user
    try:
        email = actions.asked_for(login, token)
    except Problem as problem:
        messages.warning(request, str(problem))
        return redirect("my_logins")
    if request.method != "POST":
        dress(request)
        return render(request, "login/confirm_email.html", {"email": email})

    def deed() -> str:
        actions.confirm_email(by=request.actor, login=login, token=token)
        messages.success(request, _("Done. Codes can be sent to this address from now on."))
        return reverse("my_logins")

    try:
        return redirect(perform(submission(request), deed))
    except Problem as problem:
        messages.warning(request, str(problem))
        return redirect("my_logins")
