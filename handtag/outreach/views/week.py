"""Placing the week: the proposal, another helper for one of the places, and the press that asks them all."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handtag.kernel import spoken
from handtag.kernel.doors import Request, needs, submission
from handtag.kernel.rights import Right
from handtag.once.actions import perform
from handtag.outreach.actions.week import Sending, send_week
from handtag.outreach.forms import week as forms
from handtag.outreach.queries import week as queries


@needs(Right.STEER_ASKS, personal=True)
def week(request: Request, town: str) -> HttpResponseBase:
    """Who could come to every date of the coming week, all at once, with what was chosen by hand."""
    found = queries.proposal(request.actor, forms.choices(request.GET))
    return render(request, "outreach/week.html", {"proposal": found})


@needs(Right.STEER_ASKS, personal=True)
def move(request: Request, town: str, occasion_id: UUID) -> HttpResponseBase:
    """Who else could come to one date, and what that would cost the whole week."""
    choices, place = forms.choices(request.GET), forms.place(request.GET)
    found = queries.move(request.actor, choices, occasion_id, place)
    return render(request, "outreach/week_move.html", {"move": found, "choices": choices})


@needs(Right.STEER_ASKS, methods=("POST",), personal=True)
def send(request: Request, town: str) -> HttpResponseBase:
    """Ask them all, once."""

    def deed() -> str:
        _tell(request, send_week(by=request.actor, pairs=forms.pairs(request.POST)))
        return reverse("week", args=[town])

    return redirect(perform(submission(request), deed))


def _tell(request: Request, sending: Sending) -> None:
    """How many were asked; of the others which dates they were to come to, and nobody's name."""
    if sending.asked:
        said = ngettext("One person is asked.", "%(count)s people are asked.", sending.asked)
        messages.success(request, said % {"count": sending.asked} + " " + _("They say yes or no themselves."))
    for each in sending.unsent:
        facts = {"service": each.service, "time": spoken.window(each.start, each.end)}
        words = _("%(service)s %(time)s: whoever was proposed cannot come any more. Nobody was asked for it.")
        messages.warning(request, words % facts)
    if sending.closed:
        said = ngettext(
            "Somebody else has seen to one date meanwhile.",
            "Somebody else has seen to %(count)s dates meanwhile.",
            sending.closed,
        )
        messages.info(request, said % {"count": sending.closed})
