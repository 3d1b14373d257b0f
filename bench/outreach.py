"""Whom to tell: all policies in four kinds of town and in overload, and ours where helpers are otherwise than
assumed; each figure beside its aim.
"""

import os
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from typing import Any

import numpy as np

from handtag.matching import simulate, towns
from handtag.matching.behaviour import BEHAVIOURS
from handtag.matching.outcomes import Outcome

SEEDS = int(os.environ.get("SEEDS", "20"))
JOBS = int(os.environ.get("JOBS", os.cpu_count() or 1))
NAMES = {
    "everyone": "everyone eligible at once",
    "nearest": "nearest 10, each hour the next",
    "one": "one at a time, 15 min",
    "sparse": "Manshadi–Rodilitz, one shot",
    "ours": "ours",
}
NORMAL = ("compact", "spread", "unequal", "busy")
DAYS, OVERLOAD_DAYS = 28, 14
SMALL = replace(towns.KINDS["compact"], helpers=1000, asks_per_day=10.0, size=9.9)  # just as dense
LAWS = ("rests", "counts", "soon back", "long away")  # of attention, met in overload too
STRAINED = replace(towns.KINDS["overload"], helpers=500, asks_per_day=40.0, size=7.0)  # just as dense
COMPARED = ("everyone", "sparse", "ours")
Job = tuple[str, str, int]
Found = dict[str, Outcome]


def main() -> int:
    """Play everything, on as many processes as there are cores; print the tables."""
    jobs: list[Job] = [(kind, "as assumed", seed) for seed in range(SEEDS) for kind in (*NORMAL, "overload")]
    jobs += [("compact", name, seed) for seed in range(SEEDS) for name in BEHAVIOURS if name != "as assumed"]
    jobs += [("overload", name, seed) for seed in range(SEEDS) for name in LAWS]
    found: dict[tuple[str, str], list[Found]] = {}
    with ProcessPoolExecutor(JOBS) as pool:
        waiting = {pool.submit(played, job): job for job in jobs}
        for done, future in enumerate(as_completed(waiting), 1):
            found.setdefault(waiting[future][:2], []).append(future.result())
            show(done, len(jobs))
    print(f"{SEEDS} seeds; bound: what a clairvoyant could fill. Medians are means of each town's median.\n")
    for kind in (*NORMAL, "overload"):
        table(kind, found[kind, "as assumed"])
    print("### Ours against its aims\n")
    print(aims_head())
    for (kind, name), rows in sorted(found.items(), key=lambda each: place(*each[0])):
        print(aims(kind, name, rows))
    return 0


def played(job: Job) -> Found:
    """One town under every policy that is compared there."""
    kind, name, seed = job
    what = towns.KINDS[kind]
    if name != "as assumed":
        what = STRAINED if kind == "overload" else SMALL
    what = replace(what, days=OVERLOAD_DAYS if kind == "overload" else DAYS)
    ready = simulate.prepare(towns.draw(what, seed), BEHAVIOURS[name], seed)
    tried = simulate.POLICIES if name == "as assumed" else {one: simulate.POLICIES[one] for one in COMPARED}
    return {one: simulate.replay(ready, policy) for one, policy in tried.items()}


def show(done: int, of: int) -> None:
    """A bar of progress, for whoever waits."""
    full = 40 * done // of
    print(f"\r{'█' * full}{'·' * (40 - full)} {done}/{of}", end="\n" if done == of else "", file=sys.stderr)


def table(kind: str, rows: list[Found]) -> None:
    """All policies in one kind of town."""
    print(f"### {kind.capitalize()}\n")
    print(
        "| policy | fill, share of bound | urgent fill | notices per fill | already taken per fill "
        "| notices a helper and week, p99 | median wait, min | median wait, urgent | Gini |"
    )
    print("| --- |" + " ---: |" * 8)
    for one, label in NAMES.items():
        mean = {name: average(rows, one, name) for name in Outcome.__slots__}
        print(
            f"| {label} | {mean['share']:.2f} | {mean['urgent_fill']:.2f} | {mean['notices_per_fill']:.1f} "
            f"| {mean['taken_per_fill']:.2f} | {mean['per_week_p99']:.1f} | {mean['wait_median']:.0f} "
            f"| {mean['urgent_wait_median']:.0f} | {mean['gini']:.2f} |"
        )
    print(flush=True)


def aims_head() -> str:
    """What is aimed at, as the head of a table."""
    names = (
        "share of bound (0.88)",
        "times everyone (overload: 1.5)",
        "notices per fill, of everyone's (0.25)",
        "taken per fill (0.1)",
        "p99 a week (3)",
        "urgent fill less everyone's (0)",
        "times Manshadi–Rodilitz (1.4)",
        "urgent wait, min (30)",
    )
    return f"| town | helpers | {' | '.join(names)} |\n| --- | --- |" + " ---: |" * len(names)


def aims(kind: str, name: str, rows: list[Found]) -> str:
    """One line: ours in one kind of town, each figure a ratio of the same runs."""

    def ratio(measure: str, other: str) -> float:
        return average(rows, "ours", measure) / average(rows, other, measure)

    figures: list[tuple[float, str, Callable[[float], bool]]] = [
        (average(rows, "ours", "share"), ".3f", lambda x: x >= 0.88 or kind == "overload"),
        (ratio("filled", "everyone"), ".2f", lambda x: x >= (1.5 if kind == "overload" else 1.0)),
        (ratio("notices_per_fill", "everyone"), ".2f", lambda x: x <= 0.25),
        (average(rows, "ours", "taken_per_fill"), ".2f", lambda x: x <= 0.1),
        (average(rows, "ours", "per_week_p99"), ".1f", lambda x: x <= 3),
        (
            average(rows, "ours", "urgent_fill") - average(rows, "everyone", "urgent_fill"),
            "+.2f",
            lambda x: x >= 0,
        ),
        (ratio("filled", "sparse"), ".2f", lambda x: x >= 1.4),
        (average(rows, "ours", "urgent_wait_median"), ".0f", lambda x: x < 30),
    ]
    cells = (
        f"{value:{form}}" + ("" if good(float(f"{value:{form}}")) else " (short)")
        for value, form, good in figures
    )
    return f"| {kind} | {name} | " + " | ".join(cells) + " |"


def average(rows: list[Found], one: str, measure: str) -> float:
    """Over seeds; a town with nothing to measure does not count."""
    values: list[Any] = [getattr(row[one], measure) for row in rows]
    return float(np.nanmean(values))


def place(kind: str, name: str) -> tuple[int, int]:
    """Where it stands in the table."""
    return (*NORMAL, "overload").index(kind) + 10 * (name != "as assumed"), list(BEHAVIOURS).index(name)
