"""Reading the outbox: whom nothing reached, and what one person was sent."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Case, F, Q, When

from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.notices.models import Notice
from handtag.people.queries import shown_as

UNREACHED_FOR = timedelta(days=7)
SEARCHED = 500
STUCK_FOR = timedelta(minutes=30)
STILL_WAITING = (Notice.State.WAITING, Notice.State.CLAIMED)

# Rooms above say whether what waits to be sent is true no more: kind, and what it is about.
POINTLESS: list[Callable[[str, UUID], bool]] = []


def is_pointless(notice: Notice) -> bool:
    """Whether somebody would be told of what is over: an invitation that has lapsed, an errand called off."""
    about = notice.about_id
    return about is not None and any(is_over(notice.kind, about) for is_over in POINTLESS)


class Unreached(NamedTuple):
    """Somebody whom notices do not reach: staff ring instead."""

    person_id: UUID
    name: str
    is_protected: bool
    missed: int
    latest_at: datetime


class Stuck(NamedTuple):
    """Texts or mail that the server has not taken for a while."""

    channel: str
    waiting: int
    since: datetime


class Trouble(NamedTuple):
    """What staff must know of the outbox: whom nothing reached, and what stands still."""

    unreached: list[Unreached]
    stuck: list[Stuck]


def trouble(by: Actor, limit: int = 50) -> Trouble:
    """Both in one question to the database; whom nothing reached first, then what has waited longest."""
    by.must(Right.STEER_ASKS)
    now = clock.now()
    lost = Q(
        state__in=[Notice.State.UNREACHABLE, Notice.State.FAILED],
        created_at__gte=now - UNREACHED_FOR,
        person__erased_at=None,
        followed_by=None,  # what failed on one channel and went out on another is no loss
    ) & ~Q(person=None)
    if not by.may(Right.KEEP_PROTECTED):
        lost &= Q(person__protection="none")
    tried = Q(state__in=STILL_WAITING, attempts__gt=0, created_at__lt=now - STUCK_FOR)
    waits_since = Case(When(state__in=STILL_WAITING, then=F("created_at")), default=None)
    rows = Notice.objects.of(by.municipality_id).filter(lost | tried).annotate(waits_since=waits_since)
    ordered = rows.select_related("person").order_by(F("waits_since").asc(nulls_first=True), "-created_at")
    found = list(ordered[:SEARCHED])
    return Trouble(
        _unreached(by, [row for row in found if row.state not in STILL_WAITING])[:limit],
        _stuck([row for row in found if row.state in STILL_WAITING]),
    )


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


def unreached(by: Actor, limit: int = 50) -> list[Unreached]:
    """Whom notices of the last week failed to reach or had no address for; the latest first.

    Protected persons only for officers.
    """
    return trouble(by, limit).unreached


def stuck(by: Actor) -> list[Stuck]:
    """The channels that stand still: tried, refused, and waiting for half an hour or more."""
    return trouble(by).stuck


def of_person(person_id: UUID) -> list[Notice]:
    """Everything one person was sent, newest first."""
    return list(Notice.objects.everywhere().filter(person_id=person_id).order_by("-created_at"))
