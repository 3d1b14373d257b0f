"""Policies side by side in simulated towns: a table in words, a picture, and the figures to go on with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import isnan
from typing import Final

from handtag.matching import simulate, towns
from handtag.matching.behaviour import BEHAVIOURS
from handtag.matching.outcomes import Spread, spreads
from handtag.papers.ranges import Range, ranges

CALLED: Final = {
    "everyone": "everyone eligible at once",
    "nearest": "nearest 10, waves each hour",
    "one": "one at a time, 15 min",
    "sparse": "Manshadi–Rodilitz, one shot",
    "ours": "ours",
}
ROWS: Final = (  # heading, measure, decimals
    ("share of the bound", "share", 2),
    ("fill", "fill", 2),
    ("urgent fill", "urgent_fill", 2),
    ("wait, median, min", "wait_median", 0),
    ("wait, p90", "wait_p90", 0),
    ("urgent wait, median", "urgent_wait_median", 0),
    ("urgent wait, p90", "urgent_wait_p90", 0),
    ("notices a fill", "notices_per_fill", 1),
    ("notices a helper and week", "per_week_mean", 2),
    ("the same, p99", "per_week_p99", 0),
    ("already taken a fill", "taken_per_fill", 2),
    ("Gini of errands", "gini", 2),
    ("helpers who had enough", "left", 0),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is simulated: a kind of town, how helpers behave, which policies, how many towns."""

    town: str = "compact"
    behaviour: str = "as assumed"
    policies: tuple[str, ...] = tuple(CALLED)
    seeds: int = 5
    first: int = 1
    days: int = 56


@dataclass(frozen=True, slots=True)
class Simulated:
    """The measures of each policy over the towns."""

    asked: Asked
    measures: dict[str, dict[str, Spread]]


def simulated(asked: Asked, tell: Callable[[int, int], object]) -> Simulated:
    """Play the towns; `tell` hears how many plays are done, of how many."""
    kind = replace(towns.KINDS[asked.town], days=asked.days)
    found = simulate.compare(
        lambda seed: towns.draw(kind, seed),
        {name: simulate.POLICIES[name] for name in asked.policies},
        seeds=range(asked.first, asked.first + asked.seeds),
        behaviour=BEHAVIOURS[asked.behaviour],
        tell=tell,
    )
    return Simulated(asked, {name: spreads(outcomes) for name, outcomes in found.items()})


def table(found: Simulated) -> str:
    """The means as a table (Markdown); beside the share of the bound, between what nine towns in ten lie."""
    rows = [["", *found.measures], ["---", *("---:" for _policy in found.measures)]]
    for head, name, decimals in ROWS:
        rows.append([head, *(_number(each[name].mean, decimals) for each in found.measures.values())])
    shares = [measures["share"] for measures in found.measures.values()]
    rows.insert(
        3, ["in nine towns of ten", *(f"{_number(each.low, 2)}–{_number(each.high, 2)}" for each in shares)]
    )
    return _aligned(rows)


def picture(found: Simulated) -> str:
    """The share of the bound by policy, with its spread, as an SVG file."""
    rows = [
        Range(CALLED[policy], share.mean, share.low, share.high, _number(share.mean, 2), policy != "ours")
        for policy, measures in found.measures.items()
        if not isnan((share := measures["share"]).mean)
    ]
    title = f"Share of what a clairvoyant could fill, {found.asked.town} town"
    return ranges(rows, title=title, units="0 to 1, nine towns in ten", most=1.0, alone=True)


def figures(found: Simulated) -> dict[str, dict[str, dict[str, float | None]]]:
    """Everything measured, to be written as JSON; None where there was nothing to measure."""
    return {
        policy: {
            name: {
                "mean": _known(spread.mean),
                "low": _known(spread.low),
                "high": _known(spread.high),
            }
            for name, spread in measures.items()
        }
        for policy, measures in found.measures.items()
    }


def _known(value: float) -> float | None:
    return None if isnan(value) else value


def _number(value: float, decimals: int) -> str:
    return "–" if isnan(value) else f"{value:,.{decimals}f}"


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            (cell.rjust if place else cell.ljust)(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)
