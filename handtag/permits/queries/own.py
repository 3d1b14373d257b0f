"""One's own permits, with what remains and what was decided; and the same of a person for staff."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.people.queries import names, person, shown_as
from handtag.people.queries.walls import here_and_visible
from handtag.people.rules.seeking import sought
from handtag.permits.models import Decision, HelperCode, Permit
from handtag.permits.queries.cases import MetRow, met_rows
from handtag.permits.queries.reviewing import review_of
from handtag.permits.queries.services import reaches, services
from handtag.permits.queries.standing import Missing, Standing, both_sides, standings
from handtag.permits.queries.words import REASONS, STATES, VERBS
from handtag.permits.rules import REVIEWABLE, DemandKind


@dataclass(frozen=True, slots=True)
class OwnPermit:
    """One service on one side, as the person sees it."""

    standing: Standing
    state: str
    decision: Decision | None
    reason: str
    asked_at: datetime | None  # when a review of the decision was asked for, while it waits
    may_ask_review: bool

    @property
    def permit_id(self) -> UUID | None:
        """The permit it is about."""
        return self.standing.permit_id


@dataclass(frozen=True, slots=True)
class Own:
    """All of somebody's permits; services open to all are left out until something was decided about them."""

    perform: list[OwnPermit]
    ask: list[OwnPermit]
    code: str


def own(by: Actor) -> Own:
    """One's own, or of whom one acts for."""
    whom = by.whose
    decided = _latest(by, whom)
    found = [stands for stands in both_sides(whom, by.tenant).values() if _worth_showing(stands)]
    perform, ask = (
        [_own(stands, decided) for stands in found if stands.side == side] for side in ("perform", "ask")
    )
    code = HelperCode.objects.of(by.tenant).filter(person_id=whom).values_list("code", flat=True).first()
    helping = any(each.standing.in_force for each in perform)
    return Own(perform, ask, code if code and helping else "")


def _worth_showing(stands: Standing) -> bool:
    if stands.permit_id is None:
        return False
    return stands.side == "perform" or not (stands.rule.is_open and stands.in_force)


def _own(stands: Standing, decided: dict[UUID, Decision]) -> OwnPermit:
    decision = decided.get(stands.permit_id) if stands.permit_id else None
    review = review_of(decision)
    return OwnPermit(
        standing=stands,
        state=str(STATES[stands.state]),
        decision=decision,
        reason=_said(decision) if decision else "",
        asked_at=review.asked_at if review and review.answered_at is None else None,
        may_ask_review=decision is not None and review is None and decision.verb in REVIEWABLE,
    )


def _said(decision: Decision) -> str:
    """The reason as the person reads it; why it was paused or withdrawn stays with the municipality."""
    kept = decision.verb in ("suspended", "revoked") and decision.reason_code != "own_wish"
    kept = kept or decision.verb == "upheld"
    return str(VERBS[decision.verb] if kept else REASONS[decision.reason_code])


def _latest(by: Actor, whom: UUID) -> dict[UUID, Decision]:
    decisions = Decision.objects.of(by.tenant).filter(permit__person_id=whom).select_related("rule", "review")
    return {decision.permit_id: decision for decision in decisions.order_by("number")}


@dataclass(frozen=True, slots=True)
class PersonPermits:
    """How somebody stands in every service that this member of staff reaches."""

    person_id: UUID
    name: str
    is_protected: bool
    rows: list[Standing]
    met: list[MetRow]

    @property
    def missing(self) -> list[Missing]:
        """What some service demands and is not met, each once; an extract is noted in its case."""
        found = {
            (each.demand.kind, each.demand.name): each for stands in self.rows for each in stands.missing
        }
        return [each for each in found.values() if each.demand.kind != DemandKind.RECORD_EXTRACT]


def of_person(by: Actor, person_id: UUID) -> PersonPermits:
    """For who records checks: which demands somebody meets, and where they stand."""
    right = Right.RECORD_CHECKS
    by.must(right)
    whom = person(by, person_id)
    young = whom.age == whom.Age.YOUTH
    found = [
        stands
        for stands in standings(person_id, by.tenant, "perform", is_youth=young).values()
        if reaches(by, right, stands.service)
    ]
    checkers = {met.proof.checked_by for stands in found for met in stands.examined.met}
    called = names(by, {each for each in checkers if each})
    met = {row.check_id: row for stands in found for row in met_rows(stands, called)}
    return PersonPermits(person_id, shown_as(whom, to=by), whom.is_protected, found, list(met.values()))


@dataclass(frozen=True, slots=True)
class AtCounter:
    """Somebody found by their whole name."""

    person_id: UUID
    name: str
    place: str
    applied_for: tuple[str, ...]


def at_counter(by: Actor, whole_name: str) -> list[AtCounter]:
    """Who has exactly this name here: for staff who hold the identity card in their hand, not for looking."""
    by.must(Right.RECORD_CHECKS)
    wanted = sought(whole_name)
    if " " not in wanted:
        return []
    found = list(here_and_visible(by).filter(sought=wanted).select_related("place").order_by("id")[:10])
    applied: dict[UUID, list[str]] = {}
    names_of = {
        row.id: row.words.name for row in services(by.tenant) if reaches(by, Right.RECORD_CHECKS, row)
    }
    waiting = Permit.objects.of(by.tenant).filter(person__in=found, state="applied", service_id__in=names_of)
    for person_id, service_id in waiting.order_by("applied_at").values_list("person_id", "service_id"):
        applied.setdefault(person_id, []).append(names_of[service_id])
    return [
        AtCounter(
            one.id,
            shown_as(one, to=by),
            one.place.name if one.place else "",
            tuple(applied.get(one.id, ())),
        )
        for one in found
    ]
