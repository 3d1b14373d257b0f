"""The ways to somebody for one kind of news; some news goes only where nobody else can keep it from them."""

from collections.abc import Callable, Collection
from uuid import UUID

from handtag.notices.queries.ways import Way, ways
from handtag.notices.rules import channels as rules
from handtag.notices.rules import not_for
from handtag.people.models import Person

# Rooms above say which addresses on record are somebody else's too; set in their apps.ready().
NOT_THEIR_OWN: list[Callable[[UUID], frozenset[str]]] = []


def ways_for(kind: str, person: Person, *, tried: Collection[str] = ()) -> tuple[Way, ...]:
    """The ways to this person for this kind of news, in the order they are tried."""
    found = ways(person, tried={*tried, *not_for(kind)})
    if kind not in rules.ON_ONES_OWN:
        return found
    shared = {address for others in NOT_THEIR_OWN for address in others(person.id)}
    return tuple(way for way in found if way.address not in shared)
