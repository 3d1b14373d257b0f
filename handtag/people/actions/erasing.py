"""A person's details are destroyed; history and figures keep a pseudonym."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, Problem
from handtag.kernel.rights import Right, Role
from handtag.people.models import Block, KnownNumber, Person, RoleHeld
from handtag.people.queries.roles import towns_of
from handtag.people.queries.walls import visible

# Rooms above erase what they hold of the person, in the same transaction; set in their apps.ready().
AFTER_ERASE: list[Callable[[Actor, UUID], None]] = []

_BLANK: dict[str, Any] = {
    "given_name": "",
    "family_name": "",
    "chosen_name": "",
    "sought": "",
    "email": "",
    "phone": "",
    "age": Person.Age.UNKNOWN,
    "language": "sv",
    "speaks": [],
    "address": "",
    "postcode": "",
    "post_town": "",
    "place": None,
    "longitude": None,
    "latitude": None,
    "protection": Person.Protection.NONE,
    "marked_by": None,
}


@transaction.atomic
def erase_person(*, by: Actor, person_id: UUID) -> None:
    """Blank everything that says who somebody is, end their roles, and let every room above do the same.

    Twice changes nothing. The last coordinator of a municipality hands over first.
    """
    by.must(Right.KEEP_RECORDS)
    known = Person.objects.select_for_update().filter(visible(by) | ~Q(erased_at=None), pk=person_id).first()
    if known is None or by.tenant not in towns_of(person_id):
        raise NotFound("person")
    if known.erased_at is not None:
        return
    _leaves_a_coordinator(person_id)
    now = clock.now()
    RoleHeld.objects.everywhere().filter(person_id=person_id, until=None).update(until=now)
    Block.objects.everywhere().filter(Q(person_id=person_id) | Q(other_id=person_id)).delete()
    KnownNumber.objects.everywhere().filter(person_id=person_id).delete()
    Person.objects.filter(pk=person_id).update(**_BLANK, erased_at=now)
    history.record(by=by, verb="person.erased", kind="person", object_id=person_id, about=person_id)
    for consequence in AFTER_ERASE:
        consequence(by, person_id)


def _leaves_a_coordinator(person_id: UUID) -> None:
    in_force = RoleHeld.objects.everywhere().filter(role=Role.COORDINATOR, until=None)
    for town in in_force.filter(person_id=person_id).values_list("municipality_id", flat=True):
        others = RoleHeld.objects.of(town).filter(role=Role.COORDINATOR, until=None)
        if not others.exclude(person_id=person_id).select_for_update().exists():
            raise Problem(_("This is the last coordinator. Give somebody else the role first."))
