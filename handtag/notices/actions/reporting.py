"""What became of a text message, as the provider reports it: late, twice and in any order."""

from uuid import UUID

from django.db import transaction

from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.notices.actions.sending import fail
from handtag.notices.models import Notice

ON_ITS_WAY = frozenset({Notice.State.CLAIMED, Notice.State.SENT})
KNOWN = frozenset({*ON_ITS_WAY, Notice.State.FAILED})


@transaction.atomic
def note_report(*, by: Actor, notice_id: UUID, provider_id: str, status: str) -> None:
    """Note one report. Delivered is final; a failure moves what is on its way to the next channel.

    A worker killed after the provider's yes left the notice claimed: a report says that it was sent.
    """
    by.must(Right.TAKE_PART)
    notices = Notice.objects.of(by.tenant).filter(id=notice_id, channel=Notice.Channel.SMS)
    notice = notices.first()
    if notice is None or (notice.provider_id and notice.provider_id != provider_id[:64]):
        return
    if status == "failed":
        fail(notice, from_states=ON_ITS_WAY, problem="reported as not delivered")
    elif status in ("sent", "delivered"):
        sent = {"state": Notice.State.SENT, "claimed_until": None, "provider_id": provider_id[:64]}
        notices.filter(state=Notice.State.CLAIMED).update(**sent, sent_at=clock.now())
        if status == "delivered":
            known = notices.filter(state__in=sorted(KNOWN), delivered_at=None)
            known.update(state=Notice.State.SENT, delivered_at=clock.now(), problem="")
