"""Letters on paper: printed once by one of us, posted, or put back when they did not go out."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from handtag.history import actions as history
from handtag.kernel import clock, phones
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, Problem, TooLate
from handtag.kernel.rights import Right
from handtag.notices import messages
from handtag.notices.models import Batch, Notice
from handtag.notices.queries import is_pointless
from handtag.notices.queries import letters as queries
from handtag.papers.documents import letters as typeset

TOLD_BY_PHONE = "told by phone"


@transaction.atomic
def print_letters(
    *, by: Actor, notice_ids: Collection[UUID] | None = None, is_protected: bool = False
) -> Batch | None:
    """Take letters out of the queue to be printed: these, or all that wait. None if none were left.

    Two who press at the same moment never get the same letter. What a letter tells of and is not so any more
    is taken back instead. Those of protected persons are printed by officers, apart from all others.
    """
    chosen = queries.printable(by, notice_ids, is_protected=is_protected)
    rows = Notice.objects.of(by.tenant).filter(id__in=chosen, state=Notice.State.WAITING)
    # In one order, so that two who take the same letters wait for one another.
    mine = list(rows.select_for_update(of=("self",)).select_related("person").order_by("id"))
    if not mine:
        raise TooLate(_("Somebody else has just printed these, or there is none left."))
    over = {row.id for row in mine if is_pointless(row)}
    rows.filter(id__in=over).update(state=Notice.State.CANCELLED)
    left = [row for row in mine if row.id not in over]
    if not left:
        return None
    batch = Batch.objects.create(
        municipality_id=by.tenant, printed_by_id=by.person, printed_at=clock.now(), is_protected=is_protected
    )
    rows.filter(id__in=[row.id for row in left]).update(state=Notice.State.PRINTED, batch=batch)
    history.record(
        by=by, verb="letters.printed", kind="letters", object_id=batch.id, letters=len(left), over=len(over)
    )
    return batch


def open_batch(*, by: Actor, batch_id: UUID) -> bytes:
    """The letters of a batch as one PDF, each on pages of its own; that they were read is logged.

    What is not so any more since they were printed is taken back, here too. Two hundred letters take a while
    to gather: only the log is written in a transaction, so that nobody else waits for it.
    """
    rows = queries.printed(by, batch_id)
    over = {row.id for row in rows if is_pointless(row)}
    papers, read = [], set()
    for row in rows:
        if row.person is not None and row.id not in over:
            with translation.override(row.language):
                told = queries.sealed(row)
            if told.is_over:
                over.add(row.id)
                continue
            read |= {row.person.id, *told.tells_of}
            name, lines = queries.named(by, row.person), queries.address(row.person)
            papers.append(messages.on_paper(row, told, name=name, lines=lines))
    with transaction.atomic():
        _of(by, batch_id).filter(id__in=over).update(state=Notice.State.CANCELLED)
        for one in sorted(read):
            history.looked(by=by, about=one, page="letter")
    if not papers:
        raise Problem(_("What the letters told of is not so any more. There is nothing to print."))
    return typeset(papers, title=str(_("Letters to post")))


@transaction.atomic
def post_letters(*, by: Actor, batch_id: UUID) -> int:
    """All of a batch that were printed have been put in the letter box; returns how many."""
    by.must(queries.MAY)
    posted = _of(by, batch_id).update(state=Notice.State.SENT, sent_at=clock.now(), problem="")
    if posted:
        history.record(by=by, verb="letters.posted", kind="letters", object_id=batch_id, letters=posted)
    return posted


@transaction.atomic
def put_back(*, by: Actor, batch_id: UUID, notice_ids: Collection[UUID] | None = None) -> int:
    """These of a batch, or all of it, did not go out: they wait to be printed again."""
    by.must(queries.MAY)
    rows = _of(by, batch_id)
    if notice_ids is not None:
        rows = rows.filter(id__in=list(notice_ids))
    back = rows.update(state=Notice.State.WAITING, batch=None)
    if back:
        history.record(by=by, verb="letters.put_back", kind="letters", object_id=batch_id, letters=back)
    return back


@transaction.atomic
def told_instead(*, by: Actor, notice_id: UUID) -> None:
    """What the letter says was told by phone: it is not printed any more."""
    by.must(queries.MAY)
    if not queries.is_letter(by, notice_id):
        raise NotFound("letter")
    if notice_id not in {row.notice_id for row in queries.to_phone(by)}:
        raise Problem(_("Somebody has already told them."))
    rows = Notice.objects.of(by.tenant).filter(id=notice_id, state=Notice.State.WAITING)
    if rows.update(state=Notice.State.SENT, sent_at=clock.now(), problem=TOLD_BY_PHONE):
        person_id = Notice.objects.of(by.tenant).values_list("person_id", flat=True).get(id=notice_id)
        history.record(
            by=by, verb="letter.told_by_phone", kind="notice", object_id=notice_id, about=person_id
        )


@transaction.atomic
def ring_instead(*, by: Actor, person_id: UUID) -> int:
    """What no letter brings to this person in time is to be told by telephone; returns how much that is."""
    late = [row for row in queries.to_phone(by) if row.person_id == person_id]
    if not late:
        raise TooLate(_("Somebody has already told them."))
    if not late[0].phone:
        raise Problem(_("We have no number to ring them on. Write one among their details first."))
    rows = Notice.objects.of(by.tenant).filter(
        id__in=[row.notice_id for row in late], channel=Notice.Channel.LETTER, state=Notice.State.WAITING
    )
    moved = rows.update(channel=Notice.Channel.PHONE, address=phones.normal(late[0].phone))
    history.record(
        by=by, verb="letter.to_be_phoned", kind="person", object_id=person_id, about=person_id, letters=moved
    )
    return moved


def _of(by: Actor, batch_id: UUID) -> QuerySet[Notice]:
    """What of a batch is printed and no more; of a protected one for officers alone.

    Without a join: an UPDATE over one tests the state before it waits for a colleague's, and not after.
    """
    batches = Batch.objects.of(by.tenant).filter(id=batch_id)
    if not by.may(Right.KEEP_PROTECTED):
        batches = batches.filter(is_protected=False)
    if not batches.exists():
        return Notice.objects.of(by.tenant).none()
    return Notice.objects.of(by.tenant).filter(batch_id=batch_id, state=Notice.State.PRINTED)
