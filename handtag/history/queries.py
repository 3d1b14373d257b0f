"""Reading the book: the timeline of a thing, who has looked at a person, and whether the chain holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from handtag.history import rules
from handtag.history.models import ChainHead, Entry

CHAINED = (
    *("id", "municipality_id", "at", "verb", "kind", "object_id", "actor_id", "role", "via", "behalf_of"),
    *("about_id", "facts"),
)
NOWHERE = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the book as a reader gets it."""

    at: datetime
    verb: str
    kind: str
    object_id: UUID | None
    actor_id: UUID | None
    role: str
    via: str
    behalf_of: UUID | None
    about_id: UUID | None
    facts: dict[str, object]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one municipality's chain holds."""

    municipality_id: UUID
    sealed: int
    unsealed: int
    faults: list[str]

    @property
    def holds(self) -> bool:
        """Whether nothing was removed or altered."""
        return not self.faults


_LINE = ("at", "verb", "kind", "object_id", "actor_id", "role", "via", "behalf_of", "about_id", "facts")


def of_objects(object_ids: Iterable[UUID]) -> list[Line]:
    """What was done with these things, oldest first. The caller has seen to it that they may be read."""
    rows = Entry.objects.filter(object_id__in=list(object_ids)).order_by("at", "id")
    return [Line(*row) for row in rows.values_list(*_LINE)]


def who_looked(person_id: UUID, limit: int | None = 200) -> list[Line]:
    """Who has read this person's pages, newest first; their own reading is no reading."""
    return [Line(*row) for row in _looks(person_id).order_by("-at").values_list(*_LINE)[:limit]]


def times_looked(person_id: UUID) -> int:
    """How many times somebody else has read this person's pages."""
    return _looks(person_id).count()


def _looks(person_id: UUID) -> QuerySet[Entry]:
    return Entry.objects.filter(about_id=person_id, verb="person.read").exclude(actor_id=person_id)


def export(*, person_id: UUID, since: datetime | None = None) -> Iterator[Line]:
    """All rows by or about a person, oldest first."""
    rows = Entry.objects.filter(about_id=person_id) | Entry.objects.filter(actor_id=person_id)
    if since is not None:
        rows = rows.filter(at__gte=since)
    for row in rows.order_by("at", "id").values_list(*_LINE).iterator():
        yield Line(*row)


def chains() -> list[UUID]:
    """The municipalities that have a chain: by its head, or by its rows if somebody took the head away."""
    heads = set(ChainHead.objects.values_list("municipality_id", flat=True))
    rows = Entry.objects.exclude(number=None).order_by().values_list("municipality_id", flat=True).distinct()
    return sorted(heads | {municipality_id or NOWHERE for municipality_id in rows})


def unsealed() -> int:
    """How many rows are written and not yet chained."""
    return Entry.objects.filter(number=None).count()


def verify_chain(municipality_id: UUID) -> Verdict:
    """Recompute one chain; each fault says which number is missing or altered."""
    rows = Entry.objects.filter(municipality_id=None if municipality_id == NOWHERE else municipality_id)
    faults: list[str] = []
    before, expected = "", 1
    sealed = rows.exclude(number=None).order_by("number")
    for cells in sealed.values(*CHAINED, "number", "digest").iterator(chunk_size=2000):
        number, written = cells.pop("number"), cells.pop("digest")
        if number != expected:
            # What this row builds on went with those that are missing: nobody can tell whether it holds.
            faults.append(f"rows {expected} to {number - 1} are missing")
        elif rules.digest(before, number, cells) != written:
            faults.append(f"row {number} was altered")
        before, expected = written, number + 1
    head = ChainHead.objects.filter(municipality_id=municipality_id).first()
    if head is None and expected > 1:
        faults.append(f"the head is missing: {expected - 1} sealed rows were found")
    elif head is not None and (head.number, head.digest) != (expected - 1, before):
        faults.append(f"the end is missing: {head.number} rows were sealed, the last found is {expected - 1}")
    return Verdict(municipality_id, expected - 1, rows.filter(number=None).count(), faults)
