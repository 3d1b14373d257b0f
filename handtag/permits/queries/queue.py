"""The caseworkers' queue, and the permits that are in force, paused or ended."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, Q, QuerySet, Subquery

from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.prepared import Prepared, an_id, ids
from handtag.kernel.rights import Right
from handtag.people.models import Person
from handtag.people.queries import Called, called, shown_as
from handtag.people.rules.seeking import sought
from handtag.permits import rules
from handtag.permits.models import Permit
from handtag.permits.queries.reviewing import REVIEWS_FIRST, reviews_waiting
from handtag.permits.queries.services import ServiceRow, current_rules, reaches, services
from handtag.permits.queries.standing import proofs_of
from handtag.permits.queries.words import STATES, demand_name

TABS: dict[str, tuple[str, ...]] = {
    "waiting": ("applied",),
    "held": ("granted",),
    "paused": ("suspended",),
    "ended": ("refused", "revoked", "lapsed"),
}
MOST = 100


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the queue."""

    permit_id: UUID
    name: str
    service: str
    icon: str
    side: str
    state: str
    applied_at: datetime
    changed_at: datetime
    valid_until: date | None
    missing: tuple[str, ...]
    is_protected: bool
    review_asked_at: datetime | None  # the person has asked to have the decision looked at again

    @property
    def is_ready(self) -> bool:
        """Whether all demands are met, so that it can be decided now."""
        return not self.missing

    @property
    def state_words(self) -> str:
        """Its state on screen."""
        return str(STATES[self.state])


class Row(NamedTuple):
    """A permit of the queue and whose it is."""

    id: UUID
    service_id: UUID
    side: str
    state: str
    applied_at: datetime
    changed_at: datetime
    valid_until: date | None
    review_asked_at: datetime | None
    person: Called


@dataclass(frozen=True, slots=True)
class Queue:
    """The lines of one tab, and how many each tab holds.

    Where something waits, decisions to look at again come first, then what can be decided now.
    """

    tab: str
    reviews: list[Waiting]
    ready: list[Waiting]
    rest: list[Waiting]
    counts: dict[str, int]
    is_cut: bool


def queue(by: Actor, tab: str = "waiting", words: str = "") -> Queue:
    """What this actor may decide on: their services alone, and protected people only for the officers."""
    by.must(Right.DECIDE_PERMITS)
    tab = tab if tab in TABS else "waiting"
    rows = {row.id: row for row in services(by.tenant, on=None) if reaches(by, Right.DECIDE_PERMITS, row)}
    shape = len(rows), by.may(Right.KEEP_PROTECTED)
    given = {"town": by.tenant, "services": sorted(rows)}
    parts = tuple(sought(words).split()[:4])
    permits = [Row._make((*row[:8], Called(*row[8:]))) for row in _PERMITS.ask(*shape, tab, parts, **given)]
    lines = _lines(by, permits[:MOST], rows, tab == "waiting")
    again = [line for line in lines if line.review_asked_at] if tab == "waiting" else []
    ready = [line for line in lines if line.is_ready and line not in again] if tab == "waiting" else []
    rest = [line for line in lines if line not in again and line not in ready]
    return Queue(tab, again, ready, rest, _tabs(_COUNTS.ask(*shape, **given)), len(permits) > MOST)


def to_decide(by: Actor) -> int:
    """How many applications wait for this actor, for a cockpit."""
    return queue(by).counts["waiting"]


def _tabs(counted: list[tuple[str, bool, int]]) -> dict[str, int]:
    """How many each tab holds; what is under review waits too."""
    counts = {tab: sum(count for state, _, count in counted if state in TABS[tab]) for tab in TABS}
    counts["waiting"] += sum(count for state, again, count in counted if again and state != "applied")
    return counts


def _mine(count: int, sees_protected: bool) -> QuerySet[Permit]:
    """The permits of so many services."""
    chosen = reduce(or_, (Q(service_id=each) for each in ids("services", count)), Q(pk__in=()))
    mine = Permit.objects.of(an_id("town")).filter(chosen)
    return mine if sees_protected else mine.filter(person__protection=Person.Protection.NONE)


def _counted(count: int, sees_protected: bool) -> QuerySet[Permit, Any]:
    asked = _mine(count, sees_protected).annotate(again=Exists(reviews_waiting(an_id("town"))))
    return asked.order_by().values_list("state", "again").annotate(many=Count("id"))


def _asked(count: int, sees_protected: bool, tab: str, parts: tuple[str, ...]) -> QuerySet[Permit, Any]:
    held = Q(state__in=TABS[tab])
    if tab == "waiting":
        held |= Q(Exists(reviews_waiting(an_id("town"))))
    named = (Q(person__sought__startswith=part) | Q(person__sought__contains=f" {part}") for part in parts)
    order = (REVIEWS_FIRST, "applied_at", "id") if tab == "waiting" else ("-changed_at", "id")
    return (
        _mine(count, sees_protected)
        .filter(held, *named)
        .annotate(review_asked_at=Subquery(reviews_waiting(an_id("town")).values("asked_at")[:1]))
        .order_by(*order)
        .values_list(
            *("id", "service_id", "side", "state", "applied_at", "changed_at", "valid_until"),
            *("review_asked_at", *called("person")),
        )[: MOST + 1]
    )


_COUNTS, _PERMITS = Prepared(_counted), Prepared(_asked)


def _lines(by: Actor, permits: list[Row], rows: dict[UUID, ServiceRow], measured: bool) -> list[Waiting]:
    demanded = current_rules(by.tenant) if measured else {}
    checks = proofs_of([permit.person.id for permit in permits], by.tenant) if measured else {}
    lines = []
    for permit in permits:
        row = rows[permit.service_id]
        missing: tuple[str, ...] = ()
        if measured:
            rule = demanded[permit.service_id, permit.side]
            examined = rules.examine(
                rule.demands, checks[permit.person.id], today=clock.today(), ground=rules.legal_ground(row)
            )
            missing = tuple(demand_name(demand) for demand in examined.missing)
        lines.append(_line(by, permit, row, missing))
    return lines


def _line(by: Actor, permit: Row, row: ServiceRow, missing: tuple[str, ...]) -> Waiting:
    return Waiting(
        permit_id=permit.id,
        name=shown_as(permit.person, to=by),
        service=row.words.name,
        icon=row.icon,
        side=permit.side,
        state=permit.state,
        applied_at=permit.applied_at,
        changed_at=permit.changed_at,
        valid_until=permit.valid_until,
        missing=missing,
        is_protected=permit.person.protection != Person.Protection.NONE,
        review_asked_at=permit.review_asked_at,
    )
