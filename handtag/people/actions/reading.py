"""Opening a person's page: every reading by staff is written down."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.history import actions as history
from handtag.kernel.actor import Actor
from handtag.kernel.errors import Problem
from handtag.kernel.rights import Right
from handtag.people import queries
from handtag.people.queries import PersonPage


class ReasonNeeded(Problem):
    """A protected record opens only to somebody who says why."""


@transaction.atomic
def open_page(*, by: Actor, person_id: UUID, reason: str = "", page: str = "person") -> PersonPage:
    """The page of a person, with the reading logged: who, whom, when, in which role and, if said, why."""
    by.must(Right.SEE_PEOPLE)
    person = queries.person(by, person_id)
    if person.is_protected:
        by.must_be_fresh()
    if person.is_protected and not reason.strip():
        raise ReasonNeeded(_("Write why you need to open this record. It is kept."), field="reason")
    history.looked(by=by, about=person.id, page=page, reason=reason.strip())
    return queries.person_page(by, person, in_full=page == "person")
