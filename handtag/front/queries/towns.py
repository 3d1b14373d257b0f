"""Reading what the pages of several rooms show together."""

from dataclasses import dataclass
from uuid import UUID

from handtag.geo import municipalities as listed
from handtag.municipalities.models import Membership, Municipality


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality to choose."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Programme:
    """A partnership: who has joined and who watches."""

    name: str
    joined: list[str]
    watching: list[str]


def towns() -> list[Town]:
    """The municipalities that are live here."""
    return [Town(*row) for row in Municipality.objects.order_by("name").values_list("name", "slug")]


def programmes(municipality_id: UUID | None = None) -> list[Programme]:
    """The partnerships, of one municipality where it is named, with who has joined and who watches."""
    members = Membership.objects.select_related("partnership").order_by("partnership__name", "code")
    if municipality_id is not None:
        members = members.filter(partnership__memberships__municipality=municipality_id)
    found: dict[str, Programme] = {}
    for member in members:
        name = member.partnership.name
        programme = found.setdefault(name, Programme(name, [], []))
        (programme.joined if member.municipality_id else programme.watching).append(
            listed.by_code(member.code).name
        )
    return list(found.values())
