"""What a platform knows of its helpers as it goes: who was told when, who answered, and what to expect.

The estimate is the published one: yeses among the notices one could have said yes to, drawn towards the mean
of all while they are few, less for the distance. It starts cold.
"""

from collections import deque
from typing import Final

import numpy as np

from handtag.matching.attention import price_after, recovered
from handtag.matching.behaviour import Luck
from handtag.matching.towns import Floats, Ints, Pairs
from handtag.matching.waking import WEEK

PRIOR: Final = (3.0, 20.0)  # yeses and notices that are assumed of all before anybody has answered
OWN: Final = 4.0  # notices that the mean of all is worth for one
FADE_KM: Final = 6.0  # by which yeses are taken to sink with distance
ERRANDS_FOR: Final = 4 * WEEK
Told = deque[tuple[float, Ints]]


class History:
    """Of n helpers, from nothing; `known` gives the true chances instead of estimates."""

    def __init__(self, pairs: Pairs, luck: Luck, n: int, *, known: bool = False) -> None:
        self.pairs, self.luck, self.known = pairs, luck, known
        self.near = np.exp(-pairs.km / FADE_KM)
        self.last, self.week, self.errands = np.full(n, -np.inf), np.zeros(n), np.zeros(n)
        self.yes, self.tries = np.zeros(n), np.zeros(n)
        self.all_yes, self.all_tries = PRIOR
        self.price, self.priced = np.zeros(n), np.zeros(n)
        self._told: Told = deque()
        self._errands: Told = deque()

    def at(self, now: float) -> None:
        """Let what is a week, or four, ago be forgotten."""
        for past, column, span in (
            (self._told, self.week, WEEK),
            (self._errands, self.errands, ERRANDS_FOR),
        ):
            while past and past[0][0] <= now - span:
                column[past.popleft()[1]] -= 1

    def guess(self, rows: slice | Ints) -> Floats:
        """Estimated chances of a yes from those who attend (0–1), for rows of the pairs."""
        helper = self.pairs.helper[rows]
        if self.known:
            return np.asarray(np.clip(self.luck.chance[rows] * self.luck.off[helper], 0.0, 1.0))
        mean = self.all_yes / self.all_tries
        own = (self.yes[helper] + OWN * mean) / (self.tries[helper] + OWN)
        return np.asarray(np.clip(own * self.near[rows] * self.luck.off[helper], 0.0, 1.0))

    def prices(self, now: float, helper: Ints) -> Floats:
        """What a notice to each of these is worth elsewhere."""
        self.price[helper] = price_after(self.price[helper], 0.0, now - self.priced[helper])
        self.priced[helper] = now
        return self.price[helper]

    def tell(self, now: float, rows: Ints) -> None:
        """Note that these have been told."""
        helper = self.pairs.helper[rows]
        tried = recovered(now - self.last[helper]) * self.near[rows]
        self.tries[helper] += tried
        self.all_tries += float(tried.sum())
        self.prices(now, helper)
        self.price[helper] = price_after(self.price[helper], 1.0, 0.0)
        self.last[helper] = now
        self.week[helper] += 1
        self._told.append((now, helper))

    def hear_yes(self, helper: int) -> None:
        """Note a yes, in time or not."""
        self.yes[helper] += 1
        self.all_yes += 1

    def give(self, now: float, helper: int) -> None:
        """Note an errand."""
        self.errands[helper] += 1
        self._errands.append((now, np.array([helper])))
