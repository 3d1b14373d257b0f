"""How soon planted deficits are found: the pooled alarm against z-scores of each cell, at equal false
alarms.
"""

from typing import Any

import numpy as np

from handtag.matching.balance import Alarm, kernel, shrink, watch

SIDE, BEFORE, AFTER, SEEDS = 20, 26, 16, 20  # km, weeks, weeks, towns
FALSE = 2.0  # cells in alarm for nothing, in a town without deficits, in 16 weeks
Y, X = np.divmod(np.arange(SIDE * SIDE), SIDE)
Town = tuple[Any, Any, list[int]]


def main() -> int:
    """Print the table: the share of planted deficits found within 8 and 16 weeks."""
    quiet = [town(1000 + seed, 0) for seed in range(SEEDS)]
    print(
        f"{SEEDS} towns of {SIDE} × {SIDE} km, about {quiet[0][0].sum() / (BEFORE + AFTER):.0f} asks a week\n"
    )
    print("| deficit | watched by | alarm at | found within 8 weeks | within 16 weeks |")
    print("| --- | --- | ---: | ---: | ---: |")
    ways = {
        "z-score of each cell and week": lambda *counts: scores(*counts, 1),
        "z-score of each cell, 8 weeks": lambda *counts: scores(*counts, 8),
        "sums over a neighbourhood (ours)": sums,
    }
    for worse in (2.0, 2.5):
        towns = [town(seed, worse) for seed in range(SEEDS)]
        for name, way in ways.items():
            peaks = np.sort(np.concatenate([way(*each[:2]).max(axis=0) for each in quiet]))
            level = peaks[-int(FALSE * SEEDS) - 1] + 1e-9
            found = [found_in(way(*each[:2]) >= level, each[2], weeks) for weeks in (8, 16) for each in towns]
            planted = sum(len(each[2]) for each in towns)
            early, late = sum(found[:SEEDS]) / planted, sum(found[SEEDS:]) / planted
            print(f"| ×{worse} | {name} | {level:.2f} | {early:.2f} | {late:.2f} |", flush=True)
    return 0


def town(seed: int, worse: float) -> Town:
    """Weeks × cells of asks and of those unfilled, about 15 per cent; and, from week 26, up to four
    deficits.
    """
    random = np.random.default_rng(seed)
    middles = random.uniform(3, SIDE - 3, (3, 2))
    rate = 0.15 + sum(1.2 * np.exp(-((X - a) ** 2 + (Y - b) ** 2) / 12.5) for a, b in middles)
    share = np.tile(np.clip(0.15 * np.exp(random.normal(0, 0.2, len(X))), 0.02, 0.4), (BEFORE + AFTER, 1))
    planted: list[int] = []
    for _try in range(100 if worse else 0):
        cell = int(random.choice(len(X), p=rate / rate.sum()))
        if len(planted) < 4 and all(
            (X[cell] - X[one]) ** 2 + (Y[cell] - Y[one]) ** 2 > 36 for one in planted
        ):
            planted.append(cell)
            share[BEFORE:, around(cell, 1.6)] *= worse
    asks = random.poisson(np.tile(rate, (BEFORE + AFTER, 1)))
    return asks, random.binomial(asks, np.minimum(share, 0.9)), planted


def around(cell: int, km: float) -> Any:
    """The cells within so many km."""
    return (X - X[cell]) ** 2 + (Y - Y[cell]) ** 2 <= km**2


def sums(asks: Any, unfilled: Any) -> Any:
    """The sums of the alarm, at the middle of each rise only."""
    usual = shrink(unfilled[:BEFORE].sum(axis=0), asks[:BEFORE].sum(axis=0)).mean
    weights = kernel(X, Y)
    followed = watch(unfilled[BEFORE:], asks[BEFORE:], usual, weights, Alarm(on=1e-9, off=0.0))
    return np.where(followed.middle, followed.sums, 0.0)


def scores(asks: Any, unfilled: Any, weeks: int) -> Any:
    """Z-scores of each cell alone, over so many weeks."""
    usual = shrink(unfilled[:BEFORE].sum(axis=0), asks[:BEFORE].sum(axis=0)).mean
    summed = [np.cumsum(each[BEFORE:], axis=0).astype(float) for each in (asks, unfilled)]
    for each in summed:
        each[weeks:] -= each[:-weeks].copy()
    due, vary = summed[0] * usual, summed[0] * usual * (1 - usual)
    return np.divide(summed[1] - due, np.sqrt(vary), out=np.zeros_like(due), where=vary > 0)


def found_in(alarmed: Any, planted: list[int], weeks: int) -> int:
    """How many deficits have a cell in alarm within 2 km and so many weeks."""
    return sum(bool(alarmed[:weeks, around(cell, 2.0)].any()) for cell in planted)
