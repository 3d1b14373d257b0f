"""The figures of a municipality: who is signed up, what is asked for and where, and how soon it is filled.

Every number is guarded by the room's rules: what is under five is hidden, and no total tells it. Protected
people are in no cell. Nothing is finer than an area.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from handtag.errands.models import Ask
from handtag.helpers.models import HelperProfile
from handtag.insight import rules
from handtag.insight.rules import Pair, Sum
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right, Role
from handtag.municipalities.queries import areas as areas_of
from handtag.people.models import Person, RoleHeld
from handtag.permits.queries import ServiceRow, services

NEW_FOR = timedelta(days=7)
NOWHERE = None  # asks that fall in no area in force


class Period(StrEnum):
    """How far back one looks; whole weeks, Monday to Sunday, and the one that runs."""

    FOUR_WEEKS = "4"
    TWELVE_WEEKS = "12"
    ALL = "alla"


@dataclass(frozen=True, slots=True)
class Part:
    """The asks of one area, or of one service: its cells, and what they add up to."""

    id: UUID | None
    name: str
    pairs: tuple[Pair, ...]
    waits: tuple[timedelta, ...]
    geometry: dict[str, object] | None = None

    @property
    def asked(self) -> Sum:
        """How many asked, at least."""
        return rules.at_least([pair.asked for pair in self.pairs])

    @property
    def filled(self) -> Sum:
        """How many of those were filled, at least."""
        return rules.at_least([pair.filled for pair in self.pairs])

    @property
    def share(self) -> int | None:
        """Per cent filled, over the cells that are shown."""
        return rules.share(self.pairs)

    @property
    def wait(self) -> timedelta | None:
        """The median time to a yes, over the cells that are shown."""
        return rules.median_wait(self.waits)


@dataclass(frozen=True, slots=True)
class Week:
    """The asks of one week; None where they are few."""

    monday: date
    asked: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What is asked for and where, in one period."""

    period: Period
    since: date | None
    services: tuple[Part, ...]
    areas: tuple[Part, ...]
    asked: Sum
    waits: tuple[timedelta, ...]
    weeks: tuple[Week, ...]

    def __bool__(self) -> bool:
        return bool(self.services)

    @property
    def share(self) -> int | None:
        """Per cent filled, over the cells that are shown."""
        return rules.share([pair for area in self.areas for pair in area.pairs])

    @property
    def wait(self) -> timedelta | None:
        """The median time to a yes, over the cells that are shown."""
        return rules.median_wait(self.waits)


@dataclass(frozen=True, slots=True)
class SignedUp:
    """Residents of one area, and how many of them help."""

    name: str
    pair: Pair


@dataclass(frozen=True, slots=True)
class People:
    """Who is signed up."""

    residents: Sum
    new: int
    areas: tuple[SignedUp, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    area_id: UUID | None
    service_id: UUID
    opened_at: datetime
    filled_at: datetime | None


def since_when(period: Period) -> date | None:
    """The Monday a period begins with; the week that runs is its last."""
    if period is Period.ALL:
        return None
    today = clock.today()
    return today - timedelta(days=today.weekday(), weeks=int(period.value) - 1)


def figures(
    by: Actor, period: Period = Period.FOUR_WEEKS, offered: Sequence[ServiceRow] | None = None
) -> Figures:
    """What was asked for in the period, by area and service; `offered` are the services, if already read."""
    by.must(Right.SEE_FIGURES)
    since = since_when(period)
    rows = _rows(by.tenant, since)
    known = {area.id: area for area in areas_of(by.tenant)}
    cells = _cells(rows, known)
    kinds = [
        row
        for row in (services(by.tenant, on=None) if offered is None else offered)
        if any(service_id == row.id for _, service_id in cells)
    ]
    outside = [NOWHERE] if any(area_id is NOWHERE for area_id, _ in cells) else []
    places = [*known, *outside]
    names: dict[UUID | None, str] = {area.id: area.name for area in known.values()}
    parts = tuple(
        Part(
            place,
            names.get(place, ""),
            *_shown(cells, [(place, kind.id) for kind in kinds]),
            geometry=known[place].geometry if place else None,
        )
        for place in places
    )
    total = rules.whole([len(cells[key]) for key in cells])
    return Figures(
        period=period,
        since=since,
        services=tuple(
            Part(kind.id, kind.words.name, *_shown(cells, [(place, kind.id) for place in places]))
            for kind in kinds
        ),
        areas=parts,
        asked=total,
        waits=tuple(wait for part in parts for wait in part.waits),
        weeks=_weeks(rows, total),
    )


def people(by: Actor) -> People:
    """How many are signed up as residents, in which areas, how many of them help, and how many are new."""
    by.must(Right.SEE_FIGURES)
    helps = HelperProfile.objects.of(by.tenant).filter(person=OuterRef("person_id"), is_active=True)
    rows = (
        RoleHeld.objects.of(by.tenant)
        .filter(
            role=Role.RESIDENT,
            until=None,
            person__erased_at=None,
            person__protection=Person.Protection.NONE,
        )
        .annotate(helps=Exists(helps))
        .values_list("person__place__area__name")
        .annotate(
            residents=Count("id"),
            helpers=Count("id", filter=Q(helps=True)),
            new=Count("id", filter=Q(since__gte=clock.now() - NEW_FOR)),
        )
        .order_by("person__place__area__name")
    )
    counted = [(name or "", residents, helpers, new) for name, residents, helpers, new in rows]
    return People(
        residents=rules.whole([residents for _, residents, _, _ in counted]),
        new=sum(new for _, _, _, new in counted),
        areas=tuple(
            SignedUp(name, rules.cell(residents, helpers)) for name, residents, helpers, _ in counted
        ),
    )


def _rows(municipality_id: UUID, since: date | None) -> list[_Row]:
    asks = Ask.objects.of(municipality_id).filter(asker__protection=Person.Protection.NONE)
    if since is not None:
        asks = asks.filter(opened_at__gte=clock.at(since, datetime.min.time()))
    columns = ("area_id", "service_id", "opened_at", "filled_at")
    return [_Row(*row) for row in asks.values_list(*columns)]


Cells = dict[tuple[UUID | None, UUID], list[_Row]]


def _cells(rows: Iterable[_Row], known: Collection[UUID]) -> Cells:
    found: Cells = defaultdict(list)
    for row in rows:
        found[row.area_id if row.area_id in known else NOWHERE, row.service_id].append(row)
    return found


def _shown(
    cells: Cells, keys: Iterable[tuple[UUID | None, UUID]]
) -> tuple[tuple[Pair, ...], tuple[timedelta, ...]]:
    """The cells as they may be shown, and the waits of those whose number of filled asks is shown."""
    pairs, waits = [], []
    for key in keys:
        rows = cells.get(key, [])
        taken = [row.filled_at - row.opened_at for row in rows if row.filled_at is not None]
        pair = rules.cell(len(rows), len(taken))
        pairs.append(pair)
        waits += taken if pair.filled else []
    return tuple(pairs), tuple(waits)


def _weeks(rows: Collection[_Row], total: Sum) -> tuple[Week, ...]:
    """Asked week by week, the empty ones too; nothing where that would tell a hidden number."""
    counted = Counter(_monday(row.opened_at) for row in rows)
    if not counted:
        return ()
    first, last = min(counted), max(counted)
    mondays = [first + timedelta(weeks=week) for week in range((last - first).days // 7 + 1)]
    shown = rules.beside(total, [counted[monday] for monday in mondays])
    return tuple(Week(monday, asked) for monday, asked in zip(mondays, shown or [], strict=bool(shown)))


def _monday(moment: datetime) -> date:
    day = clock.local(moment).date()
    return day - timedelta(days=day.weekday())
