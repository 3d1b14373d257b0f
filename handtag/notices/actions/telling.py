"""Putting messages in the outbox in the transaction of the deed, on the channel that the reader chose."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.utils import translation

from handtag.kernel import clock
from handtag.kernel.prepared import Prepared, an_id, insert
from handtag.notices import queries
from handtag.notices.actions.ringing import bring
from handtag.notices.messages import Letter
from handtag.notices.models import Notice
from handtag.notices.rules import digest
from handtag.people.models import Person

NOT_SENT = frozenset({Notice.State.WAITING, Notice.State.HELD})
_COLUMNS = (
    *("email", "phone", "address", "postcode", "post_town"),
    *("language", "protection", "erased_at"),
)


def tell(
    *,
    municipality_id: UUID | None,
    person_id: UUID,
    kind: str,
    write: Callable[[], Letter],
    about_id: UUID | None = None,
) -> Notice:
    """Write one notice to a person; `write` is called with their language in force."""
    person: Person | None = _TOLD.first(person=person_id)
    if person is None:
        raise Person.DoesNotExist
    way = next(iter(queries.ways_for(kind, person)), queries.Way(Notice.Channel.EMAIL, ""))
    with translation.override(person.language):
        letter = write()
        return enqueue(
            municipality_id=municipality_id,
            person_id=person_id,
            address=way.address,
            channel=way.channel,
            language=person.language,
            kind=kind,
            letter=letter,
            about_id=about_id,
        )


_TOLD = Prepared(lambda: Person.objects.only(*_COLUMNS).filter(pk=an_id("person")).order_by())


def enqueue(
    *,
    municipality_id: UUID | None,
    person_id: UUID | None,
    address: str,
    language: str,
    kind: str,
    letter: Letter,
    about_id: UUID | None = None,
    channel: str = Notice.Channel.EMAIL,
) -> Notice:
    """Write one notice to be sent by the worker once this transaction is committed.

    Without an address the notice is kept as unreachable, so that staff see whom nothing reached.
    """
    now, letter_at = clock.now(), digest.next_at(clock.now())
    # A question by text is answered by text: in the letter of the day it would lose its number. Whom a
    # person rings has no such letter.
    alone = channel == Notice.Channel.PHONE or (letter.is_question and channel == Notice.Channel.SMS)
    waits = not alone and _waits(municipality_id, person_id, kind, about_id, letter_at)
    return bring(
        insert(
            Notice(
                municipality_id=municipality_id,
                person_id=person_id,
                address=address,
                channel=channel,
                language=language,
                kind=kind,
                about_id=about_id,
                subject=letter.subject,
                body=letter.body,
                link=letter.link,
                is_question=letter.is_question,
                state=Notice.State.HELD if waits else state_on(channel, address),
                until=queries.until(channel, municipality_id, about_id),
                created_at=now,
                due_at=letter_at if waits else now,
            )
        )
    )


def _waits(town: UUID | None, person_id: UUID | None, kind: str, about: UUID | None, until: datetime) -> bool:
    """Whether a notice is left for the letter of the day: what can wait, for who has chosen it."""
    if town is None or person_id is None or kind not in digest.EITHER or not queries.chosen(person_id).daily:
        return False
    return digest.may_wait(kind, until=until, lapses_at=queries.lapses_at(town, about) if about else None)


def state_on(channel: str, address: str) -> Notice.State:
    """How a notice begins: on its way, or with nowhere to go."""
    return Notice.State.WAITING if address else Notice.State.UNREACHABLE


def cancel(*, about_id: UUID, kinds: frozenset[str]) -> int:
    """Take back notices not yet sent, for a deed that was undone; returns how many."""
    return (
        Notice.objects.everywhere()
        .filter(about_id=about_id, kind__in=kinds, state__in=NOT_SENT)
        .update(state=Notice.State.CANCELLED)
    )


def put_aside() -> int:
    """Take back what is not yet sent but letters; for the sample, whose people have no mailboxes.

    What waits for the printer can be printed there as well.
    """
    waiting = Notice.objects.everywhere().filter(state__in=NOT_SENT).exclude(channel=Notice.Channel.LETTER)
    return waiting.update(state=Notice.State.CANCELLED)
