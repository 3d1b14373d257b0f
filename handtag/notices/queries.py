"""Reading the outbox: whom nothing reached, and what one person was sent."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.notices.models import Notice


class Unreached(NamedTuple):
    """A notice that reached nobody: staff ring instead."""

    id: UUID
    person_id: UUID | None
    kind: str
    created_at: datetime
    about_id: UUID | None


def unreached(by: Actor, limit: int = 50) -> list[Unreached]:
    """Notices that failed or had no address, newest first; protected persons only for officers."""
    by.must(Right.STEER_ASKS)
    rows = Notice.objects.of(by.municipality_id).filter(
        state__in=[Notice.State.UNREACHABLE, Notice.State.FAILED]
    )
    if not by.may(Right.KEEP_PROTECTED):
        rows = rows.filter(person__protection="none")
    columns = ("id", "person_id", "kind", "created_at", "about_id")
    return [Unreached(*row) for row in rows.order_by("-created_at").values_list(*columns)[:limit]]


def of_person(person_id: UUID) -> list[Notice]:
    """Everything one person was sent, newest first."""
    return list(Notice.objects.everywhere().filter(person_id=person_id).order_by("-created_at"))
