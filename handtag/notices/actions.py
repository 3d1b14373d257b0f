"""Putting messages in the outbox in the transaction of the deed, and sending what lies there."""

import logging
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q
from django.utils import translation

from handtag.kernel import clock
from handtag.municipalities.models import Municipality
from handtag.notices import rules
from handtag.notices.gateways import email
from handtag.notices.messages import Letter, whole
from handtag.notices.models import Notice
from handtag.people.models import Person

logger = logging.getLogger(__name__)

__all__ = ["Letter", "cancel", "enqueue", "send_due", "tell"]


def tell(
    *,
    municipality_id: UUID | None,
    person_id: UUID,
    kind: str,
    write: Callable[[], Letter],
    about_id: UUID | None = None,
) -> Notice:
    """Write one notice to a person; `write` is called with their language in force."""
    person = Person.objects.only("email", "language").get(pk=person_id)
    with translation.override(person.language):
        letter = write()
        return enqueue(
            municipality_id=municipality_id,
            person_id=person_id,
            address=person.email,
            language=person.language,
            kind=kind,
            letter=letter,
            about_id=about_id,
        )


def enqueue(
    *,
    municipality_id: UUID | None,
    person_id: UUID | None,
    address: str,
    language: str,
    kind: str,
    letter: Letter,
    about_id: UUID | None = None,
) -> Notice:
    """Write one notice to be sent by the worker once this transaction is committed.

    Without an address the notice is kept as unreachable, so that staff see whom nothing reached.
    """
    return Notice.objects.create(
        municipality_id=municipality_id,
        person_id=person_id,
        address=address,
        language=language,
        kind=kind,
        about_id=about_id,
        subject=letter.subject,
        body=letter.body,
        link=letter.link,
        state=Notice.State.WAITING if address else Notice.State.UNREACHABLE,
        due_at=clock.now(),
    )


def cancel(*, about_id: UUID, kinds: frozenset[str]) -> int:
    """Take back notices not yet sent, for a deed that was undone; returns how many."""
    return (
        Notice.objects.everywhere()
        .filter(about_id=about_id, kind__in=kinds, state=Notice.State.WAITING)
        .update(state=Notice.State.CANCELLED)
    )


def send_due(limit: int = 50) -> int:
    """Send what is due, at most `limit`; returns how many were sent.

    A notice is claimed before it is sent. A worker killed between the mail server's yes and our note of it
    sends it again under the same Message-ID when the claim has run out. The round ends early when the mail
    server is away or slow, so that the worker gets on with its other duties and can be stopped.
    """
    now = clock.now()
    claimable = Q(state=Notice.State.WAITING, due_at__lte=now) | Q(
        state=Notice.State.CLAIMED, claimed_until__lt=now
    )
    waiting = Notice.objects.everywhere().filter(claimable).order_by("due_at")
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
        except email.ServerAway:
            break
    return sent


def _send(notice: Notice) -> bool:
    try:
        email.send(_email(notice))
    except email.NeverSendable as refusal:
        _settle(notice, state=Notice.State.FAILED, problem=str(refusal))
        return False
    except email.NotSent as fault:
        _try_later(notice, str(fault))
        if isinstance(fault, email.ServerAway):
            raise
        return False
    secret = notice.kind in rules.SECRET_KINDS
    _settle(
        notice,
        state=Notice.State.SENT,
        sent_at=clock.now(),
        body="" if secret else notice.body,
        link="" if secret else notice.link,
        problem="",
    )
    return True


def _email(notice: Notice) -> email.Email:
    town = Municipality.objects.filter(pk=notice.municipality_id).first() if notice.municipality_id else None
    with translation.override(notice.language):
        body = whole(
            Letter(notice.subject, notice.body, notice.link),
            town=town.name if town else "",
            phone=town.phone if town else "",
        )
    host = settings.BASE_URL.split("://", 1)[-1].split("/", 1)[0].split(":", 1)[0]
    return email.Email(notice.address, notice.subject, body, f"<{notice.id}@{host}>", notice.language)


def _try_later(notice: Notice, problem: str) -> None:
    attempts = notice.attempts + 1
    given_up = attempts >= rules.MOST_ATTEMPTS
    logger.warning("notice not sent", extra={"notice": str(notice.id), "attempts": attempts})
    _settle(
        notice,
        state=Notice.State.FAILED if given_up else Notice.State.WAITING,
        due_at=clock.now() + rules.wait_after(attempts),
        problem=problem[:200],
        attempts=F("attempts") + 1,
    )


def _settle(notice: Notice, **changes: object) -> None:
    Notice.objects.everywhere().filter(id=notice.id, state=Notice.State.CLAIMED).update(
        claimed_until=None, **changes
    )


def put_aside() -> int:
    """Take back everything not yet sent; for the sample, whose people have no mailboxes."""
    waiting = Notice.objects.everywhere().filter(state=Notice.State.WAITING)
    return waiting.update(state=Notice.State.CANCELLED)
