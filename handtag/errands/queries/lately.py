"""What helpers have done and answered lately, as columns of a question that has the helper's person in it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Self
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from handtag.errands.models import Errand, Told
from handtag.errands.queries.sought import Sought
from handtag.errands.rules.lifecycle import IN_FORCE
from handtag.kernel import clock

LOAD_OVER: Final = timedelta(days=28)
ANSWERS_OVER: Final = timedelta(days=90)
MANY: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Moments:
    """The times that the facts are counted from and to; the week is that of the first date."""

    now: datetime
    today: date
    load_from: datetime
    answers_from: datetime
    monday: datetime
    next_monday: datetime

    @property
    def by_name(self) -> dict[str, Any]:
        """Each as it is given to a question."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def of(cls, ask: Sought) -> Self:
        """As they are now."""
        now, start = clock.now(), clock.local(ask.slots[0].window.start)
        monday = clock.at(start.date() - timedelta(days=start.weekday()), start.time().min)
        following = clock.at(monday.date() + timedelta(days=7), start.time().min)
        return cls(now, clock.today(), now - LOAD_OVER, now - ANSWERS_OVER, monday, following)


def load(town: UUID, at: Moments) -> Coalesce:
    """How many errands in 28 days and to come."""
    return _count(_errands(town).filter(ends_at__gte=at.load_from), "helper_id")


def last(town: UUID, at: Moments) -> Subquery:
    """When the last of these ended, or ends."""
    rows = _errands(town).filter(ends_at__gte=at.load_from).order_by().values("helper_id")
    return Subquery(rows.annotate(last=Max("ends_at")).values("last"))


def in_week(town: UUID, at: Moments) -> Case:
    """How many errands in the week of the first date, of those who have said how many are enough."""
    rows = _errands(town).filter(starts_at__gte=at.monday, starts_at__lt=at.next_monday)
    return Case(When(most_in_week=None, then=0), default=_count(rows, "helper_id"))


def told(town: UUID, at: Moments) -> Coalesce:
    """How often they were told in 90 days; and MANY times how often they have answered, yes or no."""
    rows = Told.objects.of(town).filter(person_id=OuterRef("person_id"), told_at__gte=at.answers_from)
    return _count(rows, "person_id", also=Q(declined_at__isnull=False) | Q(yes_at__isnull=False))


def _errands(town: UUID) -> QuerySet[Errand]:
    errands = Errand.objects.of(town)
    return errands.filter(helper_id=OuterRef("person_id"), state__in=IN_FORCE)


def _count(rows: QuerySet[Any], of: str, also: Q | None = None) -> Coalesce:
    """How many; and MANY times how many of them are also something else, so that they are read but once."""
    number = Count(of) if also is None else Count(of) + MANY * Count(of, filter=also)
    counted = rows.order_by().values(of).annotate(number=number).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
