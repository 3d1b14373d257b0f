"""Reading the outbox: whom nothing reached, and what one person was sent."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, When

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
STILL_WAITING = (Notice.State.WAITING, Notice.State.CLAIMED)

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


class Unreached(NamedTuple):
    """Somebody whom notices do not reach: staff ring instead."""

    person_id: UUID
    name: str
    is_protected: bool
    missed: int
    latest_at: datetime


class Trouble(NamedTuple):
    """What staff must know of the outbox: whom nothing reached, and what stands still."""

    unreached: list[Unreached]
    stuck: list[Stuck]


def trouble(by: Actor, limit: int = 50) -> Trouble:
    """Both in one question to the database; whom nothing reached first, then what has waited longest."""
    by.must(Right.STEER_ASKS)
    tried = Q(state__in=STILL_WAITING, attempts__gt=0, created_at__lt=clock.now() - STUCK_FOR)
    waits_since = Case(When(state__in=STILL_WAITING, then=F("created_at")), default=None)
    rows = Notice.objects.of(by.tenant).filter((_lost(by) & ~Q(person=None)) | tried)
    ordered = rows.annotate(waits_since=waits_since).order_by(
        F("waits_since").asc(nulls_first=True), "-created_at"
    )
    found = list(ordered.select_related("person")[:SEARCHED])
    return Trouble(
        _unreached(by, [row for row in found if row.state not in STILL_WAITING])[:limit],
        _stuck([row for row in found if row.state in STILL_WAITING]),
    )


def stuck(by: Actor) -> list[Stuck]:
    """The channels that stand still: tried, refused, and waiting for half an hour or more."""
    return trouble(by).stuck


def missed_by(by: Actor) -> QuerySet[Notice]:
    """What reached somebody on no channel in the last week; of protected persons only for officers."""
    by.must(Right.SEE_PEOPLE)
    return Notice.objects.of(by.tenant).filter(_lost(by))


def unreached(by: Actor, limit: int = 50) -> list[Unreached]:
    """Whom notices of the last week failed to reach or had no address for; the latest first."""
    rows = missed_by(by).exclude(person=None).select_related("person").order_by("-created_at")
    return _unreached(by, list(rows[:SEARCHED]))[:limit]


def _lost(by: Actor) -> Q:
    """Failed on every channel in the last week; what went out on another channel instead is no loss."""
    lost = Q(
        state__in=[Notice.State.UNREACHABLE, Notice.State.FAILED],
        created_at__gte=clock.now() - UNREACHED_FOR,
        person__erased_at=None,
        followed_by=None,
    )
    return lost if by.may(Right.KEEP_PROTECTED) else lost & Q(person__protection="none")


def _unreached(by: Actor, rows: list[Notice]) -> list[Unreached]:
    found: dict[UUID, Unreached] = {}
    for row in rows:
        if row.person is not None:
            name = shown_as(row.person, to=by)
            new = Unreached(row.person.id, name, row.person.is_protected, 0, row.created_at)
            earlier = found.get(row.person.id, new)
            found[row.person.id] = earlier._replace(missed=earlier.missed + 1)
    return list(found.values())


def _stuck(rows: list[Notice]) -> list[Stuck]:
    found: dict[str, Stuck] = {}
    for row in rows:
        earlier = found.get(row.channel, Stuck(row.channel, 0, row.created_at))
        found[row.channel] = earlier._replace(waiting=earlier.waiting + 1)
    return list(found.values())


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
