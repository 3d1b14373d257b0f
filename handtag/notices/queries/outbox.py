"""Reading the outbox: whom nothing reached, and what one person was sent."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.notices.models import Notice
from handtag.notices.rules import SECRET_KINDS
from handtag.notices.rules.digest import DIGEST
from handtag.people.queries import shown_as

UNREACHED_FOR = timedelta(days=7)
NEWS_FOR = timedelta(days=30)
SEARCHED = 500
STUCK_FOR = timedelta(minutes=30)

# Rooms above say whether what waits to be sent is true no more: kind, and what it is about.
POINTLESS: list[Callable[[str, UUID], bool]] = []


def is_pointless(notice: Notice) -> bool:
    """Whether somebody would be told of what is over: an invitation that has lapsed, an errand called off."""
    about = notice.about_id
    return about is not None and any(is_over(notice.kind, about) for is_over in POINTLESS)


class Stuck(NamedTuple):
    """Texts or mail that the server has not taken for a while."""

    channel: str
    waiting: int
    since: datetime


def stuck(by: Actor) -> list[Stuck]:
    """The channels that stand still: tried, refused, and waiting for half an hour or more."""
    by.must(Right.STEER_ASKS)
    tried = Notice.objects.of(by.municipality_id).filter(
        state__in=[Notice.State.WAITING, Notice.State.CLAIMED],
        attempts__gt=0,
        created_at__lt=clock.now() - STUCK_FOR,
    )
    found = tried.values("channel").annotate(waiting=Count("id"), since=Min("created_at")).order_by("channel")
    return [Stuck(row["channel"], row["waiting"], row["since"]) for row in found]


class Unreached(NamedTuple):
    """Somebody whom notices do not reach: staff ring instead."""

    person_id: UUID
    name: str
    is_protected: bool
    missed: int
    latest_at: datetime


def missed_by(by: Actor) -> QuerySet[Notice]:
    """What reached somebody on no channel in the last week; of protected persons only for officers."""
    by.must(Right.SEE_PEOPLE)
    rows = Notice.objects.of(by.tenant).filter(
        state__in=[Notice.State.UNREACHABLE, Notice.State.FAILED],
        created_at__gte=clock.now() - UNREACHED_FOR,
        person__erased_at=None,
        followed_by=None,  # what failed on one channel and went out on another is no loss
    )
    return rows if by.may(Right.KEEP_PROTECTED) else rows.filter(person__protection="none")


def unreached(by: Actor, limit: int = 50) -> list[Unreached]:
    """Whom notices of the last week failed to reach or had no address for; the latest first."""
    rows = missed_by(by)
    found: dict[UUID, Unreached] = {}
    for row in rows.exclude(person=None).select_related("person").order_by("-created_at")[:SEARCHED]:
        if row.person is not None:
            name = shown_as(row.person, to=by)
            new = Unreached(row.person.id, name, row.person.is_protected, 0, row.created_at)
            earlier = found.get(row.person.id, new)
            found[row.person.id] = earlier._replace(missed=earlier.missed + 1)
    return list(found.values())[:limit]


def of_person(person_id: UUID) -> list[Notice]:
    """Everything one person was sent, newest first."""
    return list(Notice.objects.everywhere().filter(person_id=person_id).order_by("-created_at"))


class News(NamedTuple):
    """Something that one was told: what, when, and where to look."""

    subject: str
    at: datetime
    link: str


def news(by: Actor, limit: int = 50) -> list[News]:
    """What this person was told here in the last month, newest first; never codes and ways in."""
    by.must(Right.TAKE_PART)
    mine = Notice.objects.of(by.tenant).filter(
        person_id=by.whose, follows=None, created_at__gte=clock.now() - NEWS_FOR
    )
    told = mine.exclude(kind__in=[*SECRET_KINDS, DIGEST]).exclude(kind__startswith="sms.")
    told = told.exclude(state=Notice.State.CANCELLED).order_by("-created_at")
    return [News(*row) for row in told.values_list("subject", "created_at", "link")[:limit]]
