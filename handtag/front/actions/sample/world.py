"""What the building of the sample carries along: chance from one seed, the towns, who is who, what comes."""

import heapq
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from uuid import UUID

from handtag.kernel.actor import Actor, Hat, Via
from handtag.kernel.rights import Role
from handtag.municipalities.models import Municipality
from handtag.municipalities.queries import PlaceRow
from handtag.permits.queries import ServiceRow

Deed = Callable[[], None]
Say = Callable[[str], None]


@dataclass(slots=True)
class Town:
    """One town of the sample while it is built."""

    municipality: Municipality
    places: list[PlaceRow]
    weights: list[int]
    services: dict[str, ServiceRow]
    groups: list[UUID]
    askers: list[UUID] = field(default_factory=list)
    staff: dict[Role, UUID] = field(default_factory=dict)

    def resident(self, person_id: UUID, via: Via = Via.WEB) -> Actor:
        """Somebody of the town, as a resident."""
        return Actor(person_id, self.municipality.id, (Hat(Role.RESIDENT),), via=via)

    def officer(self, role: Role) -> Actor:
        """The member of the staff who has this role."""
        return Actor(self.staff[role], self.municipality.id, (Hat(role),))


@dataclass(slots=True)
class World:
    """Everything that is known while the sample is built."""

    chance: random.Random
    begins: datetime
    ends: datetime
    say: Say
    towns: dict[str, Town] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    errands_seen: set[UUID] = field(default_factory=set)
    fates: Iterator[str] = field(default_factory=lambda: iter(()))
    _coming: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=count)

    def at(self, moment: datetime, deed: Deed) -> None:
        """Let something happen later; what lies beyond the end never does."""
        if moment < self.ends:
            heapq.heappush(self._coming, (moment, next(self._numbers), deed))

    def next_deed(self) -> tuple[datetime, Deed] | None:
        """What happens next."""
        if not self._coming:
            return None
        moment, _number, deed = heapq.heappop(self._coming)
        return moment, deed
