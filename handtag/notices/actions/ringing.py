"""What a person tells by telephone: a notice that no machine carries, brought to whoever rings."""

from collections.abc import Callable, Collection
from uuid import UUID

from django.db.models import Q

from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.notices.models import Notice

# Rooms above see to it that somebody rings; set in their apps.ready().
AFTER_BRING: list[Callable[[Notice], None]] = []


def bring(notice: Notice) -> Notice:
    """Hand a new notice on to those who ring, if that is how it goes."""
    if notice.channel == Notice.Channel.PHONE and notice.state == Notice.State.WAITING:
        for consequence in AFTER_BRING:
            consequence(notice)
    return notice


def told_by_phone(
    *, by: Actor, person_id: UUID, notice_ids: Collection[UUID] = (), about_id: UUID | None = None
) -> int:
    """These, or what is about one thing, have been said to this person on the phone; returns how many."""
    by.must(Right.ANSWER_CALLS)
    waiting = Notice.objects.of(by.tenant).filter(
        person_id=person_id, channel=Notice.Channel.PHONE, state=Notice.State.WAITING
    )
    said = waiting.filter(Q(id__in=list(notice_ids)) | Q(about_id__isnull=False, about_id=about_id))
    return said.update(state=Notice.State.SENT, sent_at=clock.now())
