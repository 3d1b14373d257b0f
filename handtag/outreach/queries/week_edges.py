"""Who could take which date of the week, and what each pair costs: rows made into the edges of a placing.

Hard rules are those of `errands.queries.eligible`, within the helper's own hours, and these beside: nobody is
asked again who was asked for that date or said no; an invitation or an offer that waits for its answer takes
its time and counts as one of the week. The cost is 150 points a km and 120 for each errand of the last 28
days and of those to come, 75 for another than the first of the languages, up to 150 for who seldom answers.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from handtag.errands.rules.hours import Weekly, weekly_of
from handtag.errands.rules.lifecycle import BOOKED, IN_FORCE
from handtag.errands.rules.times import Window
from handtag.kernel import clock
from handtag.matching.edges import PER_ERRAND, PER_KM
from handtag.matching.score import kilometres
from handtag.matching.week import Week
from handtag.outreach.queries.week_rows import WAITS, Date, Helper, Rows, Stands
from handtag.outreach.rules.week import ANSWERS_AT_MOST, OTHER_LANGUAGE, Cost

MOST_ASKED: Final = 3  # times in a week, of who has named no limit: as often as waves may tell somebody
HALF: Final = 0.5  # the share of notices answered by who has had none

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Edge:
    """One helper who could take one date: where in the rows they are, how far it is, what it costs."""

    date: int
    helper: int
    km: float
    cost: Cost


@dataclass(frozen=True, slots=True)
class Board:
    """The week laid out: rows, the edges of each date, and how much room each helper has in each week."""

    rows: Rows
    edges: tuple[dict[int, Edge], ...]
    room: NDArray[np.int64]
    mondays: tuple[date, ...]

    def week(self, seats: list[int]) -> Week:
        """As numbers, a row for each place at a date."""
        kept = [list(self.edges[seat].values()) for seat in seats]
        dates = [self.rows.dates[seat] for seat in seats]
        return Week(
            indptr=np.cumsum([0, *map(len, kept)]),
            indices=np.array([edge.helper for row in kept for edge in row], np.int64),
            costs=np.array([edge.cost.points for row in kept for edge in row], np.int64),
            starts=np.array([_minute(each.start) for each in dates], np.int64),
            ends=np.array([_minute(each.end) for each in dates], np.int64),
            weeks=np.array([self.week_of(seat) for seat in seats], np.int64),
            room=self.room,
        )

    def week_of(self, number: int) -> int:
        """In which of the calendar weeks a date is."""
        return self.mondays.index(_monday(self.rows.dates[number].start))

    @property
    def seats(self) -> list[int]:
        """Each date as often as places are left."""
        return [number for number, each in enumerate(self.rows.dates) for _place in range(each.left)]


def board(rows: Rows, answered: dict[UUID, float], municipality_id: UUID) -> Board:
    """The edges of the rows; `answered`: the share of notices that each helper answered."""
    found = _Columns(rows, answered, municipality_id)
    mondays = tuple(sorted({_monday(each.start) for each in rows.dates}))
    edges = tuple(found.edges(number, each) for number, each in enumerate(rows.dates))
    return Board(rows, edges, _room(rows, mondays, municipality_id), mondays)


class _Columns:
    """The helpers as columns, and what is in their way."""

    def __init__(self, rows: Rows, answered: dict[UUID, float], municipality_id: UUID) -> None:
        helpers = rows.helpers
        self.rows = rows
        self.at = {each.person.id: number for number, each in enumerate(helpers)}
        self.longitude = np.array([each.longitude for each in helpers])
        self.latitude = np.array([each.latitude for each in helpers])
        self.reach = np.array([each.reach for each in helpers], np.float64)
        self.any_time = np.array([each.any_time for each in helpers], np.bool_)
        self.load = _load(rows, self.at, municipality_id)
        shares = np.array([answered.get(each.person.id, HALF) for each in helpers])
        self.silence = np.rint(ANSWERS_AT_MOST * (1 - shares)).astype(np.int64)
        self.hours = _hours(rows, {each.profile_id: number for number, each in enumerate(helpers)})
        self.taken = _taken(rows, self.at)
        self.spoken = [rows.languages.get(each.profile_id, set()) for each in helpers]
        self._languages: dict[tuple[str, ...], NDArray[np.int64]] = {}
        self._open: dict[Weekly | None, Flags] = {}
        self._services: dict[UUID, Flags] = {}
        self._in_the_way = defaultdict[UUID, list[UUID]](list)
        for one, other in rows.blocks:
            self._in_the_way[one].append(other)
            self._in_the_way[other].append(one)
        for each in rows.stands:
            if each.kind == "no" or not _is_past_asking(each):
                self._in_the_way[each.about_id].append(each.person_id)

    def edges(self, number: int, date: Date) -> dict[int, Edge]:
        """Who could take it, by their place among the helpers."""
        if not self.at or not date.left:
            return {}
        km = kilometres(date.longitude, date.latitude, self.longitude, self.latitude)
        fits = self._wants(date.service_id) & self._is_open(date) & (km * 1000 <= self.reach + date.wider_by)
        fits[self._others(date)] = False
        language = self._language(tuple(date.languages))
        found = {}
        for row in np.flatnonzero(fits & (language >= 0)).tolist():
            if self._sees(date, row):
                load, silence = PER_ERRAND * int(self.load[row]), int(self.silence[row])
                cost = Cost(round(PER_KM * float(km[row])), load, int(language[row]), silence)
                found[row] = Edge(number, row, float(km[row]), cost)
        return found

    def _wants(self, service_id: UUID) -> Flags:
        if service_id not in self._services:
            wants = (service_id in each.services for each in self.rows.helpers)
            self._services[service_id] = np.fromiter(wants, np.bool_, len(self.at))
        return self._services[service_id]

    def _is_open(self, date: Date) -> Flags:
        """Who is free at any time, or has own hours that hold the whole window."""
        window = weekly_of(Window(date.start, date.end))
        if window not in self._open:
            self._open[window] = self.any_time.copy()
            if window is not None:
                whose, weekday, start, end = self.hours
                holds = (
                    (weekday == window.weekday) & (start <= window.from_minute) & (end >= window.to_minute)
                )
                self._open[window][whose[holds]] = True
        return self._open[window]

    def _others(self, date: Date) -> list[int]:
        """The asker, whom they shall not meet, who was asked or said no, who is taken then."""
        about = (date.asker.id, date.id, date.ask_id)
        people = {date.asker.id, *(person for each in about for person in self._in_the_way[each])}
        whose, starts, ends = self.taken
        busy = whose[(starts < _minute(date.end)) & (ends > _minute(date.start))]
        return [*busy.tolist(), *(self.at[each] for each in people if each in self.at)]

    def _language(self, wanted: tuple[str, ...]) -> NDArray[np.int64]:
        """What the language costs with each helper; -1 where there is none in common."""
        if wanted not in self._languages:
            self._languages[wanted] = np.array(
                [_language_cost(wanted, each) for each in self.spoken], np.int64
            )
        return self._languages[wanted]

    def _sees(self, date: Date, row: int) -> bool:
        """Whether it is shown to all, or in a group of theirs."""
        groups = self.rows.groups.get(date.ask_id)
        return groups is None or self.rows.helpers[row].person.id in groups


def _language_cost(wanted: tuple[str, ...], spoken: set[str]) -> int:
    if not wanted or wanted[0] in spoken:
        return 0
    return OTHER_LANGUAGE if spoken.intersection(wanted) else -1


def _hours(rows: Rows, profiles: dict[UUID, int]) -> NDArray[np.int64]:
    """Own hours as columns: whose, weekday, from and to."""
    found = [(profiles[each.profile_id], *each[1:]) for each in rows.hours if each.profile_id in profiles]
    return np.array(found, np.int64).reshape(-1, 4).T


def _taken(rows: Rows, at: dict[UUID, int]) -> NDArray[np.int64]:
    """When who is taken, as columns."""
    found = [
        (at[each.person_id], _minute(each.start), _minute(each.end))
        for each in rows.stands
        if each.person_id in at and _takes_time(each)
    ]
    return np.array(found, np.int64).reshape(-1, 3).T


def _takes_time(stands: Stands) -> bool:
    """Whether they are taken then: agreed, or asked or offered and not answered yet."""
    return stands.state in (BOOKED if stands.kind == "errand" else WAITS)


def _is_past_asking(stands: Stands) -> bool:
    """Whether they may be asked again: an offer of theirs that nobody said no to, and that lapsed."""
    return stands.kind == "offer" and stands.state in ("lapsed", "superseded")


def _counts(stands: Stands) -> bool:
    """Whether it is one of those that they want at most so many of."""
    return stands.state in (IN_FORCE if stands.kind == "errand" else WAITS)


def _load(rows: Rows, at: dict[UUID, int], municipality_id: UUID) -> NDArray[np.int64]:
    """The errands in this town of the last 28 days and of those to come."""
    found = np.zeros(len(at), np.int64)
    for each in rows.stands:
        mine = each.municipality_id == municipality_id and each.person_id in at
        if mine and each.kind == "errand" and each.state in IN_FORCE:
            found[at[each.person_id]] += 1
    return found


def _room(rows: Rows, mondays: tuple[date, ...], municipality_id: UUID) -> NDArray[np.int64]:
    """How many more each helper wants in each calendar week."""
    had = Counter(
        (each.person_id, _monday(each.start))
        for each in rows.stands
        if each.municipality_id == municipality_id and _counts(each)
    )
    found = [
        [max(0, _most(each) - had[each.person.id, monday]) for monday in mondays] for each in rows.helpers
    ]
    return np.array(found, np.int64).reshape(len(rows.helpers), len(mondays))


def _most(helper: Helper) -> int:
    return MOST_ASKED if helper.most_in_week is None else helper.most_in_week


def _monday(moment: datetime) -> date:
    day = clock.local(moment).date()
    return day - timedelta(days=day.weekday())


def _minute(moment: datetime) -> int:
    return int(moment.timestamp() // 60)
