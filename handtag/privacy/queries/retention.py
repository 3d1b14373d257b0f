"""What retention says: the decisions in force, what is due, and what waits for a second person."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Model, QuerySet

from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.privacy.models import Destruction, ErasureRequest, RetentionDecision
from handtag.privacy.queries import tables
from handtag.privacy.queries.words import record_words
from handtag.privacy.rules import retention
from handtag.privacy.rules.record import Record
from handtag.privacy.rules.register import BY_TYPE


@dataclass(frozen=True, slots=True)
class Line:
    """One record type of the retention table."""

    type: str
    title: str
    keep_days: int | None
    reference: str
    decided_on: date | None
    proposed_days: int


def table(by: Actor) -> list[Line]:
    """The retention table of a municipality: what is decided, and what we would propose."""
    by.must(Right.KEEP_RECORDS)
    rows = RetentionDecision.objects.of(by.municipality_id).filter(superseded_at=None)
    decided = {row.record_type: row for row in rows}
    lines = []
    for record_type, proposed in retention.DESTRUCTIBLE.items():
        row = decided.get(record_type)
        lines.append(
            Line(
                type=record_type,
                title=_title(record_type),
                keep_days=row.keep_days if row else None,
                reference=row.reference if row else "",
                decided_on=row.decided_on if row else None,
                proposed_days=proposed.days,
            )
        )
    return lines


def _title(record_type: str) -> str:
    """What one decision is about: a record type, and what goes with it."""
    together = retention.by_decision_on(record_type)
    return ", ".join(record_words(BY_TYPE[each]).title for each in together)


def due_rows(record: Record, municipality_id: UUID, keep_days: int) -> "QuerySet[Model]":
    """The rows of a record type that have been kept as long as was decided."""
    before = clock.now() - timedelta(days=keep_days)
    limit = before.date() if record.event in retention.DATES else before
    return tables.in_town(record, municipality_id).filter(**{f"{record.event}__lt": limit})


def due(municipality_id: UUID) -> dict[str, int]:
    """How many rows of each decided record type could be destroyed now: the dry run."""
    decisions = RetentionDecision.objects.of(municipality_id).filter(
        superseded_at=None, keep_days__isnull=False
    )
    counts: dict[str, int] = {}
    for decision in decisions:
        for record_type in retention.by_decision_on(decision.record_type):
            rows = due_rows(BY_TYPE[record_type], municipality_id, decision.keep_days or 0)
            counts[record_type] = rows.count()
    return {record_type: count for record_type, count in counts.items() if count}


def destructions(by: Actor) -> list[Destruction]:
    """What was proposed and done, newest first."""
    by.must(Right.KEEP_RECORDS)
    rows = Destruction.objects.of(by.municipality_id).select_related("proposed_by", "approved_by")
    return list(rows.order_by("-proposed_at")[:50])


def erasure_requests(by: Actor) -> list[ErasureRequest]:
    """Who has asked to be erased and has no answer yet, oldest first."""
    by.must(Right.KEEP_RECORDS)
    rows = ErasureRequest.objects.of(by.municipality_id).filter(answered_at=None).select_related("person")
    if not by.may(Right.KEEP_PROTECTED):
        rows = rows.filter(person__protection="none")
    return list(rows.order_by("asked_at"))


def has_asked(municipality_id: UUID, person_id: UUID) -> bool:
    """Whether this person waits for an answer about erasure."""
    rows = ErasureRequest.objects.of(municipality_id)
    return rows.filter(person_id=person_id, answered_at=None).exists()
