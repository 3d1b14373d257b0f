"""A true figure for the asker: how long asks like this one usually wait, or nothing (domain.md)."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet

from handtag.errands.models import Ask
from handtag.kernel import clock
from handtag.people.models import Person

LOOKED_BACK: Final = timedelta(days=90)
LEAST: Final = 20


def typical_wait(municipality_id: UUID, service_id: UUID, area_id: UUID | None) -> timedelta | None:
    """The median time from opened to filled: of the same service and area, else of the municipality.

    Of asks opened in the last 90 days whose fate is known; at least 20 of them, else nothing is said. An ask
    that nobody took waited for ever, so that "most asks" means most of those asked, not of those answered.
    """
    known = _known(municipality_id, service_id, clock.now() - LOOKED_BACK)
    counts = known.aggregate(here=Count("pk", filter=Q(area_id=area_id)), everywhere=Count("pk"))
    if area_id is not None and counts["here"] >= LEAST:
        return _median(known.filter(area_id=area_id), counts["here"])
    return _median(known, counts["everywhere"])


def _known(municipality_id: UUID, service_id: UUID, since: datetime) -> QuerySet[Ask]:
    """Asks that were filled at some time, or that nobody took; protected persons are in no figure."""
    asks = Ask.objects.of(municipality_id).filter(
        service_id=service_id, opened_at__gte=since, asker__protection=Person.Protection.NONE
    )
    return asks.filter(Q(filled_at__isnull=False) | Q(state=Ask.State.EXPIRED))


def _median(known: QuerySet[Ask], count: int) -> timedelta | None:
    """The middle of the waits; None where there are too few, or where the middle one was never taken."""
    if count < LEAST:
        return None
    waits = (
        known.filter(filled_at__isnull=False)
        .annotate(wait=ExpressionWrapper(F("filled_at") - F("opened_at"), output_field=DurationField()))
        .order_by("wait")
        .values_list("wait", flat=True)
    )
    middle = list(waits[(count - 1) // 2 : count // 2 + 1])
    if len(middle) < (1 if count % 2 else 2):
        return None
    return sum(middle, timedelta()) / len(middle)
