"""Plays a town under one policy or several, side by side: who is told, who comes, how long it takes.

    town = towns.draw(towns.KINDS["compact"], seed=1)
    outcome = play(town, policies.everyone, seed=1)
    table = compare(lambda seed: towns.draw(kind, seed), POLICIES, seeds=range(20), tell=print)

Synthetic throughout: behaviour is assumed (`Behaviour`), and a policy that is good under one assumption only
is not good. The same town, seed, policy and behaviour give the same outcome; chance is the same for all
policies. A helper never takes two errands at once, nor more a week than they want.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from typing import Final

import numpy as np

from handtag.matching import policies, waking
from handtag.matching.behaviour import Behaviour, Luck, attention, fall
from handtag.matching.history import History
from handtag.matching.outcomes import Outcome, Trace, bound, measured
from handtag.matching.policies import Chooser, Moment, Policy, Scene
from handtag.matching.sparse import sparse_notification
from handtag.matching.towns import Flags, Ints, Pairs, Town, who_could

BUSY: Final = 120.0  # minutes before and after an errand in which there is no other
WAVE, ANSWER = 0, 1
TOLERATED: Final = 3  # notices in seven days of which nobody has had enough

POLICIES: Final[Mapping[str, Policy]] = {
    "everyone": policies.everyone,
    "nearest": policies.nearest(),
    "one": policies.one_at_a_time(),
    "sparse": sparse_notification,
    "ours": policies.ours(),
}


@dataclass(frozen=True)
class Played:
    """One town with one seed, and what chance has in store."""

    town: Town
    pairs: Pairs
    luck: Luck
    behaviour: Behaviour
    seed: int

    @cached_property
    def bound(self) -> int:
        """What could be filled at best."""
        return bound(self.town, self.pairs, self.luck.yes)


def prepare(town: Town, behaviour: Behaviour | None = None, seed: int = 0) -> Played:
    """Draw what all policies will meet alike."""
    assumed = behaviour or Behaviour()
    pairs = who_could(town)
    return Played(town, pairs, fall(town, pairs, assumed, seed), assumed, seed)


def play(
    town: Town, policy: Policy, *, seed: int = 0, behaviour: Behaviour | None = None, known: bool = False
) -> Outcome:
    """One town under one policy; `known`: in place of what the town has learnt so far it sees the true
    chances, as far off as estimates are assumed to be.
    """
    return replay(prepare(town, behaviour, seed), policy, known=known)


def replay(played: Played, policy: Policy, *, known: bool = False, with_bound: bool = True) -> Outcome:
    """The same, of what is drawn already; without the bound, that and the share of it are 0 and nan."""
    trace = _Play(played, policy, known).run()
    return measured(played.town, trace, played.bound if with_bound else 0)


def compare(
    town_of: Callable[[int], Town],
    tried: Mapping[str, Policy],
    *,
    seeds: Iterable[int],
    behaviour: Behaviour | None = None,
    tell: Callable[[int, int], object] = lambda _done, _of: None,
) -> dict[str, list[Outcome]]:
    """Several policies on the same towns, one outcome a seed; `tell` hears how many plays are done, of how
    many.
    """
    rows = list(seeds)
    found: dict[str, list[Outcome]] = {name: [] for name in tried}
    for number, seed in enumerate(rows):
        played = prepare(town_of(seed), behaviour, seed)
        for place, (name, policy) in enumerate(tried.items()):
            found[name].append(replay(played, policy))
            tell(number * len(tried) + place + 1, len(rows) * len(tried))
    return found


class _Play:
    """A town as it goes, event by event."""

    def __init__(self, played: Played, policy: Policy, known: bool) -> None:
        self.town, self.pairs, self.luck, self.behaviour = (
            played.town,
            played.pairs,
            played.luck,
            played.behaviour,
        )
        asks, n, size = self.town.asks, len(self.town.helpers), len(self.pairs.helper)
        self.history = History(self.pairs, self.luck, n, known=known)
        self.chooser: Chooser = policy(Scene(self.town, self.pairs, played.seed, self.history.guess))
        self.ask_of = np.repeat(np.arange(len(asks)), np.diff(self.pairs.indptr))
        self.by_helper = np.argsort(self.pairs.helper, kind="stable")
        self.starts = np.searchsorted(self.pairs.helper[self.by_helper], np.arange(n + 1))
        self.told_at, self.answered = np.full(size, np.nan), np.zeros(size, np.int64)
        self.barred, self.any_barred = np.zeros(size, np.bool_), np.zeros(len(asks), np.bool_)
        self.due, self.rest = np.full(len(asks), np.nan), np.zeros(n)
        self.errands: dict[tuple[int, int], int] = {}
        self.trace = Trace.empty(len(asks), n)
        self.events: list[tuple[float, int, int, int]] = []
        self.number = 0
        for ask in range(len(asks)):
            self._look(float(asks.posted[ask]), ask)

    def run(self) -> Trace:
        """Everything in the order of time."""
        while self.events:
            now, _number, kind, row = heappop(self.events)
            self.history.at(now)
            if kind == ANSWER:
                self._answer(now, row)
            elif now == self.due[row]:
                self._wave(now, row)
        return self.trace

    def _push(self, at: float, kind: int, row: int) -> None:
        self.number += 1
        heappush(self.events, (at, self.number, kind, row))

    def _look(self, at: float, ask: int) -> None:
        self.due[ask] = at
        self._push(at, WAVE, ask)

    def _is_open(self, now: float, ask: int) -> bool:
        asks = self.town.asks
        return bool(now < asks.deadline[ask] and self.trace.filled[ask] < asks.wanted[ask])

    def _wave(self, now: float, ask: int) -> None:
        if not self._is_open(now, ask):
            return
        rows = self._rows(ask)
        chosen, next_at = self.chooser.choose(self._moment(now, ask, rows))
        if len(chosen):
            self._tell(now, rows[chosen])
        if next_at is not None:
            self._look(max(next_at, now + 1), ask)

    def _rows(self, ask: int) -> Ints:
        """Rows of those who may take it: not those who are busy then, unless they were told before."""
        own = self.pairs.of(ask)
        rows = np.arange(own.start, own.stop)
        if not self.any_barred[ask]:
            return rows
        open_to: Flags = ~self.barred[own] | ~np.isnan(self.told_at[own])
        return rows[open_to]

    def _moment(self, now: float, ask: int, rows: Ints) -> Moment:
        helper, asks, past = self.pairs.helper[rows], self.town.asks, self.history
        return Moment(
            now=now,
            posted=float(asks.posted[ask]),
            deadline=float(asks.deadline[ask]),
            wanted=int(asks.wanted[ask]),
            ask=ask,
            row=rows,
            km=self.pairs.km[rows],
            answer_probability=past.guess(rows),
            minutes_since_told=now - past.last[helper],
            told_last_7_days=past.week[helper],
            recent_errands=past.errands[helper],
            told_at=self.told_at[rows],
            answered=self.answered[rows],
            attention_price=past.prices(now, helper),
        )

    def _tell(self, now: float, rows: Ints) -> None:
        if not np.isnan(self.told_at[rows]).all() or len(set(rows.tolist())) < len(rows):
            raise ValueError("A policy may tell nobody twice of one ask")
        luck, past, helper = self.luck, self.history, self.pairs.helper[rows]
        since, recent = now - past.last[helper], past.week[helper].copy()
        reads = luck.attends[rows] < attention(self.behaviour, since, recent, self.rest[helper])
        past.tell(now, rows)
        self.told_at[rows], self.rest[helper] = now, luck.rest[rows]
        self.trace.tell(now, helper)
        for row in rows[reads & (luck.yes[rows] | luck.no[rows])].tolist():
            self._push(waking.later(now, luck.minutes[row], self.behaviour.asleep), ANSWER, row)
        self._enough(helper[(luck.enough[rows] < self.behaviour.leaves) & (recent >= TOLERATED)])

    def _enough(self, helpers: Ints) -> None:
        """These have had enough; unless they are kept, nobody tells them anything more."""
        self.trace.left[helpers] = True
        if not self.behaviour.stay:
            for one in helpers.tolist():
                self._bar(self.by_helper[self.starts[one] : self.starts[one + 1]])

    def _bar(self, rows: Ints) -> None:
        self.barred[rows] = True
        self.any_barred[self.ask_of[rows]] = True

    def _answer(self, now: float, row: int) -> None:
        ask = int(self.ask_of[row])
        if self.luck.yes[row]:
            self.history.hear_yes(int(self.pairs.helper[row]))
        if self.luck.yes[row] and self._may(now, ask, row):
            self._take(now, ask, row)
            return
        self.answered[row] = -1
        if self.chooser.hears_no and self._is_open(now, ask) and not np.isnan(self.due[ask]):
            self._look(now, ask)

    def _may(self, now: float, ask: int, row: int) -> bool:
        """Whether a yes comes to a fill: the helper is still free, and nobody was sooner."""
        if self.barred[row]:
            return False
        if self._is_open(now, ask):
            return True
        self.trace.taken += int(self.trace.filled[ask] >= self.town.asks.wanted[ask])
        return False

    def _take(self, now: float, ask: int, row: int) -> None:
        helper, when = int(self.pairs.helper[row]), self.town.asks.deadline
        self.answered[row] = 1
        self.history.give(now, helper)
        self.trace.fill(now, ask, helper)
        key = (helper, int(when[ask] // waking.WEEK))
        self.errands[key] = self.errands.get(key, 0) + 1
        own = self.by_helper[self.starts[helper] : self.starts[helper + 1]]
        hours = when[self.ask_of[own]]
        clash = np.abs(hours - when[ask]) < BUSY
        if self.errands[key] >= self.town.helpers.most[helper]:
            clash |= hours // waking.WEEK == key[1]
        self._bar(own[clash & (self.answered[own] != 1)])
