"""How many asks anybody could fill who knows every chance and keeps to so many notices a week: a calculation.

An ask is filled with at most the chance that anybody who may take it says yes (its cap), and with at most the
yeses expected from those who are told: the sum of chance × attention. A helper who is told N times evenly has
the attention of so long a rest each time, and no rhythm gives more in all. The lesser of cap and sum is at
most (1 - w)·cap + w·sum for any weight w from 0 to 1; then each helper's best notices can be found one by
one. Whatever the weights, that is a ceiling; they are moved to make it low. In the long run: attention that
nobody has used yet, and notices after the last ask, do not count.
"""

import os
from dataclasses import replace

import numpy as np

from handtag.matching import policies, simulate, towns
from handtag.matching.behaviour import BEHAVIOURS
from handtag.matching.simulate import Played
from handtag.matching.waking import WEEK

SEEDS = int(os.environ.get("SEEDS", "3"))
ROUNDS, STEP, RHYTHMS = 50, 0.5, 6
DAYS = 14
CASES = (
    ("spread", "as assumed"),
    ("busy", "as assumed"),
    ("overload", "as assumed"),
    ("overload", "soon back"),
    ("overload", "long away"),
)
BUDGETS = (3, 5)


def main() -> int:
    """Print the ceiling as a share of the clairvoyant's and as multiples of everyone-at-once."""
    print(f"{SEEDS} towns of {DAYS} days each; notices a helper and week: {', '.join(map(str, BUDGETS))}\n")
    print("| town | helpers |" + "".join(f" of bound, {b} | times everyone, {b} |" for b in BUDGETS))
    print("| --- | --- |" + " ---: |" * 2 * len(BUDGETS))
    for kind, name in CASES:
        found = np.mean([row(kind, name, seed) for seed in range(SEEDS)], axis=0)
        print(f"| {kind} | {name} | " + " | ".join(f"{value:.2f}" for value in found) + " |", flush=True)
    return 0


def row(kind: str, name: str, seed: int) -> list[float]:
    """One town: for each budget, the share of the bound and the multiple of everyone's fill."""
    what = replace(towns.KINDS[kind], days=DAYS)
    ready = simulate.prepare(towns.draw(what, seed), BEHAVIOURS[name], seed)
    everyone = simulate.replay(ready, policies.everyone).filled
    most = [ceiling(ready, budget) for budget in BUDGETS]
    return [value for each in most for value in (each / ready.bound, each / everyone)]


def ceiling(played: Played, budget: float) -> float:
    """Fills that no policy exceeds in expectation, with so many notices a helper and week."""
    pairs, chance = played.pairs, played.luck.chance
    asks, n = len(played.town.asks), len(played.town.helpers)
    ask = np.repeat(np.arange(asks), np.diff(pairs.indptr))
    count = np.bincount(pairs.helper, minlength=n)
    first = np.repeat(np.cumsum(count) - count, count)
    cap = -np.expm1(np.bincount(ask, np.log1p(-np.minimum(chance, 1 - 1e-9)), asks))
    often = budget * np.arange(1, RHYTHMS + 1) / RHYTHMS
    attention = -np.expm1(-WEEK / often / (played.behaviour.recovery_days * 1440))
    notices = often * played.town.days / 7
    weight, lowest = np.full(asks, 0.7), np.inf
    for turn in range(ROUNDS):
        order = np.lexsort((-weight[ask] * chance, pairs.helper))
        helper, of = pairs.helper[order], ask[order]
        told = np.clip(notices - (np.arange(len(order)) - first)[:, None], 0, 1)
        yes = chance[order, None] * attention * told
        gain = np.stack([np.bincount(helper, weight[of] * column, n) for column in yes.T], axis=1)
        lowest = min(lowest, float((1 - weight) @ cap + gain.max(axis=1).sum()))
        best = yes[np.arange(len(order)), gain.argmax(axis=1)[helper]]
        over = np.bincount(of, best, asks) - cap
        weight = np.clip(weight - STEP / np.sqrt(turn + 1) * over, 0, 1)
    return lowest
