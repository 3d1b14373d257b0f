"""Which roles somebody's groups in the directory give and take: only what came from there is taken."""

from collections.abc import Collection
from dataclasses import dataclass

from handtag.kernel.rights import IN_PARTNERSHIP, ROLES, STAFF, Right, Role

# A directory gives roles in its own municipality, never those of a partnership.
MAPPABLE = STAFF - IN_PARTNERSHIP


@dataclass(frozen=True, slots=True)
class Mapping:
    """One row: who is in the group gets the role."""

    group: str
    role: Role
    is_protected_too: bool = False

    @property
    def counts(self) -> bool:
        """Whether the row may give its role: one that sees protected people must say so itself."""
        return self.role in MAPPABLE and (self.is_protected_too or not sees_protected(self.role))


@dataclass(frozen=True, slots=True)
class Plan:
    """What a login changes: roles to give, roles to take."""

    give: frozenset[Role]
    take: frozenset[Role]


def sees_protected(role: Role) -> bool:
    """Whether the role may see protected identities."""
    return Right.KEEP_PROTECTED in ROLES[role]


def granted(groups: Collection[str], mappings: Collection[Mapping]) -> frozenset[Role]:
    """The roles that these groups give; groups are compared as they are written, without regard to case."""
    inside = {group.strip().casefold() for group in groups}
    return frozenset(row.role for row in mappings if row.counts and row.group.casefold() in inside)


def plan(wanted: Collection[Role], held: Collection[Role], mapped: Collection[Role]) -> Plan:
    """Give what is wanted and not held; take what came from the directory and is no longer wanted."""
    return Plan(frozenset(wanted) - frozenset(held), frozenset(mapped) & frozenset(held) - frozenset(wanted))
