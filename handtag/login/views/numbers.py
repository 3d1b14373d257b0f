"""At the counter: the number on somebody's card, so that their e-identity finds them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.kernel.doors import Request, needs, posted, submission
from handtag.kernel.rights import Right
from handtag.login.forms import NumberForm
from handtag.once.actions import fulfil
from handtag.people import actions as people
from handtag.people import queries as people_queries


@needs(Right.RECORD_CHECKS, methods=("GET", "POST"), personal=True)
def number(request: Request, town: str, person_id: UUID) -> HttpResponseBase:
    """Note that the number was seen; the page does not say which it was."""
    people_queries.person(request.actor, person_id)
    form = NumberForm(posted(request))

    def deed() -> str:
        said = form.cleaned_data
        people.know_number(
            by=request.actor, person_id=person_id, words=said["number"], certainty=said["certainty"]
        )
        messages.success(request, _("Noted. The number itself is not kept."))
        return reverse("person_number", args=[town, person_id])

    if where := fulfil(submission(request), form, deed):
        return redirect(where)
    context = {
        "form": form,
        "person_id": person_id,
        "may_open": request.actor.may(Right.SEE_PEOPLE),
        "is_known": people_queries.has_number(request.municipality.id, person_id),
    }
    return render(request, "login/number.html", context)
