"""Putting messages in the outbox, in the transaction of the deed."""

from dataclasses import dataclass
from uuid import UUID

from handtag.kernel import clock
from handtag.notices.models import Notice


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of a notice, already in the reader's language. No name, place or need in the subject."""

    subject: str
    body: str
    link: str = ""


def enqueue(
    *,
    municipality_id: UUID | None,
    person_id: UUID,
    address: str,
    language: str,
    kind: str,
    letter: Letter,
    about_id: UUID | None = None,
) -> Notice:
    """Write one notice to be sent by the worker once this transaction is committed.

    Without an address the notice is kept as unreachable, so that staff see whom nothing reached.
    """
    state = Notice.State.WAITING if address else Notice.State.UNREACHABLE
    return Notice.objects.create(
        municipality_id=municipality_id,
        person_id=person_id,
        address=address,
        language=language,
        kind=kind,
        about_id=about_id,
        subject=letter.subject,
        body=letter.body,
        link=letter.link,
        state=state,
        due_at=clock.now(),
    )
