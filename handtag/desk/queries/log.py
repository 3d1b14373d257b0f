"""The log of calls, for the desk and beside a caller; a note is shown for a month."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q

from handtag.desk.models import Call
from handtag.desk.queries.codes import OUTCOMES, TOPICS
from handtag.desk.rules.calls import NOTE_SHOWN
from handtag.kernel import clock, spoken
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.people.queries import shown_as

MOST: Final = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One call."""

    at: datetime
    person_id: UUID | None
    person: str
    agent: str
    is_ours: bool
    about: str
    outcome: str
    note: str


def calls(by: Actor, person_id: UUID | None = None) -> list[Line]:
    """The latest calls, of everybody or with one caller; with protected people for the officers alone."""
    by.must(Right.ANSWER_CALLS)
    rows = Call.objects.of(by.tenant)
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    if not by.may(Right.KEEP_PROTECTED):
        rows = rows.filter(Q(person=None) | Q(person__protection="none"))
    return [
        _line(by, row) for row in rows.select_related("person", "agent").order_by("-latest_at", "id")[:MOST]
    ]


def _line(by: Actor, row: Call) -> Line:
    return Line(
        at=row.latest_at,
        person_id=row.person_id,
        person=shown_as(row.person, to=by) if row.person else "",
        agent=shown_as(row.agent, to=by, close=True),
        is_ours=row.is_ours,
        about=spoken.join(list(dict.fromkeys(str(TOPICS[each]) for each in row.topics))),
        outcome=str(OUTCOMES[row.outcome]),
        note=row.note if row.at > clock.now() - NOTE_SHOWN else "",
    )
