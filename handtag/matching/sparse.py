"""The sparse notification policy of Manshadi and Rodilitz, to be compared with.

A linear programme says how likely each helper should be told of each ask: asks covered at most once, each
helper told no oftener than attention returns. Then, helper by helper, a dynamic programme keeps those notices
that are worth the attention they cost, given who is told before. Whoever is left is told at once, with that
chance, and nobody again.

Source: V. Manshadi, S. Rodilitz, Online policies for efficient volunteer crowdsourcing, Management Science
68 (2022), first EC 2020. Here: planned for a week at a time from the estimates of that day and the asks that
will come (the paper knows only their law: this is in its favour), with the constraint and the programme in
their stationary form (told times mean rest <= time), and the linear programme solved by prices.
"""

from typing import Final

import numpy as np

from handtag.matching.attention import BACK
from handtag.matching.policies import Choice, Chooser, Moment, Scene, by_day
from handtag.matching.towns import Floats, Ints
from handtag.matching.waking import WEEK

ROUNDS: Final = 80


def sparse_notification(scene: Scene) -> Chooser:
    """Tell once, those whom the plan of the week draws."""
    plans: dict[int, tuple[int, Floats]] = {}
    lots = np.random.default_rng([scene.seed, 3]).random(len(scene.pairs.helper))
    week_of = (scene.town.asks.posted // WEEK).astype(np.int64)

    def choose(moment: Moment) -> Choice:
        week = int(week_of[moment.ask])
        if week not in plans:
            first, last = (int(each) for each in np.searchsorted(week_of, [week, week + 1]))
            plans[week] = _planned(scene, first, last)
        begin, chances = plans[week]
        told = lots[moment.row] < chances[moment.row - begin]
        return np.flatnonzero(told & np.isnan(moment.told_at)), None

    return by_day(choose)


def _planned(scene: Scene, first: int, last: int) -> tuple[int, Floats]:
    """Chances of being told, for the pairs of asks first to last; and where these pairs begin."""
    begin, end = int(scene.pairs.indptr[first]), int(scene.pairs.indptr[last])
    ask = np.repeat(np.arange(last - first), np.diff(scene.pairs.indptr[first : last + 1]))
    helper, yes = scene.pairs.helper[begin:end], scene.guess(slice(begin, end))
    share = solve(ask, helper, yes, WEEK / BACK)
    return begin, sparsified(ask, helper, yes, share, WEEK / BACK)


def solve(ask: Ints, helper: Ints, yes: Floats, often: float, rounds: int = ROUNDS) -> Floats:
    """Maximise sum over asks of min(1, sum of yes·x), each helper's x summing to `often` at most, x in 0–1.

    Pairs in the order of their asks; gives x. Prices of helpers' attention rise where it is asked for too
    often and fall where not; each ask buys the cheapest yeses until it is covered; x is the mean of what was
    bought, made to fit. Within a few per cent of the optimum.
    """
    n, total = (int(helper.max()) + 1 if len(helper) else 0), np.zeros(len(ask))
    price, likely = np.zeros(n), np.maximum(yes, 1e-9)
    step = 0.5 * float(likely.mean()) if len(likely) else 0.0
    for turn in range(rounds):
        bought = _buy(ask, likely, price[helper])
        asked = np.bincount(helper, bought, n)
        price = np.maximum(price + step / np.sqrt(turn + 1) * (asked - often) / often, 0.0)
        total += bought * (turn >= rounds // 2)
    share = total / max(rounds - rounds // 2, 1)
    asked = np.bincount(helper, share, n)
    return np.asarray(share * np.minimum(1.0, often / np.maximum(asked, 1e-9))[helper])


def _buy(ask: Ints, yes: Floats, price: Floats) -> Floats:
    """What each ask buys at these prices: the best buys first, while a yes costs less than it is worth."""
    order = np.lexsort((-yes, price / yes, ask))
    worth = np.where(price < yes, yes, 0.0)[order]
    before = np.cumsum(worth) - worth
    starts = np.flatnonzero(np.diff(ask[order], prepend=-1))
    before = before - np.repeat(before[starts], np.diff(np.append(starts, len(order))))
    bought = np.zeros(len(ask))
    bought[order] = np.where(worth > 0, np.clip((1.0 - before) / yes[order], 0.0, 1.0), 0.0)
    return bought


def sparsified(ask: Ints, helper: Ints, yes: Floats, share: Floats, often: float) -> Floats:
    """The shares kept: of each helper those notices whose worth, if nobody before says yes, exceeds the
    attention it costs, at the best rate they can earn.
    """
    alone = np.ones(int(ask.max()) + 1 if len(ask) else 0)
    kept = np.zeros(len(ask))
    order = np.argsort(helper, kind="stable")
    used = order[share[order] > 0]
    for rows in np.split(used, np.flatnonzero(np.diff(helper[used])) + 1):
        worth = yes[rows] * alone[ask[rows]]
        best = np.argsort(-worth, kind="stable")
        told = np.cumsum(share[rows][best])
        rate = np.cumsum((worth * share[rows])[best]) / (often + told)
        keep = rows[worth > rate.max(initial=0.0)]
        kept[keep] = share[keep]
        alone[ask[keep]] *= 1 - yes[keep] * share[keep]
    return kept
