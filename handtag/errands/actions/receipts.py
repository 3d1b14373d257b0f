"""Receipts: the helper shows what the goods cost, with a photo that tells nothing else."""

import hashlib
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.errands.models import Errand, Outlay, Receipt
from handtag.errands.queries import receipts as queries
from handtag.errands.queries.sides import errand_of, is_relayed, side_of
from handtag.errands.rules import receipts as rules
from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, NotFound, Problem, TooLate
from handtag.papers.photos import Photo


@transaction.atomic
def add_receipt(*, by: Actor, errand_id: UUID, photo: Photo) -> Receipt:
    """The helper adds a photo of a receipt to an errand with money agreed on; the same one twice is one."""
    errand = _as_helper(by, errand_id)
    if Outlay.objects.select_for_update().filter(errand=errand).first() is None:
        raise Problem(_("No money was agreed on for this errand."), field="receipt")
    digest = hashlib.sha256(photo.data).hexdigest()
    there = Receipt.objects.of(by.tenant).filter(errand=errand)
    same = there.filter(digest=digest).first()
    if same is not None:
        return same
    if there.count() >= rules.MOST:
        raise Problem(_("There are five receipts here already. Remove one of them first."), field="receipt")
    made = Receipt.objects.create(
        municipality_id=by.tenant, errand=errand, photo=photo.data, digest=digest, added_at=clock.now()
    )
    _record(by, errand, "receipt.added")
    return made


@transaction.atomic
def remove_receipt(*, by: Actor, errand_id: UUID, receipt_id: UUID) -> None:
    """The helper takes a receipt away again; the photo is gone for good."""
    errand = _as_helper(by, errand_id)
    removed, _rows = Receipt.objects.of(by.tenant).filter(errand=errand, id=receipt_id).delete()
    if not removed:
        raise NotFound("receipt")
    _record(by, errand, "receipt.removed")


@transaction.atomic
def open_receipt(*, by: Actor, errand_id: UUID, receipt_id: UUID) -> bytes:
    """The photo of one receipt; that somebody on the staff looked is noted for both who are in the errand."""
    errand, receipt = queries.receipt_of(by, errand_id, receipt_id)
    if side_of(by, errand) is None:
        for person_id in (errand.asker_id, errand.helper_id):
            history.looked(by=by, about=person_id, page="receipt")
    return bytes(receipt.photo)


def _as_helper(by: Actor, errand_id: UUID) -> Errand:
    errand = errand_of(by, errand_id)
    if side_of(by, errand) != Errand.Side.HELPER:
        raise NotAllowed("only the helper shows receipts")
    if is_relayed(errand):
        raise NotFound("the municipality arranges the contact")
    if not queries.may_change(by, errand):
        raise TooLate(_("Receipts can no longer be added or removed here."))
    return errand


def _record(by: Actor, errand: Errand, verb: str) -> None:
    history.record(by=by, verb=verb, kind="errand", object_id=errand.id, about=errand.asker_id)
