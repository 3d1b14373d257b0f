"""Finding a municipality, its committees, and whom it works together with."""

from dataclasses import dataclass
from uuid import UUID

from handtag.geo import municipalities as listed
from handtag.kernel.prepared import Prepared, a_text, an_id
from handtag.municipalities.models import Committee, Membership, Municipality


def by_slug(slug: str) -> Municipality | None:
    """The municipality with this slug, or None."""
    found: Municipality | None = _BY_SLUG.first(slug=slug) if slug else None
    return found


_BY_SLUG = Prepared(lambda: Municipality.objects.filter(slug=a_text("slug")).order_by())


def by_code(code: str) -> Municipality | None:
    """The municipality with this SCB code, or None."""
    return Municipality.objects.filter(code=code).first()


def by_id(municipality_id: UUID) -> Municipality | None:
    """The municipality with this id, or None."""
    found: Municipality | None = _BY_ID.first(town=municipality_id)
    return found


_BY_ID = Prepared(lambda: Municipality.objects.filter(pk=an_id("town")).order_by())


def everyone() -> list[Municipality]:
    """Every municipality that is live here, by name."""
    return list(Municipality.objects.all())


def committees(municipality_id: UUID) -> list[Committee]:
    """The committees of a municipality, by name."""
    return list(Committee.objects.of(municipality_id).order_by("name"))


@dataclass(frozen=True, slots=True)
class Partner:
    """One municipality in a partnership: it watches until it has joined."""

    code: str
    name: str
    slug: str
    is_live: bool
    has_joined: bool

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class PartnershipView:
    """A partnership and its municipalities: those that have joined, and those that watch."""

    id: UUID
    name: str
    slug: str
    joined: tuple[Partner, ...]
    watching: tuple[Partner, ...]


def partnerships(*, code: str | None = None) -> list[PartnershipView]:
    """All partnerships, or those that a municipality stands in."""
    rows = Membership.objects.select_related("partnership", "municipality").order_by("partnership__name")
    if code is not None:
        rows = rows.filter(partnership__memberships__code=code)
    found: dict[UUID, list[Membership]] = {}
    for row in rows:
        found.setdefault(row.partnership_id, []).append(row)
    return [_view(members) for members in found.values()]


def _view(members: list[Membership]) -> PartnershipView:
    partnership = members[0].partnership
    partners = sorted((_partner(member) for member in members), key=lambda partner: partner.name)
    return PartnershipView(
        id=partnership.id,
        name=partnership.name,
        slug=partnership.slug,
        joined=tuple(partner for partner in partners if partner.has_joined),
        watching=tuple(partner for partner in partners if not partner.has_joined),
    )


def _partner(member: Membership) -> Partner:
    town = listed.by_code(member.code)
    return Partner(
        code=member.code,
        name=town.name,
        slug=town.slug,
        is_live=member.municipality_id is not None,
        has_joined=member.joined_at is not None,
    )
