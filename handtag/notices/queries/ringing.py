"""What waits to be told by telephone."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from handtag.notices.models import Notice


class ToTell(NamedTuple):
    """One piece of news, in the words of the notice and in the person's language."""

    id: UUID
    kind: str
    about_id: UUID | None
    subject: str
    body: str
    language: str
    since: datetime


def to_tell(municipality_id: UUID, person_id: UUID) -> list[ToTell]:
    """Everything that waits to be said to this person, the oldest first."""
    rows = Notice.objects.of(municipality_id).filter(
        person_id=person_id, channel=Notice.Channel.PHONE, state=Notice.State.WAITING
    )
    columns = ("id", "kind", "about_id", "subject", "body", "language", "created_at")
    return [ToTell(*row) for row in rows.order_by("created_at", "id").values_list(*columns)]
