"""A helper's attention: how it comes back after a notice, what it is worth, how soon people answer.

Who has just been told something looks away for a while, and comes back by and by: `recovered`. A week holds
only so many notices for each, so a notice spent on one ask is not there for the next: `price_after` follows
what it is worth, as the dual of the weekly budget, online: up when told, down as the week gives new ones.

Sources: V. Manshadi, S. Rodilitz, Online policies for efficient volunteer crowdsourcing, Management Science
68 (2022), for notices that make inattentive; S. Balseiro, Y. Gur, Learning in repeated auctions with budgets,
Management Science 65 (2019), for pacing a budget by its dual.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from handtag.matching.waking import DAY, WEEK

Floats = NDArray[np.float64]

BACK: Final = 3 * DAY  # minutes in which attention has come back to 63 per cent
RISE: Final = 0.1  # of the price by one notice, as a chance of a yes
HELD: Final = 0.8  # share of the weekly notices at which a price holds; the rest is for what comes at once
SOON: Final = 20.0  # waking minutes in which half of those who answer have answered
STEEP: Final = 1.5  # how alike they are in that; low is a long tail


def recovered(minutes_since_told: ArrayLike, back: float = BACK) -> Floats:
    """Share of attention that is back (0–1), 1 for who was never told: 1 - exp(-minutes / back)."""
    return np.asarray(-np.expm1(-np.asarray(minutes_since_told, dtype=np.float64) / back))


def unanswered(minutes: ArrayLike) -> Floats:
    """Share of answers that take longer than so many waking minutes: log-logistic, half by 20, 16 % by 60."""
    return np.asarray(1.0 / (1.0 + (np.maximum(minutes, 0.0) / SOON) ** STEEP))


def price_after(price: ArrayLike, told: ArrayLike, minutes: ArrayLike, settings: Any = None) -> Floats:
    """What a notice to each helper is worth, as a chance of a yes (0–1), after `minutes` in which each was
    told `told` times: price + RISE·(told - HELD·budget·minutes/week), never below 0.

    A helper told a little less often than the weekly budget allows keeps the price; who is told more costs
    more, until only asks that suit them better are worth it. It must hold below the budget: nobody is ever
    told more than that, so a price that held there could not rise. Call it whenever somebody is told, and for
    all at least once a day; the order of calls between does not matter but at 0.
    """
    budget = np.asarray(getattr(settings, "weekly_budget", 3), dtype=np.float64)
    spent = np.asarray(told, dtype=np.float64) - HELD * budget * np.asarray(minutes, dtype=np.float64) / WEEK
    return np.clip(np.asarray(price, dtype=np.float64) + RISE * spent, 0.0, 1.0)
