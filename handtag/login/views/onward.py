"""After the door: to one's town, out again, another role, another language."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.kernel.doors import Request, came_from, public
from handtag.login import actions, queries, rules
from handtag.login.views.entrance import dress, wish
from handtag.notices import actions as notices
from handtag.notices.queries import COOKIE


@public("sends each to where they belong; a visitor is sent to log in", personal=True)
def onward(request: Request) -> HttpResponseBase:
    """To where one was going; first to the welcome page of a town one has no role in."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    path, person_id = wish(request), request.actor.person_id
    homes = queries.homes(person_id) if person_id else []
    if _must_step(request, homes):
        return redirect(f"{reverse('step')}?{urlencode({'next': rules.onward(path)})}")
    where = rules.where_to(path, queries.slug_of(path), [home.slug for home in homes])
    if where:
        return redirect(where)
    return render(request, "login/onward.html", {"homes": queries.one_each(homes)})


def _must_step(request: Request, homes: list[queries.Home]) -> bool:
    """Whether somebody of the staff came in by a code alone, and has not said that this will do today."""
    if rules.is_strong(request.session) or request.GET.get("utan"):
        return False
    return queries.demands_step_of(homes)


@public("the names of the municipalities are no secret")
def choose_town(request: Request) -> HttpResponseBase:
    """In which municipality one lives."""
    towns = queries.towns()
    if len(towns) == 1:
        return redirect("welcome", town=towns[0].slug)
    return render(request, "login/choose_town.html", {"towns": towns})


@public("anybody may log out", methods=("GET", "POST"))
def leave(request: Request) -> HttpResponseBase:
    """Log out of this browser, in every municipality at once; and at the provider one came in through."""
    if request.method != "POST":
        dress(request)
        return render(request, "login/leave.html", {"next": wish(request)})
    return out(request, _("You have logged out of this browser."))


def out(request: Request, words: str) -> HttpResponseBase:
    """End the session; on to the town's page, or to where one logs out at the provider too.

    That is a page of its own, for a form may not lead to another host; it goes on by itself.
    """
    town, came_from = queries.slug_of(wish(request)), request.session.get("came_from", {})
    screen, person_id = request.COOKIES.get(COOKIE, ""), request.actor.person_id
    if screen and person_id:
        notices.end_push(by=request.actor, person_id=person_id, only=screen)
    key = request.session.session_key or ""
    logout(request)
    there = _there(came_from, key) if came_from else None
    response: HttpResponseBase
    if there is not None:
        response = render(request, "login/left.html", {"there": there})
        response["Refresh"] = f"1; url={there.url}"
    else:
        messages.success(request, words)
        response = redirect(f"/{town}/" if town else settings.LOGOUT_REDIRECT_URL)
    response.delete_cookie(COOKIE)
    if request.is_secure():
        response["Clear-Site-Data"] = '"cache"'
    return response


def _there(came_from: dict[str, str], session_key: str) -> actions.Farewell | None:
    """Where one is logged out at the provider too; here the session has ended, whatever happens there."""
    return actions.farewell(
        provider_id=came_from["provider"], hint=came_from["hint"], session_key=session_key
    )


@public("where a provider sends who has logged out there")
def left(request: Request) -> HttpResponseBase:
    """Logged out there too."""
    messages.success(request, _("You have logged out of this browser."))
    return redirect(settings.LOGOUT_REDIRECT_URL)


@public("only one's own roles are shown", methods=("GET", "POST"), personal=True)
def change_hat(request: Request) -> HttpResponseBase:
    """Put on another of one's own hats."""
    if request.actor.person_id is None:
        return redirect(f"{settings.LOGIN_URL}?next={reverse('change_hat')}")
    homes = queries.homes(request.actor.person_id)
    chosen = next((home for home in homes if str(home.role_id) == request.POST.get("hat")), None)
    if request.method == "POST" and chosen is not None:
        request.session["hat"] = str(chosen.role_id)
        return redirect(f"/{chosen.slug}/")
    dress(request)
    return render(request, "login/change_hat.html", {"homes": homes, "next": wish(request)})


@public("anybody reads in the language they choose", methods=("GET", "POST"), personal=True)
def choose_language(request: Request) -> HttpResponseBase:
    """Read on in another language: in this browser; and who is logged in, everywhere and in our letters."""
    code = (request.POST or request.GET).get("language", "")
    if code in dict(settings.LANGUAGES):
        request.read_in = code
    return redirect(wish(request) or came_from(request) or "/")
