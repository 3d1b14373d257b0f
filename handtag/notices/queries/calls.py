"""Reading calls: to whom one goes, and how often somebody has rung lately."""

from datetime import timedelta
from typing import Final, NamedTuple
from uuid import UUID

from handtag.kernel import clock
from handtag.municipalities.queries import by_id
from handtag.notices.models import Call
from handtag.people.models import Person

LATELY: Final = timedelta(hours=1)


class Bridge(NamedTuple):
    """To whom a call goes, and what it is about; no `person_id`: to the contact centre."""

    about_id: UUID | None = None
    person_id: UUID | None = None


def number_of(municipality_id: UUID, bridge: Bridge) -> str:
    """The number to connect to: the person's, or the contact centre's."""
    if bridge.person_id is None:
        town = by_id(municipality_id)
        return town.phone if town else ""
    row = Person.objects.filter(pk=bridge.person_id, erased_at=None, protection="none")
    return row.values_list("phone", flat=True).first() or ""


def asked_lately(municipality_id: UUID, caller_id: UUID) -> int:
    """How many calls this person has asked for within the hour."""
    calls = Call.objects.of(municipality_id).filter(caller_id=caller_id, way=Call.Way.OUT)
    return calls.filter(asked_at__gt=clock.now() - LATELY).count()
