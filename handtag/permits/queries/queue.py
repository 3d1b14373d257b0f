"""The caseworkers' queue, and the permits that are in force, paused or ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import and_
from uuid import UUID

from django.db.models import Count, Q

from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.people.models import Person
from handtag.people.queries import shown_as
from handtag.people.rules.seeking import sought
from handtag.permits import rules
from handtag.permits.models import Permit
from handtag.permits.queries.reviewing import REVIEWS_FIRST, review_asked_at, under_review
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
    mine = Permit.objects.of(by.tenant).filter(service_id__in=list(rows))
    if not by.may(Right.KEEP_PROTECTED):
        mine = mine.filter(person__protection=Person.Protection.NONE)
    counts = mine.aggregate(**{name: Count("id", filter=_holding(by, name)) for name in TABS})
    chosen = mine.filter(_holding(by, tab), _named(words)).select_related("person")
    order = (REVIEWS_FIRST, "applied_at", "id") if tab == "waiting" else ("-changed_at", "id")
    permits = list(chosen.annotate(review_asked_at=review_asked_at(by.tenant)).order_by(*order)[: MOST + 1])
    reviews = {permit.id: permit.review_asked_at for permit in permits if permit.review_asked_at}
    lines = _lines(by, permits[:MOST], rows, reviews, tab == "waiting")
    again = [line for line in lines if line.review_asked_at] if tab == "waiting" else []
    ready = [line for line in lines if line.is_ready and line not in again] if tab == "waiting" else []
    rest = [line for line in lines if line not in again and line not in ready]
    return Queue(tab, again, ready, rest, counts, len(permits) > MOST)


def to_decide(by: Actor) -> int:
    """How many applications wait for this actor, for a cockpit."""
    return queue(by).counts["waiting"]


def _holding(by: Actor, tab: str) -> Q:
    held = Q(state__in=TABS[tab])
    return held | under_review(by.tenant) if tab == "waiting" else held


def _named(words: str) -> Q:
    parts = sought(words).split()[:4]
    return reduce(
        and_,
        (Q(person__sought__startswith=part) | Q(person__sought__contains=f" {part}") for part in parts),
        Q(),
    )


def _lines(
    by: Actor,
    permits: Sequence[Permit],
    rows: dict[UUID, ServiceRow],
    reviews: dict[UUID, datetime],
    measured: bool,
) -> list[Waiting]:
    demanded = current_rules(by.tenant) if measured else {}
    checks = proofs_of([permit.person_id for permit in permits], by.tenant) if measured else {}
    lines = []
    for permit in permits:
        row = rows[permit.service_id]
        missing: tuple[str, ...] = ()
        if measured:
            rule = demanded[permit.service_id, permit.side]
            examined = rules.examine(
                rule.demands, checks[permit.person_id], today=clock.today(), ground=rules.legal_ground(row)
            )
            missing = tuple(demand_name(demand) for demand in examined.missing)
        lines.append(_line(by, permit, row, missing, reviews.get(permit.id)))
    return lines


def _line(
    by: Actor, permit: Permit, row: ServiceRow, missing: tuple[str, ...], review_asked_at: datetime | None
) -> Waiting:
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
        is_protected=permit.person.is_protected,
        review_asked_at=review_asked_at,
    )
