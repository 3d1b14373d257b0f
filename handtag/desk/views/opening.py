"""Opening a caller's record: the reading is logged, and of a protected one the reason is asked first."""

from uuid import UUID

from handtag.desk import actions
from handtag.desk.actions import ReasonNeeded
from handtag.kernel.asked import ReasonForm
from handtag.kernel.doors import Request
from handtag.people.queries import PersonPage


def opened(request: Request, person_id: UUID) -> tuple[PersonPage | None, ReasonForm]:
    """The record, logged as read; None where a reason has to be given, in the form."""
    form = ReasonForm(request.POST if "reason" in request.POST else None)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        return actions.open_caller(by=request.actor, person_id=person_id, reason=reason), form
    except ReasonNeeded:
        return None, form
