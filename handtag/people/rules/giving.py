"""Who may give which role: the table, and what a narrowed giver may hand on."""

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


def givable(hats: Iterable[Hat]) -> frozenset[Role]:
    """The roles that somebody with these hats may give, narrowed or not."""
    return frozenset(role for hat in hats for role in GIVES.get(hat.role, frozenset()))


def may_give(hats: Iterable[Hat], hat: Hat) -> bool:
    """Whether one of the hats may give this role this wide: nobody hands on more than they have."""
    return any(hat.role in GIVES.get(own.role, frozenset()) and _within(hat, own) for own in hats)


def _within(hat: Hat, own: Hat) -> bool:
    pairs = ((hat.services, own.services), (hat.groups, own.groups), (hat.committees, own.committees))
    return all(_narrower(given, held) for given, held in pairs)


def _narrower(given: frozenset[UUID], held: frozenset[UUID]) -> bool:
    return not held or (bool(given) and given <= held)
