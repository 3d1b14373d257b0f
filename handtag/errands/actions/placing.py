"""Where an ask is: the exact place for who agrees to come, a snapped point and an area for all others."""

from dataclasses import dataclass
from uuid import UUID

from handtag.errands.messages import asking as messages
from handtag.errands.rules.asks import Trouble, Wish
from handtag.geo.errors import GeoProblem
from handtag.geo.points import Point, snap
from handtag.kernel.actor import Actor
from handtag.kernel.errors import Problem
from handtag.municipalities import queries as towns
from handtag.municipalities.models import Municipality, Place
from handtag.people.models import Person


@dataclass(frozen=True, slots=True)
class Spot:
    """A place found: who may know what of it."""

    point: Point
    area_id: UUID | None
    place_id: UUID | None
    words: str
    door: str
    is_hidden: bool

    @property
    def snapped(self) -> Point:
        """The middle of its square: all that is kept outside AskPlace."""
        return snap(self.point)

    @property
    def exact(self) -> dict[str, object]:
        """The columns of AskPlace."""
        return {
            "place_id": self.place_id,
            "words": self.words,
            "door": self.door,
            "longitude": self.point.lon,
            "latitude": self.point.lat,
        }


def spot_of(by: Actor, wish: Wish) -> Spot:
    """Where a wish is. Of a protected person nothing finer than the municipality is ever written down."""
    if Person.objects.get(pk=by.whose).is_protected:
        return hidden(by.tenant)
    place = towns.place(by.tenant, wish.place_id) if wish.place_id else None
    point = _point(by, wish, place)
    known = towns.Areas.of(by.tenant)
    area_id = known.id_at(point)
    if area_id is None and known.shapes:
        raise _problem("elsewhere")
    return Spot(point, area_id, wish.place_id, wish.address.strip(), wish.door.strip(), is_hidden=False)


def hidden(municipality_id: UUID) -> Spot:
    """The municipality and nothing finer."""
    town = Municipality.objects.get(pk=municipality_id)
    return Spot(Point(town.longitude, town.latitude), None, None, "", "", is_hidden=True)


def _point(by: Actor, wish: Wish, place: Place | None) -> Point:
    """The point on the map; else the address if the municipality's list has it; else the place."""
    try:
        if wish.longitude is not None and wish.latitude is not None:
            return Point(wish.longitude, wish.latitude)
    except GeoProblem:
        raise _problem("elsewhere") from None
    address = _listed(by, wish.address)
    if address is not None:
        return address
    if place is None:
        raise _problem("place_missing")
    return Point(place.longitude, place.latitude)


def _listed(by: Actor, address: str) -> Point | None:
    found = towns.find_places(by.tenant, address, kind=Place.Kind.ADDRESS)
    same = [row for row in found if row.name.casefold() == address.strip().casefold()]
    return Point(same[0].longitude, same[0].latitude) if len(same) == 1 else None


def _problem(code: str) -> Problem:
    trouble = Trouble("place", code)
    return Problem(messages.words(trouble), field=trouble.field)
