"""How somebody stands: what they may ask for and perform, what is met, and what remains to do and where."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from handtag.kernel import clock
from handtag.kernel.errors import Problem
from handtag.kernel.prepared import Prepared, an_id, ids
from handtag.people.models import Person
from handtag.permits.models import Check, Decision, Permit, Service
from handtag.permits.queries.services import (
    RuleRow,
    ServiceRow,
    current_rules,
    rule_row,
    service,
    services,
)
from handtag.permits.queries.words import DEMANDS, GROUNDS, demand_name
from handtag.permits.rules import Demand, Examined, Proof, examine, legal_ground


class NoPermit(Problem):
    """The permit needed is not in force; says nothing of why, for the reader may be the other side.

    `remaining` are the names of what remains, for the person's own eyes.
    """

    def __init__(self, remaining: list[str]) -> None:
        super().__init__(_("The permit for this service is not in force just now."))
        self.remaining = remaining


@dataclass(frozen=True, slots=True)
class Missing:
    """A demand not met: what it is called, what to do about it and where, and by which law it is demanded."""

    demand: Demand
    what: str
    where: str
    ground: str


@dataclass(frozen=True, slots=True)
class Standing:
    """One person on one side of one service."""

    service: ServiceRow
    side: str
    rule: RuleRow
    permit_id: UUID | None
    state: str
    valid_until: date | None
    examined: Examined
    youth_closed: bool

    @property
    def met(self) -> tuple[object, ...]:
        """The demands that are met, with the check that meets each."""
        return self.examined.met

    @property
    def missing(self) -> list[Missing]:
        """What remains, in words."""
        ground = legal_ground(self.service)
        return [
            Missing(
                demand,
                demand_name(demand),
                str(DEMANDS[demand.kind][1]),
                str(GROUNDS[ground]) if demand.kind == "record_extract" and ground else "",
            )
            for demand in self.examined.missing
        ]

    @property
    def in_force(self) -> bool:
        """Whether the permit holds today."""
        return in_force(self.state, self.valid_until)

    @property
    def open(self) -> bool:
        """Whether this person may ask or help right now, if need be by merely applying."""
        return self.in_force or (self.untouched and self.rule.is_open and not self.youth_closed)

    @property
    def untouched(self) -> bool:
        """Whether nobody has decided against it."""
        return self.state in ("none", "applied", "lapsed")

    @property
    def waits_for_decision(self) -> bool:
        """Whether everything is met and somebody else has to decide."""
        return self.state == "applied" and not self.examined.missing


def in_force(state: str, valid_until: date | None) -> bool:
    """Whether a permit in that state holds today."""
    return state == Permit.State.GRANTED and (valid_until is None or valid_until >= clock.today())


def held_today() -> Q:
    """Permits that hold today."""
    return Q(state=Permit.State.GRANTED) & (Q(valid_until=None) | Q(valid_until__gte=clock.today()))


def holds(*, person_id: UUID, service_id: UUID, side: str) -> bool:
    """Whether the person holds this permit today."""
    held = Permit.objects.everywhere().filter(held_today(), person_id=person_id)
    return held.filter(service_id=service_id, side=side).exists()


def must_hold(*, person_id: UUID, service_id: UUID, side: str, lock: bool = False) -> Permit:
    """The permit in force, or NoPermit. With `lock` its row is held to the end of the transaction.

    Locks are taken in one order everywhere: permit, helper, occasion.
    """
    permit: Permit | None = _HELD.first(side, lock, person=person_id, service=service_id)
    if permit is None or not in_force(permit.state, permit.valid_until):
        raise NoPermit(_remaining(person_id, service_id, side))
    return permit


def _held(side: str, lock: bool) -> QuerySet[Permit]:
    wanted = Permit.objects.everywhere().filter(
        person_id=an_id("person"), service_id=an_id("service"), side=side
    )
    return wanted.select_for_update() if lock else wanted


_HELD = Prepared(_held)


def _remaining(person_id: UUID, service_id: UUID, side: str) -> list[str]:
    town = _town_of(service_id)
    if town is None:
        return []
    return [each.what for each in standing(person_id, service(town, service_id), side).missing]


def _town_of(service_id: UUID) -> UUID | None:
    return (
        Service.objects.everywhere().filter(id=service_id).values_list("municipality_id", flat=True).first()
    )


def permitted_services(person_id: UUID, municipality_id: UUID, side: str) -> list[ServiceRow]:
    """The services that are on and open to this person right now, those open to all included."""
    found = standings(person_id, municipality_id, side)
    return [each.service for each in found.values() if each.open]


def standing(person_id: UUID, service: ServiceRow, side: str) -> Standing:
    """How somebody stands on one side of one service."""
    return _measured(person_id, service.municipality_id, [service], (side,))[service.id, side]


def standings(
    person_id: UUID,
    municipality_id: UUID,
    side: str,
    on: bool | None = True,
    *,
    is_youth: bool | None = None,
) -> dict[UUID, Standing]:
    """How somebody stands on one side of every service, in the municipality's order.

    Six queries; five for who knows already whether the person is young.
    """
    found = _measured(person_id, municipality_id, services(municipality_id, on), (side,), is_youth)
    return {service_id: stands for (service_id, _side), stands in found.items()}


def both_sides(person_id: UUID, municipality_id: UUID) -> dict[tuple[UUID, str], Standing]:
    """How somebody stands on both sides of every service, those turned off included; six queries."""
    return _measured(person_id, municipality_id, services(municipality_id, None), ("ask", "perform"))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one person here, to measure them by."""

    is_youth: bool
    proofs: list[Proof]
    held: dict[tuple[UUID, str], Permit]
    resting: dict[UUID, RuleRow]


def measure(row: ServiceRow, side: str, demanded: RuleRow, known: Known) -> Standing:
    """One side of one service against what is known; a permit held is measured by the rule it rests on."""
    permit = known.held.get((row.id, side))
    rule = known.resting.get(permit.id, demanded) if permit else demanded
    return Standing(
        service=row,
        side=side,
        rule=rule,
        permit_id=permit.id if permit else None,
        state=permit.state if permit else "none",
        valid_until=permit.valid_until if permit else None,
        examined=examine(rule.demands, known.proofs, today=clock.today(), ground=legal_ground(row)),
        youth_closed=known.is_youth and not row.open_to_youth,
    )


def _measured(
    person_id: UUID,
    municipality_id: UUID,
    rows: list[ServiceRow],
    sides: tuple[str, ...],
    is_youth: bool | None = None,
) -> dict[tuple[UUID, str], Standing]:
    demanded = current_rules(municipality_id, [row.id for row in rows])
    held = _PERMITS.ask(sides, town=municipality_id, person=person_id)
    permits = {(permit.service_id, permit.side): permit for permit in held}
    if is_youth is None:
        is_youth = bool(_YOUTH.ask(person=person_id))
    known = Known(
        is_youth=is_youth,
        proofs=proofs(person_id, municipality_id),
        held=permits,
        resting=ruling(list(permits.values())),
    )
    return {
        (row.id, side): measure(row, side, demanded[row.id, side], known) for side in sides for row in rows
    }


_PERMITS = Prepared(
    lambda sides: Permit.objects.of(an_id("town")).filter(person_id=an_id("person"), side__in=sides)
)
_YOUTH = Prepared(
    lambda: Person.objects.filter(id=an_id("person"), age=Person.Age.YOUTH).order_by().values_list("id")
)


def ruling(permits: list[Permit]) -> dict[UUID, RuleRow]:
    """The version of the rule that each granted or paused permit rests on: that of its latest decision.

    Who already holds a permit keeps it when the rule changes; whoever does not is measured by the new one.
    """
    resting = [permit for permit in permits if permit.state in RESTING]
    if not resting:
        return {}
    towns = {permit.municipality_id for permit in resting}
    asked = [permit.id for permit in resting]
    if len(towns) == 1 and len(asked) <= FEW:
        decisions = _DECISIONS.ask(len(asked), town=towns.pop(), permits=asked)
    else:
        decisions = list(_decided(Decision.objects.across(towns).filter(permit_id__in=asked)))
    return {decision.permit_id: rule_row(decision.rule) for decision in decisions}


def _decided(found: QuerySet[Decision]) -> QuerySet[Decision]:
    return found.select_related("rule").order_by("number")


def _few(permits: int) -> QuerySet[Decision]:
    named = reduce(or_, (Q(permit_id=each) for each in ids("permits", permits)))
    return _decided(Decision.objects.of(an_id("town")).filter(named))


_DECISIONS = Prepared(_few)
FEW = 16  # what one person holds: each number of them is a shape of its own
RESTING = ("granted", "suspended")


def proofs(person_id: UUID, municipality_id: UUID) -> list[Proof]:
    """The checks of somebody that have not been taken back."""
    return [proof_of(check) for check in _CHECKS.ask(town=municipality_id, person=person_id)]


_CHECKS = Prepared(
    lambda: (
        Check.objects.of(an_id("town"))
        .filter(person_id=an_id("person"), withdrawn_at=None)
        .order_by("seen_on", "id")
    )
)


def proofs_of(person_ids: Iterable[UUID], municipality_id: UUID) -> dict[UUID, list[Proof]]:
    """The same for several people at once."""
    found: dict[UUID, list[Proof]] = defaultdict(list)
    checks = Check.objects.of(municipality_id).filter(person_id__in=list(person_ids), withdrawn_at=None)
    for check in checks.order_by("seen_on", "id"):
        found[check.person_id].append(proof_of(check))
    return found


def proof_of(check: Check) -> Proof:
    """A check in plain values."""
    return Proof(
        check.id,
        check.kind,
        check.name,
        check.seen_on,
        check.valid_until,
        check.legal_ground,
        check.checked_by_id,
    )
