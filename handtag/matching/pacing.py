"""How many may be told of an ask at a time: what is pending, what may be, and when the next are due.

What is pending is the number of yeses that those already told may still give: for each, the chance that they
will, having been silent so long. What may be pending grows as time gets short. Both are known from the ask as
it stands, so that it does not matter how often, or when, somebody looks.
"""

from typing import Final

import numpy as np

from handtag.matching import waking
from handtag.matching.attention import Floats, recovered
from handtag.matching.reading import Asked

CALM: Final = 0.03  # yeses that may be pending however much time there is; more would be two for one errand
FURTHER: Final = 0.6  # more of them for each further helper who is wanted
UNHURRIED: Final = 2.0  # how many times over the time left may be used up by waiting
ANSWER: Final = 30.0  # waking minutes that an answer takes, on the whole
SOON: Final = 24.0  # minutes in which an urgent ask should have its first yes, more often than not
EVEN: Final = 0.32  # yeses expected within them that make it so: whoever says no makes room for the next
PART: Final = 0.35  # of the time left, for that, where there is less
CERTAIN: Final = 0.95  # no chance of a yes counts as more
RICH: Final = 0.7  # share of what may be pending, under which the next is told
GRID: Final = np.concatenate([np.arange(1.0, 30.0), np.geomspace(30.0, 1500.0, 30)])  # waking minutes ahead


def mass(chance: Floats) -> Floats:
    """Chances of a yes as something that adds up: -log of the chance of none."""
    return np.asarray(-np.log1p(-np.minimum(chance, CERTAIN)))


def may_be_pending(ask: Asked, ahead: Floats) -> Floats:
    """Yeses that may be pending so many waking minutes from now, by how much time is left then."""
    time = np.maximum(ask.time - ahead, 1.0)
    calm = CALM + FURTHER * (ask.left - 1)
    if ask.urgent:
        within = 1.0 - ask.survival(np.minimum(SOON, PART * (time + ask.margin)))
        return np.asarray(np.maximum(calm, EVEN * ask.left / np.maximum(within, 0.05)))
    need = -np.log(1.0 - ask.target) * ask.left
    return np.asarray(np.maximum(calm, need * ANSWER / (UNHURRIED * time)))


def pending(ask: Asked, ahead: Floats, new: Floats | None = None) -> Floats:
    """Yeses that those told may still give, so many waking minutes from now; `new`: chances of a yes of those
    who are told just now.
    """
    waiting = np.flatnonzero(ask.told & (ask.answered == 0))
    if not len(waiting) and (new is None or not len(new)):
        return np.zeros(len(ahead))
    between = waking.WEEK / np.maximum(ask.week[waiting], 1.0)  # attention was back so far, on the whole
    chance = np.minimum(ask.chance[waiting] * recovered(between), CERTAIN)
    gone = waking.between(ask.told_at[waiting], ask.now, ask.quiet)
    if new is not None and len(new):
        chance = np.concatenate([chance, np.minimum(new, CERTAIN)])
        gone = np.concatenate([gone, np.zeros(len(new))])
    silent = ask.survival(gone[:, None] + ahead[None, :])
    still = chance[:, None] * silent
    return np.asarray(mass(still / (1.0 - chance[:, None] + still)).sum(axis=0))


def due_in(ask: Asked, new: Floats) -> float:
    """Waking minutes until the next may be told, when these have been told now."""
    ahead = GRID[np.searchsorted(GRID, min(max(ask.step, 1.0), GRID[-1])) :]
    ready = pending(ask, ahead, new) <= RICH * may_be_pending(ask, ahead)
    return float(ahead[int(np.argmax(ready))] if ready.any() else ahead[-1])
