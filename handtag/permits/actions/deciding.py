"""A person on the staff decides: approve, refuse, ask for more, pause, withdraw, let it hold again."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, NotFound, Problem, TooLate
from handtag.kernel.rights import Right
from handtag.people.queries import person as applicant
from handtag.permits import queries, rules
from handtag.permits.actions.reviewing import mind_the_review
from handtag.permits.actions.writing import DECIDED, Verdict, locked, write
from handtag.permits.models import Permit
from handtag.permits.queries.standing import Standing, standing


@transaction.atomic
def decide(
    *,
    by: Actor,
    permit_id: UUID,
    verb: str,
    reason_code: str = "",
    motivation: str = "",
    seen: int | None = None,
) -> Permit:
    """Take one decision. `seen` is how many decisions there were when the page was opened.

    Raises TooLate where somebody decided in between, and Problem where the law or the rule says no.
    """
    by.must(Right.DECIDE_PERMITS)
    permit = locked(by.tenant, permit_id)
    stands = _stands(by, permit, verb)
    if seen is not None and permit.decisions.count() != seen:
        raise TooLate(DECIDED)
    verdict = _verdict(permit, stands, verb, reason_code, motivation.strip())
    return write(permit, verdict, by=by)


def suspend(*, by: Actor, permit_id: UUID, reason_code: str = "", motivation: str = "") -> Permit:
    """Pause a permit at once; what rests on it is undone in the same transaction."""
    return decide(
        by=by, permit_id=permit_id, verb="suspended", reason_code=reason_code, motivation=motivation
    )


def revoke(*, by: Actor, permit_id: UUID, reason_code: str = "", motivation: str = "") -> Permit:
    """Withdraw a permit at once; what rests on it is undone in the same transaction."""
    return decide(by=by, permit_id=permit_id, verb="revoked", reason_code=reason_code, motivation=motivation)


def reinstate(*, by: Actor, permit_id: UUID, reason_code: str = "", motivation: str = "") -> Permit:
    """Let a paused permit hold again."""
    return decide(
        by=by, permit_id=permit_id, verb="reinstated", reason_code=reason_code, motivation=motivation
    )


def _stands(by: Actor, permit: Permit, verb: str) -> Standing:
    service = queries.service(by.tenant, permit.service_id)
    if not queries.reaches(by, Right.DECIDE_PERMITS, service):
        raise NotFound("permit")
    whom = applicant(by, permit.person_id)
    if permit.person_id == by.person_id:
        raise NotAllowed("nobody decides about themselves")
    mind_the_review(by=by, permit=permit, verb=verb, row=service, whom=whom)
    return standing(permit.person_id, service, permit.side)


def _verdict(permit: Permit, stands: Standing, verb: str, reason_code: str, motivation: str) -> Verdict:
    allowed = rules.reasons(verb, stands.rule.demands)
    if verb not in rules.STAFF_VERBS or not allowed:
        raise Problem(_("Choose what you decide."), field="verb")
    code = reason_code or allowed[0]
    if code not in allowed:
        raise Problem(_("Choose a reason that belongs to the decision."), field="reason_code")
    _mind_the_extract(verb, stands, motivation)
    until = None
    if verb in ("granted", "reinstated", "renewed"):
        until = _until_granted(permit, stands, verb)
    elif verb == "asked_for_more":
        until = permit.valid_until
    return Verdict(verb, code, stands.rule, motivation, until)


def _mind_the_extract(verb: str, stands: Standing, motivation: str) -> None:
    # What a criminal-record extract said must not be told, not even between the lines.
    extract = any(demand.kind == rules.DemandKind.RECORD_EXTRACT for demand in stands.rule.demands)
    if verb in ("refused", "upheld") and extract and motivation:
        raise Problem(
            _(
                "Leave the motivation empty. Where an extract from the criminal records register is demanded "
                "the decision reads “not approved” and says nothing more."
            ),
            field="motivation",
        )


def _until_granted(permit: Permit, stands: Standing, verb: str) -> date | None:
    if stands.examined.missing and verb != "renewed":
        raise Problem(
            _("It can be approved when all demands are met. See what remains on the left."), field="verb"
        )
    if stands.examined.missing:
        raise Problem(_("It can be renewed when all demands are met."), field="verb")
    if stands.youth_closed:
        raise Problem(_("This service is not open to people under 18."), field="verb")
    return until(stands.rule, stands.examined, clock.today())


def until(rule: queries.RuleRow, examined: rules.Examined, since: date) -> date | None:
    """The last day a permit given on that day holds: the first of its own time and its checks' time."""
    ends = [examined.until] if examined.until else []
    if rule.valid_months:
        ends.append(rules.months_on(since, rule.valid_months))
    return min(ends, default=None)
