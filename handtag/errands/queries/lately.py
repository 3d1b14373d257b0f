"""What helpers have done and answered lately, as columns of a question that has the helper's person in it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Self
from uuid import UUID

from django.db.models import Case, F, Func, IntegerField, OuterRef, QuerySet, Subquery, When
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


def load(town: UUID, at: Moments) -> Subquery:
    """How many errands in 28 days and to come."""
    return _one(_errands(town).filter(ends_at__gte=at.load_from), _count("helper_id"))


def last(town: UUID, at: Moments) -> Subquery:
    """When the last of these ended, or ends."""
    return _one(_errands(town).filter(ends_at__gte=at.load_from), Func(F("ends_at"), function="MAX"))


def in_week(town: UUID, at: Moments) -> Case:
    """How many errands in the week of the first date, of those who have said how many are enough."""
    rows = _errands(town).filter(starts_at__gte=at.monday, starts_at__lt=at.next_monday)
    return Case(When(most_in_week=None, then=0), default=_one(rows, _count("helper_id")))


def told(town: UUID, at: Moments) -> Subquery:
    """How often they were told in 90 days; and MANY times how often they have answered, yes or no."""
    rows = Told.objects.of(town).filter(person_id=OuterRef("person_id"), told_at__gte=at.answers_from)
    return _one(rows, _count("person_id") + MANY * _count(Coalesce("declined_at", "yes_at")))


def _errands(town: UUID) -> QuerySet[Errand]:
    errands = Errand.objects.of(town)
    return errands.filter(helper_id=OuterRef("person_id"), state__in=IN_FORCE)


def _count(of: Any) -> Func:
    """How many there are; `Count` would group them, which costs PostgreSQL more than counting."""
    return Func(of, function="COUNT", output_field=IntegerField())


def _one(rows: QuerySet[Any], figure: Any) -> Subquery:
    return Subquery(rows.order_by().values(figure=figure))
