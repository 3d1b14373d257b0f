"""Deciding how long a record type is kept, and destroying what is due: two people, a dry run, a protocol."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor, system
from handtag.kernel.errors import NotFound, Problem, TooLate
from handtag.kernel.rights import Right
from handtag.privacy.models import Destruction, RetentionDecision
from handtag.privacy.queries import retention as queries
from handtag.privacy.rules import retention
from handtag.privacy.rules.register import BY_TYPE

LONGEST_DAYS = 36_500
BATCH = 500


@transaction.atomic
def decide(*, by: Actor, record_type: str, keep_days: int | None, reference: str, on: date) -> None:
    """Record the municipality's decision on one record type; None keeps it for good."""
    by.must(Right.KEEP_RECORDS)
    if record_type not in retention.DESTRUCTIBLE:
        raise NotFound(record_type)
    if not reference.strip():
        raise Problem(_("Write the number of the decision."), field="reference")
    if keep_days is not None and not 1 <= keep_days <= LONGEST_DAYS:
        raise Problem(_("Choose from 1 to 36,500 days, or leave it empty to keep it."), field="keep_days")
    in_force = RetentionDecision.objects.of(by.tenant).filter(record_type=record_type, superseded_at=None)
    in_force.update(superseded_at=clock.now())
    made = RetentionDecision.objects.create(
        municipality_id=by.tenant,
        record_type=record_type,
        keep_days=keep_days,
        reference=reference.strip(),
        decided_on=on,
        recorded_by_id=by.person_id,
    )
    history.record(
        by=by, verb="retention.decided", kind="retention", object_id=made.id, type=record_type, days=keep_days
    )


@transaction.atomic
def propose(*, by: Actor) -> Destruction:
    """Propose to destroy what is due now, after a look at how much that is."""
    by.must(Right.KEEP_RECORDS)
    planned = queries.due(by.tenant)
    if not planned:
        raise Problem(_("Nothing is due. Without a decision, nothing is ever destroyed."))
    made = Destruction.objects.create(municipality_id=by.tenant, proposed_by_id=by.person, planned=planned)
    history.record(by=by, verb="destruction.proposed", kind="destruction", object_id=made.id)
    return made


@transaction.atomic
def approve(*, by: Actor, destruction_id: UUID) -> None:
    """Approve what a colleague proposed; the worker then destroys it."""
    by.must(Right.KEEP_RECORDS)
    proposed = Destruction.objects.of(by.tenant).filter(pk=destruction_id).first()
    if proposed is None:
        raise NotFound("destruction")
    if proposed.proposed_by_id == by.person:
        raise Problem(_("It takes two people. Ask a colleague to approve it."))
    approved = Destruction.objects.of(by.tenant).filter(pk=destruction_id, approved_at=None)
    if not approved.update(approved_by_id=by.person, approved_at=clock.now()):
        raise TooLate(_("It is approved already."))
    history.record(by=by, verb="destruction.approved", kind="destruction", object_id=destruction_id)


def destroy_approved() -> dict[str, int]:
    """Destroy everything approved, in batches; killed in the middle, the next run goes on from there."""
    total: dict[str, int] = {}
    waiting = Destruction.objects.everywhere().filter(approved_at__isnull=False, done_at=None)
    for destruction in waiting.order_by("approved_at"):
        for record_type in destruction.planned:
            while _destroy_batch(destruction.id, record_type):
                pass
        total |= _close(destruction.id)
    return total


@transaction.atomic
def _destroy_batch(destruction_id: UUID, record_type: str) -> int:
    """Destroy some rows and count them in the protocol, together; returns how many."""
    destruction = Destruction.objects.everywhere().select_for_update().get(pk=destruction_id)
    decision = (
        RetentionDecision.objects.of(destruction.municipality_id)
        .filter(record_type=retention.FOLLOWS.get(record_type, record_type), superseded_at=None)
        .first()
    )
    if destruction.done_at is not None or decision is None or decision.keep_days is None:
        return 0
    record, blank = BY_TYPE[record_type], retention.blank(record_type)
    rows = queries.due_rows(record, destruction.municipality_id, decision.keep_days)
    if blank:
        rows = rows.exclude(**dict.fromkeys(blank, ""))
    chosen = rows.model._base_manager.filter(pk__in=list(rows.values_list("pk", flat=True)[:BATCH]))
    count = chosen.update(**dict.fromkeys(blank, "")) if blank else chosen.delete()[0]
    protocol = {**destruction.protocol, record_type: destruction.protocol.get(record_type, 0) + count}
    Destruction.objects.everywhere().filter(pk=destruction_id).update(protocol=protocol)
    return count


@transaction.atomic
def _close(destruction_id: UUID) -> dict[str, int]:
    destruction = Destruction.objects.everywhere().select_for_update().get(pk=destruction_id)
    if destruction.done_at is None:
        Destruction.objects.everywhere().filter(pk=destruction_id).update(done_at=clock.now())
        by = system(destruction.municipality_id)
        history.record(by=by, verb="destruction.done", kind="destruction", object_id=destruction_id)
    return dict(destruction.protocol)
