"""A helper's calendar: the feed itself, and making or revoking its secret address."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.errands.actions import feeding
from handtag.errands.queries.feed import feed_of
from handtag.errands.queries.meeting import has_feed
from handtag.kernel.doors import Request, needs, public, submission
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Right
from handtag.once.actions import perform


@public("the address is a secret of 160 bits that the helper alone was shown", personal=True)
def calendar(request: Request, town: str, token: str) -> HttpResponseBase:
    """The feed (RFC 5545)."""
    if request.municipality is None:
        raise NotFound("no municipality")
    answer = HttpResponse(
        feed_of(request.municipality.id, token), content_type="text/calendar; charset=utf-8"
    )
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Disposition"] = 'inline; filename="handtag.ics"'
    return answer


@needs(Right.TAKE_PART, methods=("GET", "POST"), personal=True)
def my_calendar(request: Request, town: str) -> HttpResponseBase:
    """Getting a calendar address; it is shown once, since only its hash is kept."""
    address = ""
    if request.method == "POST":
        token = feeding.open_feed(by=request.actor)
        address = request.build_absolute_uri(reverse("calendar", args=[town, token]))
    return render(request, "errands/calendar.html", {"address": address, "has_feed": has_feed(request.actor)})


@needs(Right.TAKE_PART, methods=("POST",), personal=True)
def revoke_calendar(request: Request, town: str) -> HttpResponseBase:
    """Let the address stop working."""

    def deed() -> str:
        feeding.revoke_feed(by=request.actor)
        return reverse("my_calendar", args=[town])

    where = perform(submission(request), deed)
    messages.success(request, _("The address no longer works."))
    return redirect(where)
