"""Placing: against every way there is (small), OR-Tools (large); the proof checked; bad graphs named."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handtag.matching.assignment import BadGraph, assign, verify
from tests.matching.kernels import chosen


@st.composite
def graphs(draw, most=7):
    asks, helpers = draw(st.integers(0, most)), draw(st.integers(0, most))
    edges = st.dictionaries(
        st.integers(0, max(helpers - 1, 0)), st.integers(0, draw(st.sampled_from([1, 5, 999])))
    )
    rows = [draw(edges) if helpers else {} for _ in range(asks)]
    ptr = np.cumsum([0, *map(len, rows)])
    col = np.array([each for row in rows for each in row], dtype=np.int64)
    cost = np.array([each for row in rows for each in row.values()], dtype=np.int64)
    return ptr, col, cost, helpers


def geographic(asks, helpers, near, seed):
    """Asks and helpers in a square, each ask with about `near` helpers in reach; cost by km and load."""
    random = np.random.default_rng(seed)
    there, here = random.random((helpers, 2)), random.random((asks, 2))
    load, reach = random.integers(0, 8, helpers), np.sqrt(near / helpers / np.pi)
    away = np.hypot(here[:, None, 0] - there[None, :, 0], here[:, None, 1] - there[None, :, 1])
    row, col = np.nonzero(away <= reach)
    cost = np.rint(750 * away[row, col] / reach + 120 * load[col]).astype(np.int64)
    return np.searchsorted(row, np.arange(asks + 1)), col, cost, helpers


def best_of_all(ptr, col, cost):
    """Most filled and least spent, over every set of helpers taken."""
    ways = {0: (0, 0)}
    for ask in range(len(ptr) - 1):
        further = dict(ways)
        for taken, (filled, spent) in ways.items():
            for edge in range(ptr[ask], ptr[ask + 1]):
                bit = 1 << int(col[edge])
                if not taken & bit:
                    way = (filled + 1, spent - int(cost[edge]))
                    further[taken | bit] = max(further.get(taken | bit, (-1, 0)), way)
        ways = further
    filled, spent = max(ways.values())
    return filled, -spent


@pytest.fixture(params=["plain", "compiled"])
def run(request, monkeypatch):
    """Both the Python and what Numba makes of it."""
    chosen(monkeypatch, request.param)


@given(graphs())
@settings(max_examples=300)
def test_small_graphs_are_placed_as_the_best_of_all_ways(graph):
    found = assign(*graph)
    assert (found.filled, found.cost) == best_of_all(*graph[:3])
    assert found.gap == 0 == verify(found, *graph)


@pytest.mark.parametrize(("asks", "helpers", "near"), [(40, 200, 8), (60, 60, 6), (120, 50, 9), (80, 82, 40)])
def test_every_shape_of_town_is_proven(run, asks, helpers, near):
    for seed in range(8):
        graph = geographic(asks, helpers, near, seed)
        found = assign(*graph)
        assert found.gap == 0 == verify(found, *graph)


def test_plain_and_compiled_give_the_same(monkeypatch):
    for seed in range(5):
        graph = geographic(70, 70, 20, seed)
        chosen(monkeypatch, "plain")
        plain = assign(*graph)
        monkeypatch.undo()
        chosen(monkeypatch, "compiled")
        fast = assign(*graph)
        assert (plain.helper == fast.helper).all()
        assert (plain.duals.asks == fast.duals.asks).all()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("asks", "helpers", "near"), [(1500, 4000, 30), (1500, 1500, 60), (2500, 1200, 25)])
def test_large_graphs_cost_what_another_solver_finds(asks, helpers, near):
    flows = pytest.importorskip("ortools.graph.python.min_cost_flow")
    graph = geographic(asks, helpers, near, 1)
    found = assign(*graph)
    assert found.gap == 0 == verify(found, *graph)
    flow, (ptr, col, cost, _) = flows.SimpleMinCostFlow(), graph
    source, sink, one = asks + helpers, asks + helpers + 1, np.ones
    row = np.repeat(np.arange(asks), np.diff(ptr))
    flow.add_arcs_with_capacity_and_unit_cost(row, asks + col, one(len(col), int), cost)
    every, able = np.arange(asks), np.arange(helpers)
    flow.add_arcs_with_capacity_and_unit_cost(every * 0 + source, every, one(asks, int), every * 0)
    flow.add_arcs_with_capacity_and_unit_cost(asks + able, able * 0 + sink, one(helpers, int), able * 0)
    flow.set_node_supply(source, asks)
    flow.set_node_supply(sink, -asks)
    assert flow.solve_max_flow_with_min_cost() == flow.OPTIMAL
    assert (flow.maximum_flow(), flow.optimal_cost()) == (found.filled, found.cost)


def test_most_asks_are_filled_before_anything_is_saved():
    # The cheap edge would leave the second ask with nobody.
    found = assign([0, 2, 3], [0, 1, 0], [0, 1000, 0], 2)
    assert found.helper.tolist() == [1, 0]
    assert (found.filled, found.cost) == (2, 1000)


def test_the_proof_is_prices_where_all_are_filled():
    graph = geographic(50, 300, 20, 3)
    found = assign(*graph)
    ptr, col, cost, _ = graph
    row = np.repeat(np.arange(50), np.diff(ptr))
    assert found.filled == 50
    assert (found.duals.asks[row] + found.duals.helpers[col] <= cost).all()
    assert (found.duals.helpers <= 0).all()
    assert found.duals.asks.sum() + found.duals.helpers.sum() == found.cost


def test_a_false_proof_is_refused():
    graph = geographic(60, 40, 8, 4)
    found = assign(*graph)
    dearer = found.duals._replace(asks=found.duals.asks + 1)
    with pytest.raises(AssertionError, match="price"):
        verify(replace(found, duals=dearer), *graph)
    taken = found.helper.copy()
    taken[np.flatnonzero(taken >= 0)[0]] = -1
    with pytest.raises(AssertionError, match="by one edge"):
        verify(replace(found, helper=taken), *graph)


@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_of_edges_changes_neither_filled_nor_cost(graph, random):
    ptr, col, cost, helpers = graph
    rows = [range(int(a), int(b)) for a, b in pairwise(ptr)]
    order = np.array([edge for row in rows for edge in random.sample(row, len(row))], dtype=int)
    first, second = assign(*graph), assign(ptr, col[order], cost[order], helpers)
    assert (first.filled, first.cost) == (second.filled, second.cost)
    assert (assign(*graph).helper == first.helper).all()


def test_the_input_is_left_as_it_was(run):
    graph = geographic(60, 60, 20, 5)
    before = [array.copy() for array in graph[:3]]
    assign(*graph)
    assert all((one == other).all() for one, other in zip(before, graph[:3], strict=True))


@pytest.mark.parametrize("graph", [([0], [], [], 0), ([0, 0, 0], [], [], 5), ([0, 0], [], [], 0)])
def test_nothing_to_place_is_no_fault(graph):
    found = assign(*graph)
    assert (found.filled, found.cost, found.gap) == (0, 0, 0)
    assert (found.helper == -1).all()
    assert verify(found, *graph) == 0


@pytest.mark.parametrize(
    ("graph", "said"),
    [
        (([], [], [], 1), "indptr must begin with 0"),
        (([1, 2], [0, 0], [1, 1], 1), "indptr must begin with 0"),
        (([0, 1], [0, 1], [1, 1], 2), "end with the number of edges"),
        (([0, 2, 1, 2], [0, 1], [1, 1], 2), "falls after ask 1: from 2 to 1"),
        (([0, 2], [0, 1], [1], 2), "2 indices and 1 costs"),
        (([0, 2], [0, 2], [1, 1], 2), r"indices\[1\] is 2, not below n_helpers = 2"),
        (([0, 2], [0, -1], [1, 1], 2), r"indices\[1\] is -1, below 0"),
        (([0, 2], [0, 1], [1, -4], 2), r"costs\[1\] is -4"),
        (([0, 2, 4], [0, 1, 1, 1], [1, 1, 1, 1], 2), r"Ask 1 has helper 1 twice, again at indices\[3\]"),
        (([0, 1], [0], [2**61], 1), "would not fit"),
        (([0, 1], [0], [0.5], 1), "costs must be integers"),
        (([[0, 1]], [0], [1], 1), "one dimension"),
        (([0, 0], [], [], -1), "n_helpers is -1"),
    ],
)
def test_a_bad_graph_is_named(graph, said):
    with pytest.raises(BadGraph, match=said):
        assign(*graph)


def test_everybody_wants_the_same_few(run):
    """Three helpers, sixty asks: the cheapest three are filled."""
    found = assign(np.arange(0, 181, 3), np.tile([0, 1, 2], 60), np.repeat(np.arange(60), 3), 3)
    assert (found.filled, found.cost, found.gap) == (3, 0 + 1 + 2, 0)
