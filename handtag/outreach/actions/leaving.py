"""What is left here of a person who is erased: their part in waves, without figures, and no price."""

from uuid import UUID

from handtag.kernel.actor import Actor
from handtag.outreach.models import Attention, Chosen


def forget_person(by: Actor, person_id: UUID) -> None:
    """What was reckoned of somebody goes; that so many were told stays with the wave."""
    Chosen.objects.filter(person_id=person_id).delete()
    Attention.objects.everywhere().filter(person_id=person_id).delete()
