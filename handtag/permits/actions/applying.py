"""Somebody wants to ask for, or help with, a service; where the published rule says so it opens at once."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from handtag.history.actions import record
from handtag.kernel import clock
from handtag.kernel.actor import Actor, system
from handtag.kernel.errors import NotAllowed, NotFound, Problem
from handtag.kernel.prepared import Prepared, a_text, an_id
from handtag.kernel.rights import Right
from handtag.people.queries import person as applicant
from handtag.permits import queries
from handtag.permits.actions.deciding import until
from handtag.permits.actions.writing import Verdict, write
from handtag.permits.models import Decision, Permit, Side
from handtag.permits.queries.reviewing import waiting_review
from handtag.permits.queries.standing import Standing, standing

FOR_OTHERS = (Right.REGISTER_PEOPLE, Right.RECORD_CHECKS, Right.STEER_ASKS, Right.DECIDE_PERMITS)


@transaction.atomic
def apply(*, by: Actor, service_id: UUID, side: str, person_id: UUID | None = None) -> Permit:
    """Apply for oneself, or as staff for somebody. Applying again changes nothing while it stands.

    Nor does it while the decision is to be looked at again: that comes first. Where the rule decides
    automatically and all is met the permit is granted here and now.
    """
    whom = person_id or by.whose
    _may_apply(by, whom)
    service = queries.service(by.tenant, service_id)
    if not service.is_on or side not in Side.values:
        raise NotFound("service")
    permit, is_new = _held(by.tenant, whom, service_id, side)
    stands = standing(whom, service, side)
    if stands.youth_closed:
        raise Problem(_("This service is not open to people under 18."))
    if is_new:
        _note(by, permit)
    elif permit.state in ("refused", "revoked", "lapsed") and waiting_review(permit) is None:
        write(permit, Verdict("reopened", "applied_again", stands.rule, quiet=True), by=by)
        stands = standing(whom, service, side)
    is_there = whom == (by.whose if by.office else by.person_id)  # who is on the line hears it
    return open_if_rule_says(permit, stands, quiet=is_there)


@transaction.atomic
def take_up(*, by: Actor, service_id: UUID, side: str, person_id: UUID | None = None) -> Permit:
    """The permit in force, its row locked; one that is open to all is given on the spot. Else NoPermit."""
    whom = person_id or by.whose
    if not queries.holds(person_id=whom, service_id=service_id, side=side):
        stands = standing(whom, queries.service(by.tenant, service_id), side)
        if stands.open:
            apply(by=by, service_id=service_id, side=side, person_id=whom)
    return queries.must_hold(person_id=whom, service_id=service_id, side=side, lock=True)


def _may_apply(by: Actor, whom: UUID) -> None:
    is_theirs = by.stands_for(whom) and by.may(Right.TAKE_PART)
    if not is_theirs and not any(by.may(right) for right in FOR_OTHERS):
        raise NotAllowed("applying for somebody else")
    applicant(by, whom)


def _held(municipality_id: UUID, person_id: UUID, service_id: UUID, side: str) -> tuple[Permit, bool]:
    """The permit's row, locked; made where there is none, by one of several who try at once."""
    fresh = Permit(municipality_id=municipality_id, person_id=person_id, service_id=service_id, side=side)
    fresh.applied_at = fresh.changed_at = clock.now()
    Permit.objects.bulk_create([fresh], ignore_conflicts=True)
    permit: Permit = _HELD.first(town=municipality_id, person=person_id, service=service_id, side=side)
    return permit, permit.id == fresh.id


def _held_row() -> QuerySet[Permit]:
    held = Permit.objects.of(an_id("town")).filter(person_id=an_id("person"), service_id=an_id("service"))
    return held.filter(side=a_text("side")).select_for_update().order_by()


_HELD = Prepared(_held_row)


def _note(by: Actor, permit: Permit) -> None:
    record(
        by=by,
        verb="permit.applied",
        kind="permit",
        object_id=permit.id,
        about=permit.person_id,
        service=str(permit.service_id),
        side=permit.side,
    )


def open_if_rule_says(permit: Permit, stands: Standing, *, quiet: bool = False) -> Permit:
    """Grant an applied or lapsed permit where the published rule does so by itself, and only then."""
    if permit.state not in ("applied", "lapsed") or not decides_itself(permit, stands):
        return permit
    code = "open_to_all" if stands.rule.is_open else "automatic"
    ends = until(stands.rule, stands.examined, clock.today())
    by = system(permit.municipality_id)
    write(permit, Verdict("granted", code, stands.rule, valid_until=ends, quiet=quiet), by=by)
    return permit


def decides_itself(permit: Permit, stands: Standing) -> bool:
    """Whether the rule may grant this permit without a person.

    A service open to all demands nothing of anybody, so nothing is decided about a person. Elsewhere the
    committee must have recorded that it allows automatic decisions. What a person once refused or withdrew
    is a person's to give back.
    """
    if not stands.rule.automatic or stands.examined.missing or stands.youth_closed:
        return False
    allowed: date | None = stands.service.automatic_from
    if not stands.rule.is_open and (allowed is None or allowed > clock.today()):
        return False
    return not _AGAINST.ask(permit=permit.id)


_AGAINST = Prepared(
    lambda: (
        Decision.objects.everywhere()
        .filter(permit_id=an_id("permit"), verb__in=(Decision.Verb.REFUSED, Decision.Verb.REVOKED))
        .order_by()
        .values_list("id")
    )
)
