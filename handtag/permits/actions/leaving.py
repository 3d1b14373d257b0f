"""What becomes of somebody's permits when they are erased: they end, and words about them go."""

from uuid import UUID

from django.db import transaction

from handtag.kernel import clock
from handtag.kernel.actor import Actor, system
from handtag.permits import queries
from handtag.permits.actions.writing import Verdict, locked, write
from handtag.permits.models import Check, Decision, HelperCode, Permit, Review
from handtag.permits.queries.standing import ruling

ENDING = {"applied": "refused", "granted": "lapsed"}


@transaction.atomic
def forget_person(by: Actor, person_id: UUID) -> None:
    """End every permit in every town, take back checks and codes, and empty the motivations."""
    held = Permit.objects.everywhere().filter(person_id=person_id).order_by("id")
    for permit_id, municipality_id in held.values_list("id", "municipality_id"):
        permit = locked(municipality_id, permit_id)
        if permit.state in ENDING:
            rule = ruling([permit]).get(permit.id) or queries.current_rule(permit.service_id, permit.side)
            verdict = Verdict(ENDING[permit.state], "person_left", rule, quiet=True)
            write(
                permit, verdict, by=by if by.municipality_id == municipality_id else system(municipality_id)
            )
    Decision.objects.everywhere().filter(permit__person_id=person_id).update(motivation="")
    asked = Review.objects.everywhere().filter(permit__person_id=person_id)
    asked.filter(answered_at=None).update(answered_at=clock.now())
    asked.update(words="")
    checks = Check.objects.everywhere().filter(person_id=person_id)
    checks.filter(withdrawn_at=None).update(withdrawn_at=clock.now())
    checks.filter(kind="organisation").update(name="")
    HelperCode.objects.everywhere().filter(person_id=person_id).delete()
