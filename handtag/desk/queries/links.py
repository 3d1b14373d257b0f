"""The way from a person's page to what can be done for them when they ring."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.municipalities.queries import by_id
from handtag.people.queries import Link


def links(by: Actor, person_id: UUID) -> list[Link]:
    """For who answers calls."""
    town = by_id(by.tenant) if by.may(Right.ANSWER_CALLS) else None
    if town is None:
        return []
    return [Link(_("On the phone"), reverse("caller", args=[town.slug, person_id]), "phone")]
