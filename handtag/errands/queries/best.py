"""The best for an ask, looked for from near to far and asked in the order of what each could score at most.

The answer is that of ranking everybody who may come: whoever is not looked at is too far away to be among the
best, and whoever is not asked could not score as much.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

import numpy as np

from handtag.errands.queries import eligible, fetching
from handtag.errands.queries.fetching import Candidate
from handtag.errands.queries.lately import Moments
from handtag.errands.queries.nearby import NOBODY, Glance, glance
from handtag.errands.queries.sought import Sought
from handtag.errands.rules.hours import Weekly, covers
from handtag.errands.rules.times import Window
from handtag.matching import ranking, score
from handtag.matching.score import Floats

FIRST: Final = 1_200.0  # metres: how far is looked at first
FURTHER: Final = 2.5  # at most how many times as far next
MOST_RINGS: Final = 8_000.0  # metres: beyond, all that are left are looked at at once
ANYWHERE: Final = float("inf")
SOME: Final = 8  # asked beside the k best, for some of those may not come; and half of k at least
NOISE: Final = 1e-8  # more than the ranking rounds off


@dataclass(slots=True)
class Search:
    """A search as it goes on: who may come, and who could but has not been asked yet."""

    ask: Sought
    k: int
    telling: bool
    at: Moments
    before: Counter[UUID]
    waiting: Glance = NOBODY
    found: list[Candidate] = field(default_factory=list)
    ranked: ranking.Ranking | None = None
    _hours: dict[UUID, list[Weekly]] = field(default_factory=dict)

    def run(self) -> None:
        """First who has helped this asker, near or far; then from near to far as far as somebody matters."""
        self._ask(list(self.before))
        seen, reached = -1.0, FIRST
        while True:
            self._look(reached, seen)
            likely = self._likely()
            if likely <= reached or reached == ANYWHERE:
                self._settle()
                likely = 1000 * score.furthest(self._least())
                if likely <= reached or reached == ANYWHERE:
                    return
            seen, reached = reached, self._next(reached, likely)

    def _look(self, reached: float, seen: float) -> None:
        """Put those within so many metres to those waiting, but for those who have been seen."""
        squares = eligible.squares_of(self.ask, reached, seen)
        if squares is None:
            self._put(fetching.candidates(self.ask, self.at, self.before, telling=self.telling))
            self.waiting = NOBODY
            return
        new = glance(self.ask, squares, self.at, telling=self.telling)
        if self.before:
            new = new.where([each not in self.before for each in new.people])
        self.waiting = self.waiting.with_more(new)

    def _likely(self) -> float:
        """How far away, in metres, somebody could still matter, if most of those waiting may come."""
        known = self.ranked.scores if self.ranked else np.empty(0)
        scores = np.concatenate((known, self.waiting.most))
        if len(scores) < self.k:
            return ANYWHERE
        wanted = min(self._wanted(), len(scores))
        return 1000 * score.furthest(float(np.partition(scores, -wanted)[-wanted]))

    def _next(self, reached: float, matters: float) -> float:
        """How far to look next: as far as somebody could matter, where that is known and not very far."""
        crowd = len(self.waiting.people) + len(self.found)
        enough = reached * (self._wanted() / max(crowd, 1)) ** 0.5
        aim = matters if matters < ANYWHERE else 1.5 * max(enough, reached)
        further = min(aim, FURTHER * reached)
        return further if further < MOST_RINGS else ANYWHERE

    def _settle(self) -> None:
        """Ask those waiting who could be among the best, the likeliest first, until nobody is left."""
        while True:
            able = np.flatnonzero(self.waiting.most >= self._least())
            if not len(able):
                return
            order = able[np.argsort(-self.waiting.most[able], kind="stable")][: self._wanted()]
            rest = np.ones(len(self.waiting.people), dtype=bool)
            rest[order] = False
            people = [self.waiting.people[row] for row in order.tolist()]
            self.waiting = self.waiting.where(rest)
            self._ask(people)

    def _ask(self, people: list[UUID]) -> None:
        """Of these, put those who may come to those found."""
        self._put(fetching.candidates(self.ask, self.at, self.before, people, telling=self.telling))

    def _put(self, fresh: list[Candidate]) -> None:
        known = {each.person_id for each in self.found}
        self.found += [each for each in fresh if each.person_id not in known]
        if fresh:
            self.ranked = self.rank()

    def _least(self) -> float:
        """The least score that could be among the best."""
        full = self.ranked is not None and len(self.ranked) == self.k
        return float(self.ranked.scores[-1]) - NOISE if self.ranked and full else 0.0

    def _wanted(self) -> int:
        return self.k + max(self.k // 2, SOME)

    def rank(self) -> ranking.Ranking:
        """The best of those found; a language's bit is its place in the ask's list."""
        ask, found, now = self.ask, self.found, self.at.now
        full = score.WEIGHTS.idle_full  # who never had an errand has rested long enough
        rested = [(now - each.last).total_seconds() / 3600 if each.last else full for each in found]
        pool = ranking.Pool(
            ids=ranking.halves([each.person_id for each in found]),
            longitude=np.array([each.longitude for each in found]),
            latitude=np.array([each.latitude for each in found]),
            languages=np.array([_bits(ask, each) for each in found], dtype=np.uint64),
            answers=np.array([(each.answered + 1) / (each.told + 2) for each in found]),
            load=np.array([float(each.load) for each in found]),
            idle=np.maximum(np.array(rested), 0.0),
            before=np.array([float(each.before) for each in found]),
            time=self._suits(),
        )
        wanted = ranking.Wanted(
            ask.longitude, ask.latitude, (1 << len(ask.languages)) - 1, int(bool(ask.languages))
        )
        return ranking.rank(wanted, pool, self.k)

    def _suits(self) -> Floats:
        """The share of the dates in each one's own hours; whoever is told of one date has it there."""
        windows = [slot.window for slot in self.ask.slots]
        if self.telling and len(windows) == 1:
            return np.ones(len(self.found))
        new = [
            each.profile_id for each in self.found if not each.any_time and each.profile_id not in self._hours
        ]
        self._hours |= {each: [] for each in new} | fetching.hours(new)
        shares = (_share(self._hours.get(each.profile_id), windows) for each in self.found)
        return np.array(list(shares), dtype=float)


def search(ask: Sought, k: int, *, telling: bool) -> tuple[list[Candidate], ranking.Ranking]:
    """The k best of those who may take the ask, in order, and how they were ranked."""
    going = Search(ask, k, telling, Moments.of(ask), fetching.met(ask))
    going.run()
    ranked = going.ranked or going.rank()
    return [going.found[row] for row in ranked.rows], ranked


def _bits(ask: Sought, each: Candidate) -> int:
    return sum(1 << place for place, language in enumerate(ask.languages) if language in each.speaks)


def _share(hours: list[Weekly] | None, windows: list[Window]) -> float:
    """None for whoever can come at any time."""
    return 1.0 if hours is None else sum(covers(hours, window) for window in windows) / len(windows)
