"""What helpers have answered, and how often they were asked: what the published estimate is made of."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.core.cache import caches
from django.db.models import Count, F, Max, Q, QuerySet

from handtag.errands.models import Invitation, Told
from handtag.kernel import clock
from handtag.kernel.planned import OneOf
from handtag.kernel.prepared import Prepared, a_list, a_moment, an_id
from handtag.matching.answers import OVER_DAYS, mean

OVER: Final = timedelta(days=OVER_DAYS)
TIME_TO_ANSWER: Final = timedelta(hours=24)  # what was asked later than that is not a no yet
WEEK: Final = timedelta(days=7)
A_DAY: Final = 24 * 60 * 60
ALL_OF_THEM: Final = 500  # of more people than this everybody's answers are read, and not theirs alone


@dataclass(frozen=True, slots=True)
class Answers:
    """How many questions somebody was asked, and to how many they said yes."""

    asked: int = 0
    yes: int = 0


@dataclass(slots=True)
class Asked:
    """One helper's questions: of this service, in the last seven days of all, and when the last one was."""

    answers: Answers = field(default_factory=Answers)
    in_week: int = 0
    last: datetime | None = None


def _told(town: UUID) -> QuerySet[Told]:
    """What was told in the 180 days before `until`; not what somebody said no to unasked."""
    since, until = a_moment("since"), a_moment("until")
    return Told.objects.of(town).filter(told_at__gte=since, told_at__lte=until, wave__gt=0)


def _counts() -> Q:
    """What counts as a question: answered, or there was time to answer before somebody else said yes."""
    answered = Q(yes_at__isnull=False) | Q(declined_at__isnull=False)
    too_late = Q(ask__filled_at__isnull=False, ask__filled_at__lt=F("told_at") + TIME_TO_ANSWER)
    return answered | (Q(told_at__lte=a_moment("a_day_before")) & ~too_late)


def _times(until: datetime) -> dict[str, datetime]:
    return {"since": until - OVER, "until": until, "a_day_before": until - TIME_TO_ANSWER}


def asked(municipality_id: UUID, service_id: UUID, people: Collection[UUID]) -> dict[UUID, Asked]:
    """How often each of these was asked in 180 days; two questions to the database."""
    now = clock.now()
    week_ago = now - WEEK
    rows = _ASKED.ask(
        len(people) <= ALL_OF_THEM,
        **{"town": municipality_id, "service": service_id, "people": people},
        **{"week_ago": week_ago, **_times(now)},
    )
    found = {who: Asked(Answers(total, yes), in_week, last) for who, total, yes, in_week, last in rows}
    for who, count, last in _INVITED.ask(town=municipality_id, week_ago=week_ago):
        one = found.setdefault(who, Asked())
        one.in_week += count
        one.last = max(last, one.last or last)
    return found


def _asked(these_alone: bool) -> QuerySet[Told, Any]:
    rows, theirs = _told(an_id("town")), _counts() & Q(ask__service_id=an_id("service"))
    if these_alone:
        rows = rows.filter(OneOf(F("person_id"), a_list("people")))
    counted = (
        rows.order_by()
        .values("person_id")
        .annotate(
            all_asked=Count("id", filter=theirs),
            all_yes=Count("id", filter=theirs & Q(yes_at__isnull=False)),
            in_week=Count("id", filter=Q(told_at__gt=a_moment("week_ago"))),
            last=Max("told_at"),
        )
    )
    return counted.values_list("person_id", "all_asked", "all_yes", "in_week", "last")


def _invited() -> QuerySet[Invitation, Any]:
    """Who was asked by a coordinator lately: that takes attention too."""
    rows = Invitation.objects.of(an_id("town")).filter(sent_at__gt=a_moment("week_ago"))
    counted = (
        rows.order_by()
        .values("person_id")
        .annotate(times=Count("occasion__ask_id", distinct=True), last=Max("sent_at"))
    )
    return counted.values_list("person_id", "times", "last")


def share_of_town(municipality_id: UUID, service_id: UUID) -> float:
    """The town's share of yes to questions about a service: counted once a day, as midnight left it."""
    midnight = clock.at(clock.today(), time(0))
    key = f"outreach.share.{municipality_id}.{service_id}.{midnight:%Y%m%d}"
    known: float | None = caches["memory"].get(key)
    if known is None:
        everybody = _all(municipality_id, service_id, midnight)
        known = mean(everybody.yes, everybody.asked)
        caches["memory"].set(key, known, A_DAY)
    return known


def _all(municipality_id: UUID, service_id: UUID, until: datetime) -> Answers:
    found = _ALL.first(town=municipality_id, service=service_id, **_times(until))
    return Answers(*found) if found else Answers()


def _of_all() -> QuerySet[Told, Any]:
    rows = _told(an_id("town")).filter(_counts(), ask__service_id=an_id("service")).order_by()
    counted = rows.values("municipality_id").annotate(
        asked=Count("id"), yes=Count("id", filter=Q(yes_at__isnull=False))
    )
    return counted.values_list("asked", "yes")


_ASKED, _INVITED, _ALL = Prepared(_asked), Prepared(_invited), Prepared(_of_all)
