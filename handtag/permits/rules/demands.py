"""What may be demanded of somebody, when the law allows it, and whether it is met."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final, Protocol
from uuid import UUID


class Frame(StrEnum):
    """The legal frame of a service: who answers for what happens."""

    GENERAL = "general"  # help between residents, at their own responsibility
    ASSIGNMENT = "assignment"  # the municipality's own volunteers, insured, promised to secrecy
    SOCIAL = "social"  # social services' effort without needs assessment
    ASSOCIATION = "association"  # an association as its own controller


class DemandKind(StrEnum):
    """The kinds of demands there are."""

    IDENTITY = "identity"
    ADULT = "adult"
    INTERVIEW = "interview"
    REFERENCE = "reference"
    TRAINING = "training"
    RECORD_EXTRACT = "record_extract"
    ORGANISATION = "organisation"
    CASEWORKER = "caseworker"  # met by the decision itself, never by a check


FRAMES: Final = tuple(Frame)
DEMANDS: Final = tuple(DemandKind)

CHILDREN: Final = "2013:852"
HOME: Final = "2026:43"
EXTRACT_GROUNDS: Final = (CHILDREN, HOME)
OLDEST_EXTRACT_DAYS: Final = 365

# Longest time a check may count, so that nothing is demanded once and forgotten.
MOST_MONTHS: Final = 120


class Offered(Protocol):
    """What is needed of a service to say what may be demanded there."""

    @property
    def frame(self) -> str: ...
    @property
    def with_children(self) -> bool: ...
    @property
    def in_the_home(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing demanded; `name` says which training, `months` how long it counts (None: until further)."""

    kind: str
    name: str = ""
    months: int | None = None

    def row(self) -> dict[str, Any]:
        """The demand as it is stored in a rule."""
        return {"kind": str(self.kind), "name": self.name, "months": self.months}

    @classmethod
    def of(cls, row: dict[str, Any]) -> "Demand":
        """The demand of a stored row."""
        return cls(row["kind"], row.get("name", ""), row.get("months"))


@dataclass(frozen=True, slots=True)
class Proof:
    """A check in force, in plain values."""

    id: UUID
    kind: str
    name: str
    seen_on: date
    valid_until: date | None = None
    legal_ground: str = ""
    checked_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Met:
    """A demand that is met, by which check, and until when."""

    demand: Demand
    proof: Proof
    until: date | None


@dataclass(frozen=True, slots=True)
class Examined:
    """How somebody stands against the demands of one rule."""

    met: tuple[Met, ...]
    missing: tuple[Demand, ...]
    until: date | None


class Flaw(StrEnum):
    """Why a rule cannot be set as it stands."""

    UNKNOWN = "unknown"
    TWICE = "twice"
    NAMELESS_TRAINING = "nameless_training"
    MONTHS = "months"
    EXTRACT_OF_ASKERS = "extract_of_askers"
    EXTRACT_WITHOUT_GROUND = "extract_without_ground"
    AUTOMATIC_AND_CASEWORKER = "automatic_and_caseworker"


def legal_ground(service: Offered) -> str:
    """The law by which a criminal-record extract may be asked for; empty where none does."""
    if service.with_children:
        return CHILDREN
    if service.frame == Frame.SOCIAL and service.in_the_home:
        return HOME
    return ""


def problems(
    service: Offered, demands: Sequence[Demand], *, side: str = "perform", automatic: bool = False
) -> list[Flaw]:
    """What is wrong with demanding this there, each flaw once; empty when it may be set."""
    kinds = [demand.kind for demand in demands]
    named = [(demand.kind, demand.name.casefold()) for demand in demands]
    extract = DemandKind.RECORD_EXTRACT in kinds
    found = {
        Flaw.UNKNOWN: any(kind not in DEMANDS for kind in kinds),
        Flaw.TWICE: len(set(named)) < len(named),
        Flaw.NAMELESS_TRAINING: any(d.kind == DemandKind.TRAINING and not d.name.strip() for d in demands),
        Flaw.MONTHS: any(d.months is not None and not 1 <= d.months <= MOST_MONTHS for d in demands),
        Flaw.EXTRACT_OF_ASKERS: extract and side == "ask",
        Flaw.EXTRACT_WITHOUT_GROUND: extract and side != "ask" and not legal_ground(service),
        Flaw.AUTOMATIC_AND_CASEWORKER: automatic and DemandKind.CASEWORKER in kinds,
    }
    return [flaw for flaw, there in found.items() if there]


def months_on(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def good_until(demand: Demand, proof: Proof) -> date | None:
    """The last day on which this check meets this demand; None: until further."""
    ends = [proof.valid_until] if proof.valid_until else []
    if demand.months:
        ends.append(months_on(proof.seen_on, demand.months))
    return min(ends, default=None)


def examine(demands: Iterable[Demand], proofs: Sequence[Proof], *, today: date, ground: str) -> Examined:
    """Which demands are met today and which are missing; of several checks the one that lasts longest."""
    met: list[Met] = []
    missing: list[Demand] = []
    for demand in demands:
        if demand.kind == DemandKind.CASEWORKER:
            continue
        best = _best(demand, proofs, today, ground)
        if best is None:
            missing.append(demand)
        else:
            met.append(best)
    ends = [each.until for each in met if each.until]
    return Examined(tuple(met), tuple(missing), min(ends, default=None))


def _best(demand: Demand, proofs: Sequence[Proof], today: date, ground: str) -> Met | None:
    fitting = [
        Met(demand, proof, good_until(demand, proof)) for proof in proofs if _fits(demand, proof, ground)
    ]
    lasting = [each for each in fitting if each.until is None or each.until >= today]
    return max(lasting, key=lambda each: (each.until or date.max, each.proof.seen_on), default=None)


def _fits(demand: Demand, proof: Proof, ground: str) -> bool:
    if proof.kind != demand.kind:
        return False
    if demand.kind == DemandKind.TRAINING:
        return proof.name.casefold() == demand.name.casefold()
    # An extract shown under one law says nothing about what another law may ask for.
    return demand.kind != DemandKind.RECORD_EXTRACT or proof.legal_ground == ground
