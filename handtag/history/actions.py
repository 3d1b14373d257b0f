"""Writing in the book: what was done, and who looked."""

from uuid import UUID

from django.db import transaction

from handtag.history import rules
from handtag.history.models import ChainHead, Entry, Words
from handtag.history.queries import CHAINED, NOWHERE
from handtag.kernel.actor import Actor
from handtag.kernel.prepared import insert, update_each

Fact = str | int | bool | None | list[str]


def record(
    *,
    by: Actor,
    verb: str,
    kind: str,
    object_id: UUID | None,
    about: UUID | None = None,
    reason: str = "",
    **facts: Fact,
) -> Entry:
    """Write one deed, in the transaction of the deed itself.

    `verb` names the deed as `ask.opened` does; `about` is the person it concerns. `facts` are codes and
    numbers, never names or free text; a reason in somebody's own words goes to a row that can be erased.
    """
    entry = insert(
        Entry(
            municipality_id=by.municipality_id,
            verb=verb,
            kind=kind,
            object_id=object_id,
            actor_id=by.person_id,
            role=by.role.value if by.role else "",
            via=by.via.value,
            behalf_of=by.behalf_of,
            about_id=about,
            facts=facts,
        )
    )
    if reason:
        Words.objects.create(entry=entry, text=reason)
    return entry


def looked(*, by: Actor, about: UUID, page: str, reason: str = "") -> Entry:
    """Write that somebody read a person's page, or a page about them."""
    return record(
        by=by, verb="person.read", kind="person", object_id=about, about=about, reason=reason, page=page
    )


def seal(*, limit: int = 5000) -> int:
    """Chain committed rows that are not yet chained, oldest first; returns how many.

    Safe to run twice and by several workers: the head of each chain is locked while it grows.
    """
    waiting = Entry.objects.filter(number=None).order_by("at")[:limit]
    towns = {row or NOWHERE for row in waiting.values_list("municipality_id", flat=True)}
    return sum(_seal_town(town, limit) for town in sorted(towns))


@transaction.atomic
def _seal_town(municipality_id: UUID, limit: int) -> int:
    ChainHead.objects.get_or_create(municipality_id=municipality_id)
    head = ChainHead.objects.select_for_update().get(municipality_id=municipality_id)
    rows = Entry.objects.filter(
        number=None, municipality_id=None if municipality_id == NOWHERE else municipality_id
    )
    sealed = {}
    number, before = head.number, head.digest
    for cells in rows.order_by("at", "id").values(*CHAINED)[:limit]:
        number += 1
        before = rules.digest(before, number, cells)
        sealed[cells["id"]] = (number, before)
    update_each(Entry, ("number", "digest"), sealed)
    ChainHead.objects.filter(pk=head.pk).update(number=number, digest=before)
    return len(sealed)
