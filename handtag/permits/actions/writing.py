"""Writing one decision: the state, the row, the book, and what follows, in one transaction."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from handtag.history.actions import record
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, TooLate
from handtag.kernel.prepared import Prepared, an_id, insert
from handtag.permits import messages, rules
from handtag.permits.actions.after import AFTER_LOSS
from handtag.permits.actions.codes import give_code
from handtag.permits.models import Decision, Permit, Review
from handtag.permits.queries.services import RuleRow

DECIDED = _("It has already been decided. Open the page again to see how it stands.")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision about to be written."""

    verb: str
    reason_code: str
    rule: RuleRow
    motivation: str = ""
    valid_until: date | None = None
    quiet: bool = False  # the person sees it on the page they are on: no letter


def locked(municipality_id: UUID, permit_id: UUID) -> Permit:
    """The permit, its row held to the end of the transaction; NotFound elsewhere."""
    permit: Permit | None = _LOCKED.first(town=municipality_id, permit=permit_id)
    if permit is None:
        raise NotFound("permit")
    return permit


_LOCKED = Prepared(
    lambda: Permit.objects.of(an_id("town")).filter(id=an_id("permit")).select_for_update().order_by()
)


def write(permit: Permit, verdict: Verdict, *, by: Actor) -> Permit:
    """Take the decision on a locked permit; a review that waits is answered by it.

    Raises TooLate where the state does not allow it (any longer).
    """
    was, now = permit.state, rules.after(permit.state, verdict.verb)
    if now is None:
        raise TooLate(DECIDED)
    permit.state, permit.changed_at = now, clock.now()
    permit.valid_until = verdict.valid_until if now == "granted" else None
    permit.warned_days = None
    move(permit, was)
    number = _add(permit, verdict, by)
    if number > 1:  # before the first decision there is none to look at again
        Review.objects.of(permit.municipality_id).filter(permit=permit, answered_at=None).update(
            answered_at=permit.changed_at
        )
    if now == "granted":
        give_code(permit)
    if was == "granted" and verdict.verb in rules.LOSSES:
        for consequence in AFTER_LOSS:
            consequence(by, permit)
    if not verdict.quiet:
        messages.tell(permit, verdict.verb)
    return permit


def move(permit: Permit, was: str) -> None:
    """Write the new state where the old one still stands. Raises TooLate where it does not."""
    here = Permit.objects.of(permit.municipality_id).filter(id=permit.id, state=was)
    changed = here.update(
        state=permit.state, changed_at=permit.changed_at, valid_until=permit.valid_until, warned_days=None
    )
    if not changed:
        raise TooLate(DECIDED)


def _add(permit: Permit, verdict: Verdict, by: Actor) -> int:
    number = len(_NUMBERS.ask(permit=permit.id)) + 1
    insert(
        Decision(
            municipality_id=permit.municipality_id,
            permit=permit,
            number=number,
            verb=verdict.verb,
            decided_by_id=by.person_id,
            rule_id=verdict.rule.id,
            reason_code=verdict.reason_code,
            motivation=verdict.motivation,
        )
    )
    record(
        by=by,
        verb=f"permit.{verdict.verb}",
        kind="permit",
        object_id=permit.id,
        about=permit.person_id,
        service=str(permit.service_id),
        side=permit.side,
        reason_code=verdict.reason_code,
        rule_version=verdict.rule.version,
    )
    return number


_NUMBERS = Prepared(
    lambda: Decision.objects.everywhere().filter(permit_id=an_id("permit")).order_by().values_list("number")
)
