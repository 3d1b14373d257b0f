"""The three figures on a municipality's front page, each true or left out."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core.cache import caches

from handtag.errands.models import Ask, Errand
from handtag.insight import rules
from handtag.kernel import clock, small
from handtag.people.models import Person
from handtag.permits.models import Permit

HELPED_OVER = timedelta(days=30)
WAIT_OVER = timedelta(days=90)
FEWEST_ASKS = 20
ONCE_A_MINUTE = 60  # seconds
OPEN = Person.Protection.NONE


@dataclass(frozen=True, slots=True)
class FrontFigures:
    """What anybody may know; None where the number is small or too little is known."""

    helped: int | None
    approved: int | None
    wait: timedelta | None

    def __bool__(self) -> bool:
        return any(value is not None for value in (self.helped, self.approved, self.wait))


def front_figures(municipality_id: UUID) -> FrontFigures:
    """Times somebody was helped in 30 days, people approved to help, and the median wait for a yes.

    Counted at most once a minute in each process: everybody who comes sees them.
    """
    kept, name = caches["memory"], f"front-figures-{municipality_id}"
    found: FrontFigures | None = kept.get(name)
    if found is None:
        found = _counted(municipality_id)
        kept.set(name, found, ONCE_A_MINUTE)
    return found


def _counted(municipality_id: UUID) -> FrontFigures:
    now = clock.now()
    helped = (
        Errand.objects.of(municipality_id)
        .filter(state=Errand.State.COMPLETED, ended_at__gte=now - HELPED_OVER)
        .filter(asker__protection=OPEN, helper__protection=OPEN)
        .count()
    )
    approved = (
        Permit.objects.of(municipality_id)
        .filter(state=Permit.State.GRANTED, side="perform", person__protection=OPEN)
        .values("person")
        .distinct()
        .count()
    )
    return FrontFigures(_worth_telling(helped), _worth_telling(approved), _wait(municipality_id))


def _worth_telling(count: int) -> int | None:
    return count if count >= small.LEAST else None


def _wait(municipality_id: UUID) -> timedelta | None:
    filled = (
        Ask.objects.of(municipality_id)
        .filter(opened_at__gte=clock.now() - WAIT_OVER, filled_at__isnull=False)
        .filter(asker__protection=OPEN)
        .values_list("opened_at", "filled_at")
    )
    waits = [filled_at - opened_at for opened_at, filled_at in filled if filled_at]
    return rules.median_wait(waits, FEWEST_ASKS)
