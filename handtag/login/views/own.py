"""One's own logins: which passkeys, where codes go, and logging out everywhere else."""

from allauth.mfa.webauthn.internal.auth import begin_registration
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.kernel import clock
from handtag.kernel.doors import Request, posted, public, submission
from handtag.login import actions, queries, rules
from handtag.login.forms import KeyForm
from handtag.login.views.entrance import dress, wish
from handtag.login.views.onward import out
from handtag.login.views.steps import ask, must_step_first
from handtag.notices.queries import COOKIE
from handtag.once.actions import perform

OWN = "one's own login; a visitor is sent to log in"


def to_login(path: str = "") -> HttpResponseBase:
    """A visitor logs in first, and comes back."""
    return redirect(f"{settings.LOGIN_URL}?next={path or reverse('my_logins')}")


@public(OWN, personal=True)
def my_logins(request: Request) -> HttpResponseBase:
    """Where codes go, and on which devices there are passkeys."""
    if not request.user.is_authenticated:
        return to_login()
    dress(request)
    page = {
        "keys": queries.keys_of(request.user.id),
        "email": request.user.email,
        "identities": queries.identities_of(request.user.id),
        "ways": [way for way in _ways(request) if not way.is_for_staff],
        "steps": queries.steps_of(request.user.id),
        "next": wish(request),
    }
    return render(request, "login/my_logins.html", page)


def _ways(request: Request) -> list[queries.Way]:
    town = request.municipality
    return queries.ways_in(town.id) if town is not None else []


@public(OWN, methods=("GET", "POST"), personal=True)
def add_key(request: Request) -> HttpResponseBase:
    """Make a passkey on the device one holds."""
    if not request.user.is_authenticated:
        return to_login()
    if must_step_first(request):
        return ask(request)
    login, form = request.user, KeyForm(posted(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.add_key(by=request.actor, login=login, name=said["name"], credential=said["credential"])
        rules.mark(request.session, clock.now())
        messages.success(request, _("Done. Next time this device lets you in without a code."))
        return redirect(wish(request) or "my_logins")
    options = begin_registration(login, True)
    return render(request, "login/add_key.html", {"form": form, "options": options, "next": wish(request)})


@public(OWN, methods=("POST",), personal=True)
def remove_key(request: Request, key_id: int) -> HttpResponseBase:
    """Take a passkey away; codes by e-mail go on working."""
    if not request.user.is_authenticated:
        return to_login()
    if must_step_first(request):
        return ask(request)
    login = request.user

    def deed() -> str:
        actions.remove_key(by=request.actor, login=login, key_id=key_id)
        return reverse("my_logins")

    where = perform(submission(request), deed)
    messages.success(request, _("The passkey is gone. You can still log in with a code."))
    return redirect(where)


@public(OWN, methods=("POST",), personal=True)
def leave_elsewhere(request: Request) -> HttpResponseBase:
    """Log out of every other browser and device, and of this one too where that is asked."""
    if not request.user.is_authenticated:
        return to_login()
    if request.POST.get("here"):
        actions.leave_everywhere(by=request.actor, login=request.user)
        return out(request, _("You have logged out everywhere."))
    screen = request.COOKIES.get(COOKIE, "")
    login = actions.sign_out_elsewhere(by=request.actor, login=request.user, screen=screen)
    update_session_auth_hash(request, login)
    messages.success(request, _("You are now logged in here only."))
    return redirect("my_logins")
