"""What people's pages show of permits: the way there, and the services that roles are narrowed to."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.municipalities.queries import by_id
from handtag.people.queries import Link, Scope
from handtag.permits.queries.services import services


def links(by: Actor, person_id: UUID) -> list[Link]:
    """A link for those who record checks or decide."""
    if not (by.may(Right.RECORD_CHECKS) or by.may(Right.DECIDE_PERMITS)):
        return []
    town = by_id(by.tenant)
    if town is None:
        return []
    href = reverse("permits_of_person", args=[town.slug, person_id])
    return [Link(_("Permits and checks"), href, "badge-check")]


def scopes(by: Actor) -> list[Scope]:
    """The services that a role may be narrowed to; those turned off have people too."""
    return [Scope(row.id, row.words.name) for row in services(by.tenant, on=None)]
