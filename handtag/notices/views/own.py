"""One chooses how one is told, lets a browser show it, and reads what one was told."""

from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.kernel import ids
from handtag.kernel.doors import Request, needs, posted, submission
from handtag.kernel.rights import Right
from handtag.notices import actions, queries
from handtag.notices.forms import ChannelsForm, DeviceForm
from handtag.once.actions import fulfil, perform

_AS_LONG_AS_BROWSERS_KEEP: Final = 60 * 60 * 24 * 400


@needs(Right.TAKE_PART, methods=("GET", "POST"), personal=True)
def my_channels(request: Request, town: str) -> HttpResponseBase:
    """Screen, e-mail, text message or letter, what comes next, how often, and when it shall be quiet."""
    browsers, chosen = queries.browsers(request.actor), queries.chosen(request.actor.whose)
    on = bool(browsers.turned_on)
    form = ChannelsForm(
        posted(request), initial=ChannelsForm.known(chosen, on_screen=on), on_screen=bool(browsers.key)
    )
    if where := fulfil(submission(request), form, lambda: _choose(request, form)):
        return redirect(where)
    shown = {"form": form, "browsers": browsers, "no_texts": chosen.no_texts}
    return render(request, "notices/channels.html", shown)


def _choose(request: Request, form: ChannelsForm) -> str:
    actions.choose_channels(by=request.actor, wish=actions.Wish(**form.words()))
    return _saved(request)


@needs(Right.TAKE_PART, methods=("POST",), personal=True)
def turn_on(request: Request, town: str) -> HttpResponseBase:
    """Show notices in this browser."""
    form = DeviceForm(request.POST)
    said = {name: request.POST.get(name, "") for name in form.fields}

    def deed() -> str:
        actions.subscribe(by=request.actor, device=actions.Device(**said))
        return _saved(request)

    response = redirect(perform(submission(request), deed))
    response.set_cookie(
        queries.COOKIE,
        ids.hashed(said["endpoint"]),
        max_age=_AS_LONG_AS_BROWSERS_KEEP,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@needs(Right.TAKE_PART, methods=("POST",), personal=True)
def turn_off(request: Request, town: str, subscription_id: UUID) -> HttpResponseBase:
    """Show no more in a browser."""

    def deed() -> str:
        actions.unsubscribe(by=request.actor, subscription_id=subscription_id)
        return _saved(request)

    return redirect(perform(submission(request), deed))


@needs(Right.TAKE_PART, personal=True)
def news(request: Request, town: str) -> HttpResponseBase:
    """What we have told this person lately, each with its way in."""
    return render(request, "notices/news.html", {"news": queries.news(request.actor)})


def _saved(request: Request) -> str:
    messages.success(request, _("Saved."))
    return reverse("my_channels", args=[request.municipality.slug])
