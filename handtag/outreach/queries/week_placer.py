"""One week read once, and placed again and again with what a coordinator has chosen."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

import numpy as np

from handtag.errands.queries.answering import answered
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.matching.week import FREE, NOBODY, Placing, place
from handtag.outreach.queries.week_edges import Board, board
from handtag.outreach.queries.week_rows import Date, Hours, Rows, rows
from handtag.outreach.rules.week import Choices
from handtag.permits.queries import ServiceRow, reaches, services


@dataclass(frozen=True, slots=True)
class Sums:
    """What a placing comes to: places filled, km in all, points in all."""

    filled: int
    km: float
    points: int


@dataclass(frozen=True, slots=True)
class Change:
    """How much one placing differs from another: what is more is above 0. Ways to a hundred metres."""

    filled: int
    metres: int
    points: int


class Placer:
    """One week read once, to be placed again and again with other choices."""

    def __init__(self, by: Actor) -> None:
        by.must(Right.STEER_ASKS)
        self.by = by
        offered = [row for row in services(by.tenant) if reaches(by, Right.STEER_ASKS, row)]
        self.services: dict[UUID, ServiceRow] = {row.id: row for row in offered}
        found = rows(by, self.services.keys())
        self.board: Board = board(found, answered(by.tenant) if found.helpers else {}, by.tenant)
        self.rows: Rows = found
        self.seats = self.board.seats
        self.week = self.board.week(self.seats)

    def placed(self, given: Sequence[int]) -> Placing:
        """The best where this stands."""
        return place(self.week, np.array(given, np.int64))

    def settled(self, choices: Choices) -> tuple[list[int], Choices]:
        """What the choices mean for each place, and those of them that hold: still possible, and together."""
        given, held, taken = [FREE] * len(self.seats), Choices(), Taken(self.board)
        for occasion_id, people in choices.by_occasion.items():
            places = self.spots.get(occasion_id, [])
            chosen = [self.row(each) for each in people]
            if places and len(places) == len(chosen) and taken.fits(self.seats[places[0]], chosen):
                held = held.with_(occasion_id, people)
                for spot, row in zip(places, chosen, strict=True):
                    given[spot] = row
        return given, held

    @cached_property
    def spots(self) -> dict[UUID, list[int]]:
        """The places of each date that still has some."""
        found = defaultdict[UUID, list[int]](list)
        for number, seat in enumerate(self.seats):
            found[self.rows.dates[seat].id].append(number)
        return dict(found)

    def sums(self, found: Placing) -> Sums:
        """What it comes to."""
        km = sum(
            self.board.edges[seat][row].km
            for seat, row in zip(self.seats, found.helper.tolist(), strict=True)
            if row >= 0
        )
        return Sums(found.filled, km, found.cost)

    def person(self, row: int) -> UUID | None:
        """Who is in a row of the helpers; None for nobody."""
        return self.rows.helpers[row].person.id if row >= 0 else None

    @cached_property
    def hours(self) -> dict[UUID, list[Hours]]:
        """The own hours of each profile."""
        found = defaultdict[UUID, list[Hours]](list)
        for each in self.rows.hours:
            found[each.profile_id].append(each)
        return found

    def row(self, person_id: UUID | None) -> int:
        """The row of somebody; of who is not among the helpers one that there is not."""
        return NOBODY if person_id is None else self._rows.get(person_id, len(self._rows))

    @cached_property
    def _rows(self) -> dict[UUID, int]:
        return {each.person.id: number for number, each in enumerate(self.rows.helpers)}


class Taken:
    """What is settled already, so that no helper is settled for two places at once."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.windows: dict[int, list[Date]] = defaultdict(list)
        self.room = Counter[tuple[int, int]]()

    def fits(self, seat: int, chosen: Sequence[int]) -> bool:
        """Whether these can come to that date beside what is settled; then they are settled too."""
        people = [row for row in chosen if row >= 0]
        if len(set(people)) < len(people) or not all(self._free(seat, row) for row in people):
            return False
        for row in people:
            self.windows[row].append(self.board.rows.dates[seat])
            self.room[row, self.board.week_of(seat)] += 1
        return True

    def _free(self, seat: int, row: int) -> bool:
        date, week = self.board.rows.dates[seat], self.board.week_of(seat)
        return (
            row in self.board.edges[seat]
            and self.room[row, week] < self.board.room[row, week]
            and not any(each.start < date.end and date.start < each.end for each in self.windows[row])
        )


def change(now: Sums, before: Sums) -> Change:
    """What is more now than before."""
    return Change(
        now.filled - before.filled, round((now.km - before.km) * 10) * 100, now.points - before.points
    )
