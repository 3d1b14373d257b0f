"""Whose telephone it is, and which questions were put to it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from handtag.notices.models import Incoming, Notice
from handtag.people.models import Person, RoleHeld

LATEST = 20


def caller(municipality_id: UUID, number: str) -> Person | None:
    """The person of this town who has the number; of a couple who share it, the one texted last.

    Two who share a number and were never texted cannot be told apart: nobody.
    """
    held = RoleHeld.objects.of(municipality_id).filter(until=None)
    people = list(
        Person.objects.filter(phone=number, erased_at=None, id__in=held.values("person_id"))[:LATEST]
    )
    if len(people) < 2:
        return people[0] if people else None
    texted = Notice.objects.of(municipality_id).filter(
        channel=Notice.Channel.SMS, address=number, person__in=people, state=Notice.State.SENT
    )
    latest = texted.order_by("-sent_at").values_list("person_id", flat=True).first()
    return next((person for person in people if person.id == latest), None)


def question(municipality_id: UUID, person_id: UUID, number: int | None) -> UUID | None:
    """What the question of this number was about."""
    if number is None:
        return None
    asked = Notice.objects.of(municipality_id).filter(person_id=person_id, number=number)
    return asked.values_list("about_id", flat=True).first()


def numbers_of(municipality_id: UUID, person_id: UUID) -> tuple[tuple[UUID, int], ...]:
    """What the latest questions to this person were about, and their numbers."""
    asked = Notice.objects.of(municipality_id).filter(person_id=person_id).exclude(number=None)
    rows = asked.exclude(about_id=None).order_by("-number").values_list("about_id", "number")[:LATEST]
    return tuple((about, number) for about, number in rows if about and number)


def has_written_since(
    municipality_id: UUID, person_id: UUID, moment: datetime, words: Collection[str]
) -> bool:
    """Whether something that this person wrote after that moment has come in already."""
    theirs = Incoming.objects.of(municipality_id).filter(person_id=person_id, said_at__gt=moment)
    return theirs.filter(word__in=list(words)).exists()
