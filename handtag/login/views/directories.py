"""What a directory that speaks SAML reads in about us, and logging out with it, whoever begins."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from handtag.kernel.doors import Request, public
from handtag.login import actions
from handtag.login.rules import Refused
from handtag.login.views.providers import town_id_of
from handtag.login.views.turns import take_turn


@public("what a directory reads in about us is no secret")
def metadata(request: Request, town: str, key: str) -> HttpResponseBase:
    """What the directory's keeper reads in, to know us."""
    body = actions.describe(municipality_id=town_id_of(request), key=key)
    return HttpResponse(body, content_type="application/samlmetadata+xml")


@csrf_exempt
@public("the directory's signed message is the key", methods=("GET", "POST"), personal=True)
def logout(request: Request, town: str, key: str) -> HttpResponseBase:
    """The directory says that somebody logged out there, or answers who did so here."""
    try:
        left = actions.hear_directory(municipality_id=town_id_of(request), key=key, message=_message(request))
    except Refused:
        take_turn(request)
        return _not_heard(request)
    return redirect(left.url) if left.url else _home(request, left)


def _not_heard(request: Request) -> HttpResponseBase:
    """Nothing of it is repeated: whoever is in stays in, whoever has left here has left here."""
    is_answer = "SAMLResponse" in (request.POST or request.GET)
    if is_answer and not request.user.is_authenticated:
        messages.success(request, _("You have logged out of this browser."))
        return redirect(settings.LOGOUT_REDIRECT_URL)
    return render(request, "login/not_logged_out.html", status=400)


def _message(request: Request) -> actions.Message:
    """As it came: of an address every letter, for its signature is over them."""
    if request.method == "POST":
        return actions.Message(form={name: str(value) for name, value in request.POST.items()})
    return actions.Message(query=request.META.get("QUERY_STRING", ""))


def _home(request: Request, left: actions.Left) -> HttpResponseBase:
    words, level = _("You have logged out here and of %(name)s."), messages.SUCCESS
    if left.is_answer and not left.is_done:
        words, level = (
            _("You have logged out here. %(name)s says that you are still logged in there."),
            messages.WARNING,
        )
    messages.add_message(request, level, words % {"name": left.name})
    return redirect(settings.LOGOUT_REDIRECT_URL)
