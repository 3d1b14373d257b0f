"""Staff who carry a caller's words: with the caller's own rights, nothing more, and with both names."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.desk.queries.acting import as_caller
from handtag.kernel.actor import Actor
from handtag.kernel.errors import Problem
from handtag.kernel.rights import Right
from handtag.people import actions as people
from handtag.people.queries import PersonPage

__all__ = ["as_caller", "open_caller", "taking_part", "voice"]


@transaction.atomic
def open_caller(*, by: Actor, person_id: UUID, reason: str = "") -> PersonPage:
    """The caller's page, the reading logged; a protected one's to officers who say why."""
    by.must(Right.ANSWER_CALLS)
    return people.open_page(by=by, person_id=person_id, reason=reason, page="desk")


def voice(*, by: Actor, person_id: UUID) -> Actor:
    """The same as `as_caller`, for a deed. Staff do not carry their own words: two names stand beside it."""
    if by.person_id == person_id:
        raise Problem(_("This is you. Log in as yourself, or ask a colleague."))
    return as_caller(by, person_id)


def taking_part(*, by: Actor, person_id: UUID) -> Actor:
    """The caller's voice for what residents do; who is none here yet becomes one by asking for it."""
    caller = voice(by=by, person_id=person_id)
    if Right.TAKE_PART in caller.rights:
        return caller
    people.become_resident(by=by, person_id=person_id)
    return voice(by=by, person_id=person_id)
