"""The municipality's line for text messages and calls."""

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from handtag.kernel.doors import Request, needs, posted, submission
from handtag.kernel.rights import Right
from handtag.notices import actions, queries
from handtag.notices.forms import LineForm
from handtag.once.actions import fulfil


@needs(Right.SET_UP, methods=("GET", "POST"), personal=True)
def line(request: Request, town: str) -> HttpResponseBase:
    """The numbers, and the secret address for the provider: shown this once, and kept nowhere."""
    made: list[actions.Opened] = []
    known = queries.line(request.actor)
    form = LineForm(posted(request), initial={"number": known.number, "voice_number": known.voice_number})

    def deed() -> str:
        made.append(actions.open_line(by=request.actor, **form.cleaned_data))
        return reverse("sms_line", args=[town])

    if (where := fulfil(submission(request), form, deed)) and not made:
        return redirect(where)
    shown = {"form": form, "line": queries.line(request.actor), "made": next(iter(made), None)}
    return render(request, "notices/line.html", shown)
