"""Opening a case or a person's permits: every reading by staff is written down."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.history.actions import looked
from handtag.kernel.actor import Actor
from handtag.kernel.errors import Problem
from handtag.notices.actions import Letter
from handtag.permits import messages
from handtag.permits.queries.cases import Case, case
from handtag.permits.queries.own import PersonPermits, of_person


class ReasonNeeded(Problem):
    """A protected record opens only to somebody who says why."""

    def __init__(self) -> None:
        super().__init__(_("Write why you need to open this record. It is kept."), field="reason")


@transaction.atomic
def open_case(*, by: Actor, permit_id: UUID, reason: str = "") -> Case:
    """The case, with its reading logged; of a protected person only with a reason."""
    found = case(by, permit_id)
    _log(by, found.person_id, found.is_protected, "permit", reason)
    return found


@transaction.atomic
def open_person(*, by: Actor, person_id: UUID, reason: str = "") -> PersonPermits:
    """Somebody's checks and permits, with the reading logged; of a protected person only with a reason."""
    found = of_person(by, person_id)
    _log(by, found.person_id, found.is_protected, "permits", reason)
    return found


def preview(*, verb: str) -> Letter | None:
    """The letter that a decision would send, in the reader's own language."""
    return messages.letter(verb, "") if verb in messages.LETTERS else None


def _log(by: Actor, person_id: UUID, is_protected: bool, page: str, reason: str) -> None:
    if is_protected:
        by.must_be_fresh()
    if is_protected and not reason.strip():
        raise ReasonNeeded
    looked(by=by, about=person_id, page=page, reason=reason.strip())
