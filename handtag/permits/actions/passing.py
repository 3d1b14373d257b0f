"""What time does to permits: warnings before they run out, running out, and rules that may now decide."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from handtag.jobs.actions import each_row, in_turn
from handtag.kernel import clock
from handtag.kernel.actor import system
from handtag.permits import messages, queries
from handtag.permits.actions.applying import open_if_rule_says
from handtag.permits.actions.writing import Verdict, locked, write
from handtag.permits.models import Permit, Rule
from handtag.permits.queries.standing import ruling, standing

WARNINGS = (7, 30)


def lapse_expired() -> int:
    """End the permits whose last day has passed; returns how many. Safe to run twice, or by two at once."""
    over = Permit.objects.everywhere().filter(state="granted", valid_until__lt=clock.today())
    rows = over.order_by("id").values_list("id", "municipality_id")
    return each_row({row[0]: partial(_lapse, *row) for row in rows})


@transaction.atomic
def _lapse(permit_id: UUID, municipality_id: UUID) -> bool:
    permit = locked(municipality_id, permit_id)
    if permit.state != "granted" or permit.valid_until is None or permit.valid_until >= clock.today():
        return False
    service = queries.service(municipality_id, permit.service_id)
    stands = standing(permit.person_id, service, permit.side)
    code = "check_expired" if stands.examined.missing else "time_ran_out"
    write(permit, Verdict("lapsed", code, ruling([permit])[permit.id]), by=system(municipality_id))
    return True


def warn_before() -> int:
    """Tell people whose permit runs out within 30 days, and again within 7, once each; returns how many."""
    return in_turn(*(partial(_warn_within, days) for days in WARNINGS))


def _warn_within(days: int) -> int:
    today = clock.today()
    soon = Permit.objects.everywhere().filter(
        Q(warned_days=None) | Q(warned_days__gt=days),
        state="granted",
        valid_until__range=(today, today + timedelta(days=days)),
    )
    return each_row({permit.id: partial(_warn, permit, days) for permit in soon.order_by("id")})


@transaction.atomic
def _warn(permit: Permit, days: int) -> bool:
    mine = Permit.objects.of(permit.municipality_id).filter(
        id=permit.id, state="granted", valid_until=permit.valid_until, warned_days=permit.warned_days
    )
    if not mine.update(warned_days=days):
        return False
    messages.warn(permit)
    return True


def settle_waiting() -> int:
    """Grant what rules may decide by themselves now that a committee has allowed it; returns how many."""
    automatic = Rule.objects.everywhere().filter(automatic=True).values("service_id", "side")
    sides = {(row["service_id"], row["side"]) for row in automatic}
    waiting = Permit.objects.everywhere().filter(
        state="applied",
        service__committee__automatic_from__lte=clock.today(),
        service_id__in=[service_id for service_id, _ in sides],
    )
    rows = waiting.order_by("id").values_list("id", "municipality_id")
    return each_row({row[0]: partial(_open, *row) for row in rows})


@transaction.atomic
def _open(permit_id: UUID, municipality_id: UUID) -> bool:
    permit = locked(municipality_id, permit_id)
    service = queries.service(municipality_id, permit.service_id)
    return open_if_rule_says(permit, standing(permit.person_id, service, permit.side)).state == "granted"
