"""A true figure for the asker: how long asks like this one usually wait, or nothing (domain.md)."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import DurationField, ExpressionWrapper, F, Q, QuerySet

from handtag.errands.models import Ask
from handtag.kernel import clock

LOOKED_BACK: Final = timedelta(days=90)
LEAST: Final = 20


def typical_wait(municipality_id: UUID, service_id: UUID, area_id: UUID | None) -> timedelta | None:
    """The median time from opened to filled: of the same service and area, else of the municipality.

    Of asks opened in the last 90 days whose fate is known; at least 20 of them, else nothing is said. An ask
    that nobody took waited for ever, so that "most asks" means most of those asked, not of those answered.
    """
    since = clock.now() - LOOKED_BACK
    alike = Ask.objects.of(municipality_id).filter(service_id=service_id)
    if area_id is not None:
        here = _median(alike.filter(area_id=area_id), since)
        if here.is_enough:
            return here.wait
    return _median(alike, since).wait


class _Median:
    """The middle of the waits, where there are enough of them to say anything."""

    def __init__(self, count: int, wait: timedelta | None) -> None:
        self.is_enough = count >= LEAST
        self.wait = wait if self.is_enough else None


def _median(asks: QuerySet[Ask], since: datetime) -> _Median:
    known = asks.filter(opened_at__gte=since).filter(Q(filled_at__isnull=False) | Q(state=Ask.State.EXPIRED))
    count = known.count()
    if count < LEAST:
        return _Median(count, None)
    waits = (
        known.filter(filled_at__isnull=False)
        .annotate(wait=ExpressionWrapper(F("filled_at") - F("opened_at"), output_field=DurationField()))
        .order_by("wait")
        .values_list("wait", flat=True)
    )
    middle = list(waits[(count - 1) // 2 : count // 2 + 1])
    if len(middle) < (1 if count % 2 else 2):
        return _Median(count, None)
    return _Median(count, sum(middle, timedelta()) / len(middle))
