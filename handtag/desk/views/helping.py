"""How a caller helps, with them on the line: with what, from where, when and how much."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.desk import actions
from handtag.desk.forms import HelpingForm
from handtag.desk.queries.acting import as_caller
from handtag.desk.queries.helping import choices, known
from handtag.kernel.doors import Request, needs, posted, submission
from handtag.kernel.rights import Right
from handtag.once.actions import fulfil


@needs(Right.ANSWER_CALLS, methods=("GET", "POST"), personal=True)
def helping(request: Request, town: str, person_id: UUID) -> HttpResponseBase:
    """The same as on their own pages, changed or begun."""
    voice = as_caller(request.actor, person_id)
    offered = choices(voice)
    form = HelpingForm(posted(request), **offered, initial=known(voice))

    def do() -> str:
        actions.change_helping(by=request.actor, person_id=person_id, wish=form.wish())
        messages.success(request, _("Saved. What still has to be shown stands among their permits."))
        return reverse("caller", args=[town, person_id])

    if where := fulfil(submission(request), form, do):
        return redirect(where)
    return render(request, "desk/helping.html", {"form": form, "person_id": person_id})
