"""Where an agent begins: who is on the line, and whom to ring."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from handtag.cases import queries as cases
from handtag.desk.forms import CallForm
from handtag.desk.queries import log, ringing
from handtag.desk.queries.calling import candidates, is_whole_number
from handtag.desk.views.taking_down import Sheet, show
from handtag.kernel.doors import Request, needs, posted
from handtag.kernel.rights import Right

LISTED = 8


@needs(Right.ANSWER_CALLS, methods=("GET", "POST"), personal=True)
def desk(request: Request, town: str) -> HttpResponseBase:
    """Who is on the line; sent as a form, so that no name or number ends in an address or a log."""
    form = CallForm(posted(request))
    if not form.is_valid():
        return render(request, "desk/desk.html", {"form": form, **_waiting(request)})
    words = form.cleaned_data["words"]
    found = candidates(request.actor, words)
    if len(found) == 1 and is_whole_number(words) and not found[0].is_protected:
        return redirect("caller", town, found[0].id)
    if not found:
        return show(request, Sheet.blank(request, words))
    return render(request, "desk/desk.html", {"form": form, "found": found, **_waiting(request)})


@needs(Right.ANSWER_CALLS, personal=True)
def calls(request: Request, town: str) -> HttpResponseBase:
    """The whole call list, what was handed on, and the log."""
    context = {
        "rows": ringing.call_list(request.actor),
        "handed_on": cases.handed_on(request.actor),
        "log": log.calls(request.actor),
    }
    return render(request, "desk/calls.html", context)


def _waiting(request: Request) -> dict[str, Any]:
    rows = ringing.call_list(request.actor)
    return {
        "rows": rows[:LISTED],
        "more": max(0, len(rows) - LISTED),
        "handed_on": [row for row in cases.handed_on(request.actor) if row.state == "new"][:LISTED],
    }
