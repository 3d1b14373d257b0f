"""One application or permit as the caseworker sees it: what is missing, what is met, what happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from handtag.kernel import clock, spoken
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Right
from handtag.people.models import Person
from handtag.people.queries import names, person, shown_as
from handtag.permits import rules
from handtag.permits.models import Check, Decision, Permit
from handtag.permits.queries.reviewing import Asked, asked, review_of
from handtag.permits.queries.services import ServiceRow, current_rule, reaches, rule_row, service
from handtag.permits.queries.standing import RESTING, Known, Missing, Standing, measure, proof_of
from handtag.permits.queries.words import REASONS, VERBS, demand_name


@dataclass(frozen=True, slots=True)
class MetRow:
    """A demand that is met, in words."""

    what: str
    how: str
    until: date | None
    check_id: UUID
    kind: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened."""

    at: datetime | date
    title: str
    words: str
    motivation: str = ""

    @property
    def day(self) -> date:
        """By which it stands in order; on one day first the application, then checks, then decisions."""
        return clock.local(self.at).date() if isinstance(self.at, datetime) else self.at


@dataclass(frozen=True, slots=True)
class Case:
    """All that the decision page shows."""

    permit_id: UUID
    person_id: UUID
    name: str
    is_protected: bool
    state: str
    applied_at: datetime
    standing: Standing
    met: list[MetRow]
    steps: list[Step]
    seen: int
    is_own: bool
    review: Asked | None

    @property
    def service(self) -> ServiceRow:
        """The service it is about."""
        return self.standing.service

    @property
    def side(self) -> str:
        """Asking or performing."""
        return self.standing.side

    @property
    def missing(self) -> list[Missing]:
        """What remains; nothing is asked of who holds a permit that has ended."""
        return self.standing.missing

    @property
    def verbs(self) -> list[str]:
        """What may be decided now, the most sensible first."""
        able = list(rules.able(self.state, in_review=self.review is not None))
        if self.state == "granted" and self.standing.valid_until is None:
            able.remove("renewed")
        if not self.missing and "asked_for_more" in able:
            able.remove("asked_for_more")
        return able

    @property
    def blocked_verbs(self) -> list[str]:
        """Those of them that must wait until all demands are met."""
        waiting = ("granted", "reinstated", "renewed")
        return [verb for verb in self.verbs if self.missing and verb in waiting]

    @property
    def why_by_hand(self) -> str:
        """Why a person decides though the rule is automatic."""
        allowed = self.standing.service.automatic_from
        if not self.standing.rule.automatic or self.state != "applied" or self.missing:
            return ""
        if allowed is None or allowed > clock.today():
            return _(
                "The rule is automatic, but the committee's decision to allow automatic approval is not "
                "recorded. Until it is, you decide."
            )
        return _("The rule is automatic, but a person has said no before. So a person decides.")


def case(by: Actor, permit_id: UUID) -> Case:
    """The case, for who decides on its service; protected people only for their officers. Else NotFound."""
    by.must(Right.DECIDE_PERMITS)
    taken = Decision.objects.of(by.tenant).filter(permit_id=permit_id).order_by("number")
    decisions = list(taken.select_related("permit", "rule", "review"))
    permit = decisions[0].permit if decisions else Permit.objects.of(by.tenant).filter(id=permit_id).first()
    if permit is None:
        raise NotFound("permit")
    row = service(by.tenant, permit.service_id)
    if not reaches(by, Right.DECIDE_PERMITS, row):
        raise NotFound("permit")
    return _case(by, permit, row, person(by, permit.person_id), decisions)


def _case(by: Actor, permit: Permit, row: ServiceRow, whom: Person, decisions: list[Decision]) -> Case:
    checks = list(Check.objects.of(by.tenant).filter(person_id=whom.id).order_by("seen_on", "id"))
    stands = measure(
        row, permit.side, current_rule(row.id, permit.side), _known(permit, whom, decisions, checks)
    )
    told = _of_this_rule(checks, stands)
    called = names(by, _everybody(decisions, told))
    return Case(
        permit_id=permit.id,
        person_id=permit.person_id,
        name=shown_as(whom, to=by),
        is_protected=whom.is_protected,
        state=permit.state,
        applied_at=permit.applied_at,
        standing=stands,
        met=met_rows(stands, called),
        steps=_steps(permit, decisions, told, called),
        seen=len(decisions),
        is_own=permit.person_id == by.person_id,
        review=asked(by, permit, row, whom, decisions),
    )


def _known(permit: Permit, whom: Person, decisions: list[Decision], checks: list[Check]) -> Known:
    rests = permit.state in RESTING and decisions
    return Known(
        is_youth=whom.age == Person.Age.YOUTH,
        proofs=[proof_of(check) for check in checks if check.withdrawn_at is None],
        held={(permit.service_id, permit.side): permit},
        resting={permit.id: rule_row(decisions[-1].rule)} if rests else {},
    )


def _of_this_rule(checks: list[Check], stands: Standing) -> list[Check]:
    """The checks that mattered to this service, those taken back included."""
    kinds = {demand.kind for demand in stands.rule.demands}
    ground = rules.legal_ground(stands.service)
    return [check for check in checks if check.kind in kinds and check.legal_ground in ("", ground)]


def _everybody(decisions: Iterable[Decision], checks: Iterable[Check]) -> set[UUID]:
    found = {decision.decided_by_id for decision in decisions} | {check.checked_by_id for check in checks}
    return {each for each in found if each}


def met_rows(stands: Standing, called: dict[UUID, str]) -> list[MetRow]:
    """The demands that are met, each with when, by whom and until when."""
    return [
        MetRow(
            demand_name(met.demand),
            _how(met.proof.seen_on, called.get(met.proof.checked_by) if met.proof.checked_by else None),
            met.until,
            met.proof.id,
            met.demand.kind,
        )
        for met in stands.examined.met
    ]


def _how(day: date, who: str | None) -> str:
    if who:
        return _("Seen %(day)s by %(who)s.") % {"day": spoken.full_date(day), "who": who}
    return _("Seen %(day)s.") % {"day": spoken.full_date(day)}


def _steps(
    permit: Permit, decisions: list[Decision], checks: list[Check], called: dict[UUID, str]
) -> list[Step]:
    steps = [Step(permit.applied_at, _("Applied"), _at(permit.applied_at))]
    for check in checks:
        title = _("Done: %(check)s") % {"check": demand_name(rules.Demand(check.kind, check.name))}
        by_whom = called.get(check.checked_by_id, "") if check.checked_by_id else ""
        steps.append(
            Step(check.seen_on, title, ", ".join(filter(None, (spoken.full_date(check.seen_on), by_whom))))
        )
        if check.withdrawn_at:
            taken = _("Taken back: %(check)s") % {"check": demand_name(rules.Demand(check.kind, check.name))}
            steps.append(Step(check.withdrawn_at, taken, _at(check.withdrawn_at)))
    for decision in decisions:
        steps.append(_decided(decision, called))
        review = review_of(decision)
        if review is not None:
            steps.append(
                Step(review.asked_at, _("Asked for a new review"), _at(review.asked_at), review.words)
            )
    return sorted(steps, key=lambda step: step.day)


def _decided(decision: Decision, called: dict[UUID, str]) -> Step:
    who = called[decision.decided_by_id] if decision.decided_by_id else _("by the rule itself")
    reason = str(REASONS[decision.reason_code])
    words = ", ".join((reason, _at(decision.at), who))
    return Step(decision.at, str(VERBS[decision.verb]), words, decision.motivation)


def _at(moment: datetime) -> str:
    return _("%(day)s %(at_time)s") % {"day": spoken.full_date(moment), "at_time": spoken.hour(moment)}
