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
from handtag.desk.queries.helping import choices
from handtag.desk.views.opening import opened
from handtag.helpers.queries import is_youth
from handtag.kernel.doors import Request, needs, submission
from handtag.kernel.rights import Right
from handtag.once.actions import fulfil


@needs(Right.ANSWER_CALLS, methods=("GET", "POST"), personal=True)
def helping(request: Request, town: str, person_id: UUID) -> HttpResponseBase:
    """The same as on their own pages, changed or begun."""
    voice = as_caller(request.actor, person_id)
    form = None
    if "place" in request.POST:
        form = HelpingForm(request.POST, **choices(voice, young=is_youth(person_id)))
        if where := _saved(request, person_id, form):
            return redirect(where)
    person, reason = opened(request, person_id)
    if person is None:
        return render(request, "desk/reason.html", {"form": reason})
    form = form or HelpingForm(**choices(voice, young=person.is_young))
    return render(request, "desk/helping.html", {"form": form, "person_id": person_id})


def _saved(request: Request, person_id: UUID, form: HelpingForm) -> str | None:
    """Where to go on once it is saved; None while something is to be mended in the form."""

    def do() -> str:
        actions.change_helping(by=request.actor, person_id=person_id, wish=form.wish())
        messages.success(request, _("Saved. What still has to be shown stands among their permits."))
        return reverse("caller", args=[request.municipality.slug, person_id])

    return fulfil(submission(request), form, do)
