"""The way from a person's page to what can be printed for them."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.desk.queries.own_prints import town
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.people.models import Person
from handtag.people.queries import Link


def links(by: Actor, person_id: UUID) -> list[Link]:
    """For staff who see people; of a protected person nothing is printed."""
    hidden = Person.objects.filter(id=person_id).exclude(protection=Person.Protection.NONE).exists()
    if hidden or not by.may(Right.SEE_PEOPLE):
        return []
    return [Link(_("Print for them"), reverse("person_prints", args=[town(by).slug, person_id]), "printer")]
