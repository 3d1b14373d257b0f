"""Opening a record: the reason that was given counts for ten minutes, and every reading is logged."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from handtag.kernel import clock
from handtag.kernel.doors import Request
from handtag.people import actions
from handtag.people.queries import PersonPage

COUNTS_FOR = timedelta(minutes=10)


def opened(request: Request, person_id: UUID, page: str) -> PersonPage:
    """The page of a person; raises ReasonNeeded for a protected one opened without a reason."""
    reason = request.POST.get("reason", "").strip()
    if not reason and _said_lately(request, person_id):
        reason = _("the same work as a moment ago")
    found = actions.open_page(by=request.actor, person_id=person_id, reason=reason, page=page)
    if found.is_protected and request.POST.get("reason"):
        # Only that a reason was given, never its words: a session is no place for them.
        request.session["opened"] = {str(person_id): (clock.now() + COUNTS_FOR).isoformat()}
    return found


def _said_lately(request: Request, person_id: UUID) -> bool:
    until = request.session.get("opened", {}).get(str(person_id))
    return bool(until) and clock.now() < datetime.fromisoformat(until)
