"""Finding somebody by name, phone or e-mail: at most twenty, and never a list of everybody."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.people.queries.names import shown_as
from handtag.people.queries.walls import here_and_visible
from handtag.people.rules import seeking


@dataclass(frozen=True, slots=True)
class Found:
    """One hit: a name, and the place that tells two of the same name apart."""

    id: UUID
    name: str
    place: str
    is_protected: bool


def search(by: Actor, words: str) -> list[Found]:
    """People of this municipality; who is protected exists for the officers alone."""
    by.must(Right.SEE_PEOPLE)
    wanted = seeking.read(words)
    if wanted.is_nothing:
        return []
    rows = here_and_visible(by).filter(_sounding_like(wanted)).select_related("place")
    hits = rows.order_by("sought", "pk")[: seeking.MOST]
    return [
        Found(hit.id, shown_as(hit, to=by), hit.place.name if hit.place else "", hit.is_protected)
        for hit in hits
    ]


def _sounding_like(wanted: seeking.Wanted) -> Q:
    if wanted.phone:
        return Q(phone__endswith=wanted.phone)
    if wanted.email:
        return Q(email__startswith=wanted.email)
    found = Q()
    for part in wanted.name:
        # Each part begins one of the names, so that "an" finds Anna and not Johan.
        found &= Q(sought__startswith=part) | Q(sought__contains=f" {part}")
    return found
