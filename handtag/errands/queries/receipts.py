"""Receipts of an errand: which there are, and the photo of one, for its two sides and who steers asks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handtag.errands.models import Errand, Receipt
from handtag.errands.queries.sides import errand_of, is_relayed, side_of
from handtag.errands.rules import lifecycle, receipts
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One receipt, as it stands in the errand."""

    id: UUID
    number: int
    added_at: datetime


def receipts_of(by: Actor, errand: Errand) -> tuple[ReceiptRow, ...]:
    """The receipts of an errand that this reader may see, the earliest first; without an outlay none."""
    if not _may_see(by, errand) or getattr(errand, "outlay", None) is None:
        return ()
    rows = Receipt.objects.of(by.tenant).filter(errand=errand).order_by("added_at", "id")
    return tuple(
        ReceiptRow(each, number, added_at)
        for number, (each, added_at) in enumerate(rows.values_list("id", "added_at"), start=1)
    )


def may_add(by: Actor, errand: Errand, count: int) -> bool:
    """Whether this reader may add one more."""
    return may_change(by, errand) and count < receipts.MOST and getattr(errand, "outlay", None) is not None


def may_change(by: Actor, errand: Errand) -> bool:
    """The helper adds and removes while the two are close, unless the municipality arranges the contact."""
    is_helper = side_of(by, errand) == Errand.Side.HELPER
    close = lifecycle.are_close(errand.state, errand.ends_at, clock.now())
    return is_helper and close and not is_relayed(errand)


def receipt_of(by: Actor, errand_id: UUID, receipt_id: UUID) -> tuple[Errand, Receipt]:
    """One receipt with its photo; NotFound for who may not see it."""
    errand = errand_of(by, errand_id)
    found = Receipt.objects.of(by.tenant).filter(errand=errand, id=receipt_id).first()
    if found is None or not _may_see(by, errand):
        raise NotFound("receipt")
    return errand, found


def _may_see(by: Actor, errand: Errand) -> bool:
    """A receipt names a shop: where somebody is protected only officers see it, whom `errand_of` lets in."""
    return side_of(by, errand) is None or not is_relayed(errand)
