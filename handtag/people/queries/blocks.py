"""Who shall not meet whom."""

from uuid import UUID

from django.db.models import Q

from handtag.kernel.actor import Actor
from handtag.people.models import Block
from handtag.people.queries.names import shown_as


def blocked(municipality_id: UUID, person_id: UUID) -> set[UUID]:
    """Everybody this person shall not meet, whichever of the two said so."""
    rows = Block.objects.of(municipality_id).filter(Q(person_id=person_id) | Q(other_id=person_id))
    pairs = rows.values_list("person_id", "other_id")
    return {one for pair in pairs for one in pair if one != person_id}


def blocked_by_me(by: Actor) -> list[tuple[UUID, str]]:
    """Whom one has blocked oneself, by name; the others never learn of it."""
    rows = Block.objects.of(by.tenant).filter(person_id=by.whose).select_related("other").order_by("set_at")
    return [(row.other_id, shown_as(row.other, to=by)) for row in rows]
