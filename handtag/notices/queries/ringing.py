"""What waits to be told by telephone, with what a sealed letter would say: the person hears it."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.utils import translation

from handtag.notices.models import Notice
from handtag.notices.queries.letters import sealed
from handtag.notices.queries.outbox import is_pointless
from handtag.notices.rules.channels import ON_ONES_OWN


class ToTell(NamedTuple):
    """One piece of news, to be read aloud in the person's language."""

    id: UUID
    kind: str
    about_id: UUID | None
    subject: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    language: str
    since: datetime

    @property
    def is_theirs_alone(self) -> bool:
        """Whether nobody else may be told it in their stead."""
        return self.kind in ON_ONES_OWN


def to_tell(municipality_id: UUID, person_id: UUID) -> list[ToTell]:
    """Everything that waits to be said to this person and still is so, the oldest first."""
    rows = Notice.objects.of(municipality_id).filter(
        person_id=person_id, channel=Notice.Channel.PHONE, state=Notice.State.WAITING
    )
    told = (_told(row) for row in rows.select_related("person").order_by("created_at", "id"))
    return [one for one in told if one is not None]


def _told(row: Notice) -> ToTell | None:
    if is_pointless(row):
        return None
    with translation.override(row.language):
        more = sealed(row)
        paragraphs = tuple(str(each) for each in more.paragraphs) or (row.body,)
        facts = tuple((str(name), str(value)) for name, value in more.facts)
    return ToTell(
        row.id, row.kind, row.about_id, row.subject, paragraphs, facts, row.language, row.created_at
    )
