"""Putting messages in the outbox in the transaction of the deed, on the channel that the reader chose."""

from collections.abc import Callable
from uuid import UUID

from django.utils import translation

from handtag.kernel import clock
from handtag.notices import queries
from handtag.notices.actions.ringing import bring
from handtag.notices.messages import Letter
from handtag.notices.models import Notice
from handtag.people.models import Person

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
    person = Person.objects.only(*_COLUMNS).get(pk=person_id)
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
    return bring(
        Notice.objects.create(
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
            state=state_on(channel, address),
            until=queries.until(channel, municipality_id, about_id),
            due_at=clock.now(),
        )
    )


def state_on(channel: str, address: str) -> Notice.State:
    """How a notice begins: on its way, or with nowhere to go."""
    return Notice.State.WAITING if address else Notice.State.UNREACHABLE


def cancel(*, about_id: UUID, kinds: frozenset[str]) -> int:
    """Take back notices not yet sent, for a deed that was undone; returns how many."""
    return (
        Notice.objects.everywhere()
        .filter(about_id=about_id, kind__in=kinds, state=Notice.State.WAITING)
        .update(state=Notice.State.CANCELLED)
    )


def put_aside() -> int:
    """Take back everything not yet sent; for the sample, whose people have no mailboxes."""
    waiting = Notice.objects.everywhere().filter(state=Notice.State.WAITING)
    return waiting.update(state=Notice.State.CANCELLED)
