"""What placing many asks costs, edges included, against OR-Tools' flow on the same edges; CPU of this
process.
"""

import resource
import time

import numpy as np

from bench import _country, _picture
from handtag.matching import compiled
from handtag.matching.assignment import Assignment, assign, verify
from handtag.matching.edges import near
from tools.ground import ROOT

FULL = 750  # what the whole reach costs: 5 km

# What it shows, asks, helpers, helpers in reach of an ask; and whether OR-Tools solves it too.
CASES = (
    ("ample", 1_000, 10_000, 20, True),
    ("ample", 10_000, 100_000, 20, True),
    ("ample, ten edges an ask", 100_000, 1_000_000, 10, True),
    ("ample", 100_000, 1_000_000, 20, True),
    ("ample, a hundred edges an ask", 100_000, 1_000_000, 100, False),
    ("scarce: 9 helpers for 10 asks", 10_000, 9_000, 50, True),
    ("scarce: 1 helper for 3 asks", 30_000, 10_000, 100, True),
    ("scarce: 5 helpers for 6 asks", 60_000, 50_000, 30, True),
    ("just enough", 10_000, 10_000, 360, True),
)


def main() -> int:
    """Print the table and draw the picture of the ample cases."""
    print(f"The kernels are compiled or loaded: {compiled.warm():.1f} s\n")
    heads = ("case", "asks × helpers", "edges", "edges made, s", "placed, s", "together", "OR-Tools", "ratio")
    print(f"| {' | '.join(heads)} | without edges | filled | gap | memory, MB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    ours, theirs = [], []
    for name, asks, helpers, within, both in CASES:
        sides = _country.square(asks, helpers, within)
        begun = time.process_time()
        graph = (*near(*sides, per_km=FULL / float(sides[1].reach[0])), helpers)
        joined = time.process_time() - begun
        found, placed = timed(graph)
        assert verify(found, *graph) == found.gap == 0
        other = flow(graph, found) if both else float("nan")
        ratio = ((joined + other) / (joined + placed), other / placed)
        if name == "ample":
            ours.append((float(asks), joined + placed))
            theirs.append((float(asks), joined + other))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        cells = (name, f"{asks:,} × {helpers:,}", f"{len(graph[1]):,}", f"{joined:.3f}", f"{placed:.3f}")
        cells += (f"{joined + placed:.3f}", f"{joined + other:.2f}", f"{ratio[0]:.1f}", f"{ratio[1]:.1f}")
        print(f"| {' | '.join(cells)} | {found.filled:,} | {found.gap} | {memory:.0f} |", flush=True)
    file = ROOT / "docs" / "cost-of-placing.svg"
    lines = {"Handtag": ours, "OR-Tools": theirs}
    _picture.draw(file, "Placing, twenty edges an ask, edges included", "asks", "s of CPU", lines)
    return 0


def timed(graph: tuple) -> tuple[Assignment, float]:
    """The placing, and the better of two times."""
    spent = []
    for _again in range(2):
        begun = time.process_time()
        found = assign(*graph)
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
