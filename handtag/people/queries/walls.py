"""Which people exist for a reader: those with a role here, the protected for the officers alone."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.people.models import Person, RoleHeld


def here(by: Actor) -> Q:
    """Who holds a role in the reader's municipality."""
    return known_in(by.tenant)


def known_in(town: Any) -> Q:
    """Who holds a role in a municipality, given by its id or by a hole for one."""
    held = RoleHeld.objects.of(town).filter(person=OuterRef("pk"), until=None)
    return Q(Exists(held)) & Q(erased_at=None)


def visible(by: Actor) -> Q:
    """Who is not protected, or for an officer everybody; oneself always."""
    if by.may(Right.KEEP_PROTECTED):
        return ~Q(pk__in=())  # everybody; an empty Q would vanish beside an "or"
    return Q(protection=Person.Protection.NONE) | Q(pk__in=[by.person_id, by.behalf_of])


def here_and_visible(by: Actor) -> QuerySet[Person]:
    """Both. Absent and hidden are told apart by nothing: one and the same query finds neither."""
    return Person.objects.filter(here(by), visible(by))
