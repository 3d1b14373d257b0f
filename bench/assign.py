"""What placing many asks costs, edges included, against OR-Tools' flow on all edges; CPU of this process."""

import resource
import time

import numpy as np

from bench import _country, _picture
from handtag.matching import compiled
from handtag.matching.assignment import Assignment, assign, verify
from handtag.matching.edges import near
from handtag.matching.placing import place
from tools.ground import ROOT

FULL = 750  # what the whole reach costs: 5 km
TIMES = 3  # each of ours is measured so often; OR-Tools once

# What it shows, asks, helpers, helpers in reach of an ask.
CASES = (
    ("ample", 1_000, 10_000, 20),
    ("ample", 10_000, 100_000, 20),
    ("ample, ten edges an ask", 100_000, 1_000_000, 10),
    ("ample", 100_000, 1_000_000, 20),
    ("ample, a hundred edges an ask", 100_000, 1_000_000, 100),
    ("scarce: 9 helpers for 10 asks", 10_000, 9_000, 50),
    ("scarce: 1 helper for 3 asks", 30_000, 10_000, 100),
    ("scarce: 5 helpers for 6 asks", 60_000, 50_000, 30),
    ("just enough", 10_000, 10_000, 360),
)
HEADS = (
    "case",
    "asks × helpers",
    "edges",
    "together, s",
    "all edges made, s",
    "placed on them, s",
    "OR-Tools with edges, s",
    "ratio",
    "ratio, all edges",
    "without edges",
    "filled",
    "gap",
    "memory so far, MB",
)


def main() -> int:
    """Print the table and draw the picture of the ample cases."""
    print(f"The kernels are compiled or loaded: {compiled.warm():.1f} s\n")
    print(f"| {' | '.join(HEADS)} |")
    print(f"| --- |{' ---: |' * (len(HEADS) - 1)}")
    ours, theirs = [], []
    for name, asks, helpers, within in CASES:
        together, others = measured(name, asks, helpers, within)
        if name == "ample":
            ours.append((float(asks), together))
            theirs.append((float(asks), others))
    file = ROOT / "docs" / "cost-of-placing.svg"
    lines = {"Handtag": ours, "OR-Tools": theirs}
    _picture.draw(file, "Placing, twenty edges an ask, edges included", "asks", "s of CPU", lines)
    return 0


def measured(name: str, asks: int, helpers: int, within: int) -> tuple[float, float]:
    """Print a line of the table; gives back our seconds and those of OR-Tools, edges included."""
    sides = _country.square(asks, helpers, within)
    price = FULL / float(sides[1].reach[0])
    lazy, together = timed(lambda: place(*sides, per_km=price))
    edges, joined = timed(lambda: near(*sides, per_km=price))
    graph = (*edges, helpers)
    found, placed = timed(lambda: assign(*graph))
    assert verify(lazy, *graph) == lazy.gap == 0 == verify(found, *graph)
    assert (lazy.filled, lazy.cost) == (found.filled, found.cost)
    other = flow(graph, found)
    cells = (name, f"{asks:,} × {helpers:,}", f"{len(graph[1]):,}", f"{together:.4f}", f"{joined:.4f}")
    cells += (f"{placed:.4f}", f"{joined + other:.2f}", f"{(joined + other) / together:.1f}")
    cells += (f"{(joined + other) / (joined + placed):.1f}", f"{other / placed:.1f}", f"{lazy.filled:,}")
    print(f"| {' | '.join(cells)} | {lazy.gap} | {most():.0f} |", flush=True)
    return together, joined + other


def most() -> float:
    """The most memory this process, with OR-Tools in it, has used so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def timed(deed):
    """What a deed gives back, and the best of its times."""
    spent = []
    for _again in range(TIMES):
        begun = time.process_time()
        found = deed()
        spent.append(time.process_time() - begun)
    return found, min(spent)


def flow(graph: tuple, found: Assignment) -> float:
    """Seconds for OR-Tools' min-cost flow, told beforehand how many can be filled; it must cost the same."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    ptr, col, cost, helpers = graph
    begun = time.process_time()
    solver, asks, used = SimpleMinCostFlow(), len(ptr) - 1, np.unique(col)
    source, sink, ones = asks + helpers, asks + helpers + 1, np.ones
    every = np.arange(asks)
    solver.add_arcs_with_capacity_and_unit_cost(
        np.repeat(every, np.diff(ptr)), asks + col, ones(len(col), int), cost
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        asks + used, np.full(len(used), sink), ones(len(used), int), used * 0
    )
    solver.add_arcs_with_capacity_and_unit_cost(np.full(asks, source), every, ones(asks, int), every * 0)
    solver.set_node_supply(source, found.filled)
    solver.set_node_supply(sink, -found.filled)
    assert solver.solve() == solver.OPTIMAL
    spent = time.process_time() - begun
    assert solver.optimal_cost() == found.cost
    return spent
