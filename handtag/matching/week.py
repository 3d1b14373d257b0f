"""Places a week: who comes to each of many asks, when nobody can be in two places or wants more than so many.

    found = place(Week(indptr, indices, costs, starts, ends, weeks, room))

It is `assignment.assign` with what a person's week adds, said in edges, so that one proof covers all of it:

- *One at a time.* The asks that a helper could take are cut into slots, each a set of asks that share a
  moment, and as few as can be; a slot is a column, taken at most once.
- *At most so many in a week.* With room for k of s slots, s - k of them are taken by rows of rest, which cost
  nothing: since every ask costs something, the cheapest of the largest placings leaves none of them out.
- *One more costs more.* Where j slots can be worked, j - 1 rows rest in a slot for nothing, or stay in places
  of their own for 1, 2, 3 … times `per_more`: whoever takes j asks pays 0 + 1 + … + (j - 1) times it.

These columns and rows are added for those alone who would otherwise be given more than one, until nobody is:
without them a placing is only cheaper, so the last is the best of all.

What edges cannot say is that two asks in neighbouring slots overlap. Where the best has such a pair the
question is parted in two, without the one and without the other, and the better answer goes on (branch and
bound). After `tries` partings the bound is kept, and beside it a placing from which the overlapping ones were
taken until none was left: right, but perhaps not the best. `proven` says which it is.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, count, groupby
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from handtag.matching.assignment import BadGraph, assign

PER_MORE: Final = 120  # one more errand in the week weighs as one more in the last 28 days
TRIES: Final = 24
FREE: Final = -2  # in `given`: nothing is said of the ask
NOBODY: Final = -1

Ints = NDArray[np.int64]


class Week(NamedTuple):
    """A week of m asks and n helpers as numbers.

    indptr, indices, costs: edges as `assign` has them. starts, ends: (m,) integers in any unit; an ask that
    begins as another ends does not overlap it. weeks: (m,) integers, 0…w-1, in which calendar week each is.
    room: (n, w) integers, how many each helper takes in each, at most.
    """

    indptr: Ints
    indices: Ints
    costs: Ints
    starts: Ints
    ends: Ints
    weeks: Ints
    room: Ints


@dataclass(frozen=True, slots=True)
class Placing:
    """Who comes. helper: (m,) int64, -1 where nobody. cost: of the edges, and of what one more costs.

    `most` and `least` are proven: nothing fills more than `most`, and nothing that does is below `least`.
    """

    helper: Ints
    filled: int
    cost: int
    most: int
    least: int

    @property
    def proven(self) -> bool:
        """Whether nothing better exists."""
        return (self.filled, self.cost) == (self.most, self.least)


def place(week: Week, given: Ints | None = None, *, per_more: int = PER_MORE, tries: int = TRIES) -> Placing:
    """Fill most asks, then at the least cost.

    given: (m,) integers, what stands already: NOBODY, a helper (by an edge of the ask), or FREE. What is
    given is not weighed, but counts: its time is taken, its room used. Raises BadGraph. Same input, same
    output.
    """
    edges = _edges(week, given, per_more)
    turn, busy = count(), set[int]()
    first = _solved(edges, frozenset(), busy)
    heap = [(*first.key, next(turn), frozenset[int](), first)]
    while (pair := next(_clashes(edges, heap[0][-1]), None)) and tries > 0:
        tries -= 1
        *_, without, _best = heapq.heappop(heap)
        for edge in pair:
            found = _solved(edges, without | {edge}, busy)
            heapq.heappush(heap, (*found.key, next(turn), without | {edge}, found))
    bound = heap[0][-1]
    kept = _mended(edges, heap[0][-2], busy, bound) if pair else bound
    return Placing(edges.whole(kept.helper), *edges.sums(kept), *edges.sums(bound))


@dataclass(frozen=True, slots=True)
class _Slots:
    """of: (E,) the slot of each edge. helper, week: whose slot it is, and in which week."""

    of: Ints
    helper: Ints
    week: Ints


@dataclass(frozen=True, slots=True)
class _Edges:
    """The edges that are left when what is given stands, and their slots."""

    week: Week
    row: Ints
    col: Ints
    cost: Ints
    given: Ints
    given_cost: int
    slots: _Slots
    room: Ints
    per_more: int

    def whole(self, helper: Ints) -> Ints:
        """With what is given."""
        return np.where(self.given >= 0, self.given, helper)

    def sums(self, found: "_Found") -> tuple[int, int]:
        """Filled and cost, with what is given."""
        return found.filled + int((self.given >= 0).sum()), found.cost + self.given_cost


@dataclass(frozen=True, slots=True)
class _Found:
    """One answer: helper (m,), and edge (m,), -1 where none."""

    helper: Ints
    edge: Ints
    filled: int
    cost: int

    @property
    def key(self) -> tuple[int, int]:
        """The smaller the better."""
        return -self.filled, self.cost


def _edges(week: Week, given: Ints | None, per_more: int) -> _Edges:
    ptr, col = np.asarray(week.indptr, np.int64), np.asarray(week.indices, np.int64)
    row = np.repeat(np.arange(len(ptr) - 1), np.diff(ptr))
    cost = np.asarray(week.costs, np.int64)
    if len(cost) and cost.min() < 0:
        raise BadGraph("costs must not be negative")
    stands = np.full(len(ptr) - 1, FREE) if given is None else np.asarray(given, np.int64)
    room, had = np.array(week.room, np.int64), np.zeros(len(week.room), np.int64)
    left, spent = stands[row] == FREE, 0
    for ask in np.flatnonzero(stands >= 0):
        helper = stands[ask]
        mine = (row == ask) & (col == helper)
        if not mine.any():
            raise BadGraph(f"Ask {ask} is given to helper {helper}, and there is no such edge")
        spent += int(cost[mine][0]) + per_more * int(had[helper])
        had[helper] += 1
        room[helper, week.weeks[ask]] -= 1
        left &= ~((col == helper) & (week.starts[row] < week.ends[ask]) & (week.starts[ask] < week.ends[row]))
    left &= room[col, week.weeks[row]] > 0
    row, col, cost = row[left], col[left], cost[left] + per_more * had[col[left]]
    return _Edges(week, row, col, cost, stands, spent, _slots(week, row, col), room, per_more)


def _slots(week: Week, row: Ints, col: Ints) -> _Slots:
    """Each helper's edges cut into slots that share a moment, as few as can be.

    Sorted by their ends, asks that begin before the first of them ends share the moment before that end.
    """
    start, end, when = week.starts[row], week.ends[row], week.weeks[row]
    order = np.lexsort((start, end, when, col))
    of, helpers, weeks = np.empty(len(row), np.int64), list[int](), list[int]()
    whose, which, until = -1, -1, 0
    sorted_edges = zip(*(each[order].tolist() for each in (start, end, when, col)), strict=True)
    for place, (begins, ends, there, helper) in enumerate(sorted_edges):
        if helper != whose or there != which or begins >= until:
            whose, which, until = helper, there, ends
            helpers.append(helper)
            weeks.append(there)
        of[place] = len(helpers) - 1
    by_edge = np.empty_like(of)
    by_edge[order] = of
    return _Slots(by_edge, np.array(helpers, np.int64), np.array(weeks, np.int64))


def _solved(edges: _Edges, without: frozenset[int], busy: set[int]) -> _Found:
    """The best where a slot is taken once; `busy` grows by those who must be told how much one more costs."""
    used = np.ones(len(edges.row), np.bool_)
    used[list(without)] = False
    kept = np.flatnonzero(used)
    while True:
        found = _answer(edges, kept, busy)
        taken = np.bincount(found.helper[found.helper >= 0], minlength=len(edges.room))
        crowded = set(np.flatnonzero(taken > 1).tolist()) - busy
        if not crowded:
            return found
        busy |= crowded


def _answer(edges: _Edges, kept: Ints, busy: set[int]) -> _Found:
    asks, slots = len(edges.given), edges.slots
    rest = _Rest(len(slots.helper))
    for whose in sorted(busy):
        rest.add(np.flatnonzero(slots.helper == whose), slots.week, edges.room[whose], edges.per_more)
    # One more on every real edge: so that rest, which is free, is dearer to no placing than an ask.
    ptr = np.concatenate(([0], np.cumsum(np.bincount(edges.row[kept], minlength=asks)), rest.ends(len(kept))))
    col = np.concatenate((slots.of[kept], np.array(rest.columns, np.int64)))
    cost = np.concatenate((edges.cost[kept] + 1, np.array(rest.costs, np.int64)))
    solved = assign(ptr, col, cost, rest.width)
    if solved.gap:
        raise AssertionError(f"a placing without its proof: gap {solved.gap}")
    slot = solved.helper[:asks]
    mine = kept[slots.of[kept] == slot[edges.row[kept]]]
    edge, helper = np.full(asks, NOBODY, np.int64), np.full(asks, NOBODY, np.int64)
    edge[edges.row[mine]], helper[edges.row[mine]] = mine, edges.col[mine]
    return _Found(helper, edge, len(mine), solved.cost - len(mine))


@dataclass(slots=True)
class _Rest:
    """The rows by which somebody rests, as lists to be put below the asks."""

    width: int
    columns: list[int] = field(default_factory=list)
    costs: list[int] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)

    def add(self, slots: Ints, weeks: Ints, room: Ints, per_more: int) -> None:
        """One helper's rows: those of each week that is too full, and those that tell what one more costs."""
        by_week: dict[int, list[int]] = defaultdict(list)
        for slot in slots.tolist():
            by_week[int(weeks[slot])].append(slot)
        over = {when: max(0, len(each) - int(room[when])) for when, each in by_week.items()}
        for when, each in by_week.items():
            for _row in range(over[when]):
                self._row(each, [0] * len(each))
        free = [0] * len(slots)
        for more in range(1, len(slots) - sum(over.values())):
            self._row([*slots.tolist(), self.width], [*free, more * per_more])
            self.width += 1

    def _row(self, columns: list[int], costs: list[int]) -> None:
        self.columns += columns
        self.costs += costs
        self.lengths.append(len(columns))

    def ends(self, before: int) -> Ints:
        """Where each row ends."""
        return before + np.cumsum(np.array(self.lengths, np.int64))


def _clashes(edges: _Edges, found: _Found) -> Iterator[tuple[int, int]]:
    """Pairs of edges by which somebody would be in two places at once, the one that ends first before."""
    start, end = edges.week.starts[edges.row], edges.week.ends[edges.row]
    taken = sorted(found.edge[found.edge >= 0].tolist(), key=lambda edge: (edges.col[edge], end[edge], edge))
    for _helper, mine in groupby(taken, key=lambda edge: int(edges.col[edge])):
        for one, other in combinations(mine, 2):
            if start[one] < end[other] and start[other] < end[one]:
                yield one, other


def _mended(edges: _Edges, without: frozenset[int], busy: set[int], found: _Found) -> _Found:
    """Placings without the later of each overlapping pair, until none is left."""
    while later := {other for _one, other in _clashes(edges, found)}:
        without |= later
        found = _solved(edges, without, busy)
    return found
