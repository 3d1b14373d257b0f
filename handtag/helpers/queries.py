"""Reading how somebody helps, and where an ask looks for helpers."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from math import inf
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import CharField, F, IntegerField, Value
from django.db.models.functions import Cast

from handtag.geo import squares
from handtag.geo.points import Point
from handtag.helpers import rules
from handtag.helpers.models import Availability, HelperLanguage, HelperProfile, HelperService, Posting
from handtag.kernel import clock, spoken
from handtag.kernel.actor import Actor
from handtag.kernel.tongues import TONGUES
from handtag.people.models import Person
from handtag.permits import queries as permits
from handtag.permits.queries.standing import Standing

AT_A_TIME: Final = 2000
ALWAYS: Final = 2 * rules.ANY_TIME - 1  # all the hours there are, and any


@dataclass(frozen=True, slots=True)
class Profile:
    """How somebody helps in one municipality; `is_ready` once they have answered all four questions."""

    id: UUID
    place_id: UUID | None
    place: str
    reach: int
    any_time: bool
    ticks: frozenset[rules.Tick]
    service_ids: frozenset[UUID]
    languages: tuple[str, ...]
    most_in_week: int | None
    is_ready: bool
    paused_until: datetime | None

    @property
    def is_paused(self) -> bool:
        """Whether they rest just now."""
        return self.paused_until is not None and self.paused_until > clock.now()

    @property
    def reach_km(self) -> int:
        """How far, in kilometres."""
        return self.reach // 1000

    @property
    def rests_till_told(self) -> bool:
        """Whether the pause has no end of its own."""
        return self.paused_until == rules.UNTIL_I_SAY


def profile(municipality_id: UUID, person_id: UUID) -> Profile | None:
    """How somebody helps here; None where they have not begun."""
    row = (
        HelperProfile.objects.of(municipality_id).filter(person_id=person_id).select_related("place").first()
    )
    if row is None:
        return None
    parts = _parts(row.id)
    return Profile(
        id=row.id,
        place_id=row.place_id,
        place=row.place.name if row.place else "",
        reach=row.reach,
        any_time=row.any_time,
        ticks=rules.ticks(parts.hours),
        service_ids=frozenset(map(UUID, parts.services)),
        languages=tuple(parts.languages),
        most_in_week=row.most_in_week,
        is_ready=row.is_active,
        paused_until=row.paused_until,
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    hours: list[rules.Weekly]
    services: list[str]
    languages: list[str]


def _parts(profile_id: UUID) -> _Parts:
    """The rows that hang on a profile, all three kinds in one query."""
    number, words = IntegerField(), CharField()
    none, nothing = Value(-1, output_field=number), Value("", output_field=words)
    hours = Availability.objects.filter(profile_id=profile_id).values_list(
        F("weekday") + 0, F("from_minute") + 0, F("to_minute") + 0, nothing, nothing
    )
    services = HelperService.objects.filter(profile_id=profile_id).values_list(
        none, none, none, Cast("service_id", words), nothing
    )
    languages = HelperLanguage.objects.filter(profile_id=profile_id).values_list(
        none, none, none, nothing, "language"
    )
    rows = list(hours.union(services, languages, all=True))
    return _Parts(
        hours=[rules.Weekly(*row[:3]) for row in rows if row[0] >= 0],
        services=[row[3] for row in rows if row[3]],
        languages=sorted(row[4] for row in rows if row[4]),
    )


def is_youth(person_id: UUID) -> bool:
    """Whether somebody is 13 to 17."""
    return Person.objects.filter(pk=person_id, age=Person.Age.YOUTH).exists()


def next_move(municipality_id: UUID, person_id: UUID) -> datetime | None:
    """When the helper's point may move again; None where it may move now."""
    rows = HelperProfile.objects.of(municipality_id).filter(person_id=person_id, is_active=True)
    moves = rows.values_list("moves", flat=True).first() or []
    return rules.next_move([datetime.fromisoformat(move) for move in moves], clock.now())


@dataclass(frozen=True, slots=True)
class ProfileWords:
    """A profile as it is read: the hours of the week as lines, languages by name."""

    hours: tuple[str, ...]
    languages: tuple[str, ...]


def words_of(profile: Profile) -> ProfileWords:
    """The hours as people say them, and the names of the languages."""
    rows = rules.windows(profile.ticks)
    hours = tuple(
        f"{spoken.weekdays(row.weekday)} {row.from_minute // 60}–{row.to_minute // 60}" for row in rows
    )
    return ProfileWords(hours, tuple(str(TONGUES.get(code, code)) for code in profile.languages))


@dataclass(frozen=True, slots=True)
class Remaining:
    """One thing left to do, where it is done, by which law, and the services it opens."""

    what: str
    where: str
    ground: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Readiness:
    """The chosen services by what can be done with them now, and all that remains, each thing once."""

    opened: list[Standing]
    waiting: list[Standing]
    closed: list[Standing]
    left: list[Standing]
    remaining: list[Remaining]


def readiness(by: Actor, profile: Profile) -> Readiness:
    """How far a helper has come with what they chose."""
    stands = permits.standings(by.whose, by.tenant, "perform").values()
    chosen = [each for each in stands if each.service.id in profile.service_ids]
    opened = [each for each in chosen if each.in_force]
    rest = [each for each in chosen if not each.in_force]
    closed = [each for each in rest if each.youth_closed or not each.untouched]
    waiting = [each for each in rest if each not in closed and not each.missing]
    left = [each for each in rest if each not in closed and each not in waiting]
    return Readiness(opened, waiting, closed, left, _remaining(left))


def _remaining(left: list[Standing]) -> list[Remaining]:
    """What opens the most stands first."""
    needed: dict[tuple[str, str, str], list[str]] = {}
    for each in left:
        for one in each.missing:
            needed.setdefault((one.what, one.where, one.ground), []).append(each.service.words.name)
    found = [Remaining(*key, tuple(names)) for key, names in needed.items()]
    return sorted(found, key=lambda one: -len(one.services))


def square_of(longitude: float, latitude: float, reach: int) -> int:
    """The square a helper's postings stand in: of their point, in the grid of their class of reach."""
    kind = rules.reach_class(reach)
    return squares.square(Point(longitude, latitude), kind, rules.SIDES[kind])


def squares_around(
    point: Point, *, wider_by: int = 0, within: float = inf, beyond: float = -1.0
) -> list[int]:
    """The squares in which stand all whose reach, widened by so much, may hold the point.

    `within` leaves out what is further away than so many metres, whatever the reach; `beyond` what was found
    within so many.
    """
    return [
        square
        for kind, (reach, side) in enumerate(zip(rules.REACHES, rules.SIDES, strict=True))
        if beyond < reach + wider_by
        for square in squares.around(point, kind, side, min(reach + wider_by, within), beyond)
    ]


class Posted(NamedTuple):
    """What a posting says; all of it follows from the first two."""

    profile: UUID
    service: UUID
    person: UUID
    square: int
    reach: int
    hours: int
    languages: int
    longitude: float
    latitude: float

    @property
    def key(self) -> tuple[UUID, UUID]:
        """Whose it is, and for which service."""
        return self[:2]


POSTED = (*("profile_id", "service_id", "person_id", "square", "reach", "hours"), *Posted._fields[6:])


def postings_due(profile_ids: Iterable[UUID] | None = None) -> Iterator[Posted]:
    """The postings that profiles and their services say there must be, in order; of all, or of these."""
    rows = HelperService.objects.filter(profile__is_active=True).order_by("profile_id", "service_id")
    if profile_ids is not None:
        rows = rows.filter(profile_id__in=list(profile_ids))
    columns = rows.values_list(
        *("profile_id", "service_id", "profile__person_id", "profile__any_time"),
        *("profile__reach", "profile__longitude", "profile__latitude"),
    )
    found = columns.iterator(chunk_size=AT_A_TIME)
    while some := list(islice(found, AT_A_TIME)):
        hours, languages = _bits({row[0] for row in some})
        for profile, service, person, any_time, reach, longitude, latitude in some:
            square = square_of(longitude, latitude, reach)
            free = ALWAYS if any_time else hours[profile]
            yield Posted(
                profile, service, person, square, reach, free, languages[profile], longitude, latitude
            )


def _bits(profile_ids: Collection[UUID]) -> tuple[dict[UUID, int], dict[UUID, int]]:
    """The hours and the languages of each of these, as the postings have them."""
    hours, languages = defaultdict[UUID, int](int), defaultdict[UUID, int](int)
    windows = Availability.objects.filter(profile_id__in=profile_ids)
    for profile, *window in windows.values_list("profile_id", "weekday", "from_minute", "to_minute"):
        hours[profile] |= rules.hour_bits([rules.Weekly(*window)])
    spoken_ones = HelperLanguage.objects.filter(profile_id__in=profile_ids)
    for profile, code in spoken_ones.values_list("profile_id", "language"):
        languages[profile] |= rules.tongue_bits([code])
    return hours, languages


def wrong_postings() -> Counter[str]:
    """How many postings are missing, too many, or say something else; nothing is changed."""
    found: Counter[str] = Counter()
    rows = Posting.objects.order_by("profile_id", "service_id").values_list(*POSTED)
    due, kept = postings_due(), map(Posted._make, rows.iterator(chunk_size=AT_A_TIME))
    one, other = next(due, None), next(kept, None)
    while one or other:
        if other is None or (one and one.key < other.key):
            found["missing"] += 1
            one = next(due, None)
        elif one is None or other.key < one.key:
            found["too many"] += 1
            other = next(kept, None)
        else:
            found["not what the profile says"] += one != other
            one, other = next(due, None), next(kept, None)
    return +found
