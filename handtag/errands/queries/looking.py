"""A helper who looks for something to do: what decides which asks they may take, known or given later."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from handtag.errands.rules.hours import Weekly
from handtag.geo.points import Box, Point, box
from handtag.kernel.prepared import a_number, an_id, ids

WIDEST: Final = 20_000  # metres: no ask is widened further


@dataclass(frozen=True, slots=True)
class Helper:
    """What of a helper decides which asks they may take."""

    person_id: UUID
    municipality_id: UUID
    longitude: float
    latitude: float
    reach: int
    any_time: bool
    hours: tuple[Weekly, ...]
    languages: frozenset[str]
    service_ids: frozenset[UUID]
    lacking_ids: frozenset[UUID]
    asked_ids: frozenset[UUID]


def near(helper: Helper, within: int | None = None) -> Box:
    """Where to look for a helper: within their own reach or the distance they chose, and a widened ask's."""
    reach = helper.reach if within is None else within
    return box(Point(helper.longitude, helper.latitude), reach + WIDEST)


def hollow(services: int, languages: frozenset[str]) -> tuple[Helper, Box]:
    """A helper with so many services and these languages, and where to look: all else is given later."""
    helper = Helper(
        person_id=an_id("person"),
        municipality_id=an_id("town"),
        longitude=0.0,
        latitude=0.0,
        reach=0,
        any_time=True,
        hours=(),
        languages=languages,
        service_ids=frozenset(ids("services", services)),
        lacking_ids=frozenset(),
        asked_ids=frozenset(),
    )
    return helper, Box(*map(a_number, Box._fields))


def given(helper: Helper, within: int | None) -> dict[str, Any]:
    """What fills a `hollow` helper."""
    town, person, services = helper.municipality_id, helper.person_id, sorted(helper.service_ids)
    return {"town": town, "person": person, "services": services, **near(helper, within)._asdict()}
