"""The ways from a person's page to what can be done for them when they ring, and printed for them."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.desk.queries.own_prints import town
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.people.models import Person
from handtag.people.queries import Link


def links(by: Actor, person_id: UUID) -> list[Link]:
    """For who answers calls, and for staff who see people; of a protected person nothing is printed."""
    answers, prints = by.may(Right.ANSWER_CALLS), by.may(Right.SEE_PEOPLE)
    if not (answers or prints):
        return []
    slug, found = town(by).slug, []
    if answers:
        found.append(Link(_("On the phone"), reverse("caller", args=[slug, person_id]), "phone"))
    if prints and not _is_hidden(person_id):
        found.append(Link(_("Print for them"), reverse("person_prints", args=[slug, person_id]), "printer"))
    return found


def _is_hidden(person_id: UUID) -> bool:
    return Person.objects.filter(id=person_id).exclude(protection=Person.Protection.NONE).exists()
