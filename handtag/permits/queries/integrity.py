"""Recomputing the state of permits from their decisions."""

from itertools import groupby
from operator import itemgetter
from uuid import UUID

from handtag.permits.models import Decision, Permit
from handtag.permits.rules import recompute


def recomputed(permit: Permit) -> str | None:
    """The state that follows from a permit's decisions; None where they cannot follow each other."""
    return recompute(permit.decisions.order_by("number").values_list("verb", flat=True))


def wrong_states(municipality_id: UUID | None = None) -> list[UUID]:
    """Permits whose state is not what their decisions lead to: there must be none."""
    decisions, permits = Decision.objects.everywhere(), Permit.objects.everywhere()
    if municipality_id is not None:
        decisions, permits = Decision.objects.of(municipality_id), Permit.objects.of(municipality_id)
    rows = decisions.order_by("permit_id", "number").values_list("permit_id", "verb").iterator()
    found = {
        permit: recompute(verb for _, verb in verbs) for permit, verbs in groupby(rows, key=itemgetter(0))
    }
    states = permits.order_by("id").values_list("id", "state").iterator()
    return [permit for permit, state in states if found.get(permit, "applied") != state]
