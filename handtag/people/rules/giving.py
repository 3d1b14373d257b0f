"""Who may give which role: the table, what a role may be narrowed to, and what a narrowed giver hands on."""

from collections.abc import Iterable
from uuid import UUID

from handtag.kernel.actor import Hat
from handtag.kernel.rights import IN_PARTNERSHIP, STAFF, Role

_R = Role
IN_TOWN = STAFF - IN_PARTNERSHIP

# A coordinator cannot make an officer, and nobody gives a role to themselves: to see protected people takes
# an administrator, who is another person.
GIVES: dict[Role, frozenset[Role]] = {
    _R.COORDINATOR: IN_TOWN - {_R.PROTECTED_IDENTITY_OFFICER},
    _R.ADMINISTRATOR: IN_TOWN,
    _R.SYSTEM: frozenset(Role) - {_R.SYSTEM},
}

# What a role may be narrowed to: that which its rights are asked about. The other roles count for the whole
# municipality, and a narrowing that nobody asks about would be a promise that is not kept.
SERVICES, COMMITTEES, GROUPS = "services", "committees", "groups"
_BY_SERVICE = (SERVICES, COMMITTEES)
NARROWS: dict[Role, tuple[str, ...]] = {
    _R.GROUP_COORDINATOR: (GROUPS,),
    _R.COORDINATOR: _BY_SERVICE,
    _R.CASEWORKER: _BY_SERVICE,
    _R.SERVICE_POINT_HOST: _BY_SERVICE,
    _R.PROTECTED_IDENTITY_OFFICER: _BY_SERVICE,
    _R.ADMINISTRATOR: _BY_SERVICE,
}
KINDS = (*_BY_SERVICE, GROUPS)


def narrowed(hat: Hat) -> dict[str, frozenset[UUID]]:
    """What a role is narrowed to, kind by kind; empty where it counts for everything."""
    found = {SERVICES: hat.services, COMMITTEES: hat.committees, GROUPS: hat.groups}
    return {kind: chosen for kind, chosen in found.items() if chosen}


def unfit(hat: Hat) -> list[str]:
    """The kinds that this role cannot be narrowed to, though it is."""
    return [kind for kind in narrowed(hat) if kind not in NARROWS.get(hat.role, ())]


def givable(hats: Iterable[Hat]) -> frozenset[Role]:
    """The roles that somebody with these hats may give; a narrowed giver only what can be as narrow."""
    return frozenset(
        role
        for hat in hats
        for role in GIVES.get(hat.role, frozenset())
        if set(narrowed(hat)) <= set(NARROWS.get(role, ()))
    )


def bounds(hats: Iterable[Hat]) -> dict[str, frozenset[UUID]]:
    """Within what somebody with these hats may give, kind by kind; a kind without bounds is left out."""
    givers = [narrowed(hat) for hat in hats if hat.role in GIVES]
    return {
        kind: frozenset().union(*(own[kind] for own in givers))
        for kind in KINDS
        if givers and all(kind in own for own in givers)
    }


def may_give(hats: Iterable[Hat], hat: Hat) -> bool:
    """Whether one of the hats may give this role this wide: nobody hands on more than they have."""
    return any(hat.role in GIVES.get(own.role, frozenset()) and _within(hat, own) for own in hats)


def _within(hat: Hat, own: Hat) -> bool:
    given = narrowed(hat)
    return all(kind in given and given[kind] <= held for kind, held in narrowed(own).items())
