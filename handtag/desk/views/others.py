"""What is for others is handed on; and whether somebody at a door is from us."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.cases.queries import possible_readers
from handtag.desk import actions
from handtag.desk.forms import HandOnForm, WordsForm
from handtag.desk.queries.acting import as_caller
from handtag.kernel.doors import Request, needs, posted, submission
from handtag.kernel.rights import Right
from handtag.once.actions import fulfil
from handtag.people.queries import names


@needs(Right.ANSWER_CALLS, methods=("GET", "POST"), personal=True)
def hand_on(request: Request, town: str, person_id: UUID) -> HttpResponseBase:
    """For home care, or others: what, for whom, and by when."""
    voice = as_caller(request.actor, person_id)
    receivers = [(str(key), name) for key, name in possible_readers(request.actor, {person_id})]
    form = HandOnForm(posted(request), receivers=receivers)

    def deed() -> str:
        said = form.cleaned_data
        actions.hand_on(
            by=request.actor,
            person_id=person_id,
            concern=said["concern"],
            words=said["words"],
            days=said["days"],
            receiver_id=form.receiver_id,
        )
        messages.success(request, _("Handed on. It stands on the list until somebody has taken it."))
        return reverse("caller", args=[town, person_id])

    if where := fulfil(submission(request), form, deed):
        return redirect(where)
    name = names(request.actor, [voice.whose])[voice.whose]
    return render(request, "desk/hand_on.html", {"form": form, "name": name, "person_id": person_id})


@needs(Right.VERIFY_HELPERS, methods=("GET", "POST"), personal=True)
def door(request: Request, town: str) -> HttpResponseBase:
    """Somebody at a door says they are from us: yes or no, and what to tell the caller."""
    form = WordsForm(posted(request))
    answer = actions.verify(by=request.actor, words=form.cleaned_data["words"]) if form.is_valid() else None
    may_answer = request.actor.may(Right.ANSWER_CALLS)
    return render(request, "desk/door.html", {"form": form, "answer": answer, "may_answer": may_answer})
