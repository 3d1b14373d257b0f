"""Sending what lies in the outbox: claimed, handed to a gateway, noted; another way where one fails."""

import logging
from collections.abc import Collection
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from handtag.kernel import clock
from handtag.notices import queries, rules
from handtag.notices.actions.carrying import carry
from handtag.notices.actions.ringing import bring
from handtag.notices.actions.telling import state_on
from handtag.notices.gateways.faults import NeverSendable, NotSent, ServerAway
from handtag.notices.models import Notice

logger = logging.getLogger(__name__)

BY_MACHINE = (Notice.Channel.PUSH, Notice.Channel.EMAIL, Notice.Channel.SMS)
CLAIMED = frozenset({Notice.State.CLAIMED})


def send_due(limit: int = 50, *, channels: Collection[str] = BY_MACHINE) -> int:
    """Send what is due, at most `limit` on each channel; returns how many were sent.

    A notice is claimed before it is sent. A worker killed between the server's yes and our note of it sends
    it again under the same identity when the claim has run out. A channel's round ends early when its server
    is away or slow, so that the worker gets on with its other duties and can be stopped.
    """
    return sum(_send_round(channel, limit) for channel in channels)


def _send_round(channel: str, limit: int) -> int:
    now = clock.now()
    claimable = Q(state=Notice.State.WAITING, due_at__lte=now) | Q(
        state=Notice.State.CLAIMED, claimed_until__lt=now
    )
    due: QuerySet[Notice] = Notice.objects.everywhere().filter(claimable, channel=channel)
    if channel == Notice.Channel.SMS:
        due = _in_order(due)
    waiting = due.order_by("due_at", "created_at", "id")
    if clock.not_at_night(now) > now:
        waiting = waiting.exclude(kind__in=rules.QUIET_KINDS)
    sent = 0
    for notice_id in list(waiting.values_list("id", flat=True)[:limit]):
        if clock.now() - now > rules.ROUND:
            break
        mine = (
            Notice.objects.everywhere()
            .filter(claimable, id=notice_id)
            .update(state=Notice.State.CLAIMED, claimed_until=clock.now() + rules.LEASE)
        )
        try:
            sent += _send(Notice.objects.everywhere().get(id=notice_id)) if mine else 0
        except ServerAway:
            break
    return sent


def _in_order(texts: QuerySet[Notice]) -> QuerySet[Notice]:
    """Texts reach a telephone in the order in which they were written, but for what cannot wait.

    What cannot wait overtakes the rest; answers come in the order of what they answer.
    """
    earlier = Notice.objects.everywhere().filter(
        channel=Notice.Channel.SMS,
        address=OuterRef("address"),
        state__in=[Notice.State.WAITING, Notice.State.CLAIMED],
        created_at__lt=OuterRef("created_at"),
    )
    behind_the_rest = ~Q(kind__in=rules.AT_ANY_HOUR) & Exists(earlier.exclude(kind__in=rules.AT_ANY_HOUR))
    behind_an_answer = Q(kind__in=rules.ANSWERS) & Exists(earlier.filter(kind__in=rules.ANSWERS))
    return texts.exclude(behind_the_rest | behind_an_answer)


def _send(notice: Notice) -> bool:
    if _must_wait(notice):
        return False
    _give_number(notice)
    try:
        provider_id = carry(notice)
    except NeverSendable as refusal:
        fail(notice, from_states=CLAIMED, problem=str(refusal))
        return False
    except NotSent as fault:
        _try_later(notice, fault)
        if isinstance(fault, ServerAway):
            raise
        return False
    secret = notice.kind in rules.SECRET_KINDS or notice.kind.startswith("sms.")
    _settle(
        notice,
        state=Notice.State.SENT,
        sent_at=clock.now(),
        body="" if secret else notice.body,
        link="" if secret else notice.link,
        provider_id=provider_id,
        problem="",
    )
    return True


def _must_wait(notice: Notice) -> bool:
    """Not what is true no more, nor in the quiet hours, nor to a telephone that is closed to us since."""
    if notice.channel in rules.BUZZING and notice.person is not None and _is_closed(notice):
        fail(notice, from_states=CLAIMED, problem="closed")
        return True
    now = clock.now()
    if now - notice.created_at > rules.FRESH and queries.is_pointless(notice):
        _settle(notice, state=Notice.State.CANCELLED, problem="true no more")
        return True
    moment = queries.at_an_hour(notice, now)
    if moment > now:
        _settle(notice, state=Notice.State.WAITING, due_at=moment)
    return moment > now


def _is_closed(notice: Notice) -> bool:
    """Protected or erased since, or STOPP; who has texted us is answered all the same."""
    person = notice.person
    if person is None or notice.kind == "sms.answer":
        return False
    if notice.channel == rules.SMS and queries.chosen(person.id).no_texts:
        return True
    if not (person.is_protected or person.erased_at) or notice.kind.startswith("sms."):
        return False
    return all(way.channel != notice.channel for way in queries.ways(person))


def _give_number(notice: Notice) -> None:
    """A question by text gets a number of its own, where answers can come in: `JA 7`."""
    asks = notice.is_question and notice.channel == Notice.Channel.SMS and notice.number is None
    if not asks or notice.person_id is None or queries.has_line(notice.municipality_id) is None:
        return
    mine = Notice.objects.everywhere().filter(person_id=notice.person_id)
    latest = mine.aggregate(latest=Max("number"))["latest"] or 0
    try:
        with transaction.atomic():
            Notice.objects.everywhere().filter(id=notice.id).update(number=latest + 1)
    except IntegrityError as fault:
        raise ServerAway("two questions at the same moment") from fault
    notice.number = latest + 1


def _try_later(notice: Notice, fault: NotSent) -> None:
    attempts, problem = notice.attempts + 1, str(fault)
    logger.warning("notice not sent", extra={"notice": str(notice.id), "attempts": attempts})
    # One text that is refused alone holds up those that were written after it: it is given up sooner.
    alone = notice.channel == Notice.Channel.SMS and not isinstance(fault, ServerAway)
    most = rules.ATTEMPTS_BEFORE_ANOTHER_WAY if alone else rules.MOST_ATTEMPTS
    if attempts >= most or _has_a_quicker_way(notice, attempts):
        fail(notice, from_states=CLAIMED, problem=problem)
        return
    _settle(
        notice,
        state=Notice.State.WAITING,
        due_at=clock.now() + rules.wait_after(attempts, fault.wait),
        problem=problem[:200],
        attempts=F("attempts") + 1,
    )


def _has_a_quicker_way(notice: Notice, attempts: int) -> bool:
    """Whether another machine can carry it; a letter is written only when everything else has failed."""
    if attempts < rules.ATTEMPTS_BEFORE_ANOTHER_WAY:
        return False
    way = _next_way(notice)
    return way is not None and way.channel in BY_MACHINE


@transaction.atomic
def fail(notice: Notice, *, from_states: Collection[str], problem: str) -> bool:
    """One channel has failed: the next that the person has takes over, else staff see it."""
    theirs = Notice.objects.everywhere().filter(id=notice.id, state__in=list(from_states), delivered_at=None)
    done = theirs.update(
        state=Notice.State.FAILED, claimed_until=None, problem=problem[:200], attempts=F("attempts") + 1
    )
    way = _next_way(notice) if done else None
    if way is None:
        return bool(done)
    bring(
        Notice.objects.create(
            municipality_id=notice.municipality_id,
            person_id=notice.person_id,
            address=way.address,
            channel=way.channel,
            language=notice.language,
            kind=notice.kind,
            about_id=notice.about_id,
            subject=notice.subject,
            body=notice.body,
            link=notice.link,
            is_question=notice.is_question,
            follows=notice,
            state=state_on(way.channel, way.address),
            until=queries.until(way.channel, notice.municipality_id, notice.about_id),
            # A moment later, so that one server's round does not run into the next.
            due_at=clock.now() + timedelta(seconds=1),
        )
    )
    return True


def _next_way(notice: Notice) -> queries.Way | None:
    """The next channel of this person that was not tried; secrets stay where they were sent."""
    wiped = not notice.body and not notice.link
    if notice.person is None or wiped or notice.kind.startswith("sms."):
        return None
    tried, earlier = {notice.channel}, notice.follows
    while earlier is not None:
        tried.add(earlier.channel)
        earlier = earlier.follows
    return next(iter(queries.ways_for(notice.kind, notice.person, tried=tried)), None)


def _settle(notice: Notice, **changes: object) -> None:
    Notice.objects.everywhere().filter(id=notice.id, state=Notice.State.CLAIMED).update(
        claimed_until=None, **changes
    )
