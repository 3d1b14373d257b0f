"""The day's one letter: what a person lets wait is put together, once, and what is left alone goes alone."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils import translation

from handtag.kernel import clock
from handtag.municipalities.queries import by_id
from handtag.notices import messages, queries
from handtag.notices.actions.ringing import bring
from handtag.notices.actions.telling import state_on
from handtag.notices.models import Notice
from handtag.notices.rules import digest
from handtag.people.models import Person

MOST: Final = 200


def gather_due(limit: int = MOST) -> int:
    """Put together what has waited long enough; returns how many letters came of it."""
    now = clock.now()
    due = Notice.objects.everywhere().filter(state=Notice.State.HELD, due_at__lte=now)
    whose = due.order_by().values("person_id", "municipality_id").distinct()[:limit]
    return sum(_gather(each["person_id"], each["municipality_id"], now) for each in list(whose))


def _gather(person_id: UUID, municipality_id: UUID, now: datetime) -> int:
    person = Person.objects.get(pk=person_id)
    held = Notice.objects.of(municipality_id).filter(
        person_id=person_id, state=Notice.State.HELD, due_at__lte=now
    )
    latest = held.aggregate(latest=Max("due_at"))["latest"]
    if latest is None:
        return 0
    if not queries.chosen(person_id).daily or _way_to(person).channel == Notice.Channel.PHONE:
        return let_go(person)
    try:
        with transaction.atomic():
            return _write(person, municipality_id, held, latest)
    except IntegrityError:
        # This day's letter is written: what came in while it was goes into the next.
        held.update(due_at=digest.next_at(now))
        return 0


def _write(person: Person, municipality_id: UUID, held: QuerySet[Notice], latest: datetime) -> int:
    """The row of the letter goes in first: a second worker waits at it, and finds nothing left."""
    way = _way_to(person)
    letter = Notice.objects.create(
        municipality_id=municipality_id,
        person=person,
        address=way.address,
        channel=way.channel,
        kind=digest.DIGEST,
        language=person.language,
        day=clock.local(latest).date(),
        state=state_on(way.channel, way.address),
        due_at=clock.now(),
    )
    _leave_out_what_is_over(held)
    joined = held.update(state=Notice.State.JOINED, joined_into=letter)
    lines = Notice.objects.of(municipality_id).filter(joined_into=letter).order_by("created_at", "id")
    if joined < 2:
        lines.update(joined_into=None, state=letter.state, **_sent_to(way))
        letter.delete()
        return joined
    town = by_id(municipality_id)
    with translation.override(person.language):
        words = messages.day(
            [messages.Letter(each.subject, each.body, each.link) for each in lines], town.slug if town else ""
        )
    Notice.objects.of(municipality_id).filter(id=letter.id).update(
        subject=words.subject, body=words.body, link=words.link
    )
    return 1


def _leave_out_what_is_over(held: QuerySet[Notice]) -> None:
    over = [each.id for each in held if queries.is_pointless(each)]
    held.filter(id__in=over).update(state=Notice.State.CANCELLED, problem="true no more")


def let_go(person: Person) -> int:
    """Send all that waits for the day's letter on its own, on the channel that the person has now."""
    way = _way_to(person)
    held = Notice.objects.everywhere().filter(person=person, state=Notice.State.HELD)
    going = list(held.values_list("id", flat=True))
    gone = held.filter(id__in=going).update(state=state_on(way.channel, way.address), **_sent_to(way))
    if gone and way.channel == Notice.Channel.PHONE:
        for notice in Notice.objects.everywhere().filter(id__in=going):
            bring(notice)
    return gone


def _way_to(person: Person) -> queries.Way:
    return next(iter(queries.ways(person)), queries.Way(Notice.Channel.EMAIL, ""))


def _sent_to(way: queries.Way) -> dict[str, object]:
    return {"address": way.address, "channel": way.channel, "due_at": clock.now()}
