"""Placing from columns, edges made only where wanted: the same as on all edges, and proven on all of them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handtag.matching import assignment, edges, placing, ranking
from handtag.matching.kernels import lazily, net
from tests.matching.kernels import chosen
from tests.matching.test_index import town


def side_by_side(asks, pool, **prices):
    """Both ways; the lazy one checked against every edge there is, and found the same."""
    graph = (*edges.near(asks, pool, **prices), len(pool))
    found, whole = placing.place(asks, pool, **prices), assignment.assign(*graph)
    assert (found.filled, found.cost) == (whole.filled, whole.cost)
    assert found.gap == 0 == assignment.verify(found, *graph)
    return found


def square(asks, helpers, near, seed, clusters=0):
    """Asks and helpers in a square of 20 km, or around a few points of it; `near` in reach of an ask."""
    random = np.random.default_rng(seed)
    places = [random.random((each, 2)) * 20 for each in (helpers, asks)]
    if clusters:
        middles = random.random((clusters, 2)) * 20
        places = [middles[random.integers(0, clusters, len(each))] + each / 20 for each in places]
    (x, y), (u, v) = ((13 + each[:, 0] / 60, 56 + each[:, 1] / 111.2) for each in places)
    pool = ranking.Pool(
        ids=np.zeros((helpers, 2), np.uint64),
        longitude=x,
        latitude=y,
        languages=np.ones(helpers, np.uint64),
        answers=np.full(helpers, 0.5),
        load=random.integers(0, 8, helpers).astype(float),
        idle=np.full(helpers, 100.0),
        reach=np.full(helpers, 20 * np.sqrt(near / max(helpers, 1) / np.pi)),
    )
    return edges.Asks(u, v), pool


@st.composite
def towns(draw):
    """Few places, so that there are ties; every demand there is, or none; sides that may be empty."""
    many, helpers = draw(st.integers(0, 12)), draw(st.integers(0, 16))
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    spots = np.column_stack((random.normal(12.7, 0.05, 5), random.normal(56.05, 0.03, 5)))
    there, here = spots[random.integers(0, 5, helpers)], spots[random.integers(0, 5, many)]
    if draw(st.booleans()):
        there, here = there + random.normal(0, 0.01, there.shape), here + random.normal(0, 0.01, here.shape)

    def mask(bits, *shape):
        return random.integers(0, 2**bits, shape).astype(np.uint64)

    pool = ranking.Pool(
        ids=np.zeros((helpers, 2), np.uint64),
        longitude=there[:, 0],
        latitude=there[:, 1],
        languages=mask(3, helpers),
        answers=np.full(helpers, 0.5),
        load=random.integers(0, draw(st.sampled_from([1, 3, 9])), helpers).astype(float),
        idle=np.full(helpers, 100.0),
        services=mask(3, helpers) if draw(st.booleans()) else None,
        reach=random.choice([0.0, 1.0, 5.0, 400.0], helpers) if draw(st.booleans()) else None,
        hours=mask(2, helpers, 3) if draw(st.booleans()) else None,
        active=random.random(helpers) < 0.8 if draw(st.booleans()) else None,
    )
    asks = edges.Asks(
        here[:, 0],
        here[:, 1],
        service=2 ** random.integers(0, 3, many).astype(np.uint64) if draw(st.booleans()) else None,
        demanded=mask(3, many) if draw(st.booleans()) else None,
        hours=mask(1, many, 3) if draw(st.booleans()) else None,
        wider=random.choice([0.0, 3.0], many) if draw(st.booleans()) else None,
    )
    return asks, pool


@pytest.fixture
def always_lazy(monkeypatch):
    """However few asks and helpers, and whoever is left after the bids: never all edges at once."""
    chosen(monkeypatch, "plain")  # what is compiled keeps the figures it was compiled with
    monkeypatch.setattr(lazily, "MANY", 0)
    monkeypatch.setattr(lazily, "FEW", 1)
    monkeypatch.setattr(lazily, "ENOUGH", 2)
    monkeypatch.setattr(placing, "_may_be_ample", lambda _helpers, _asks: True)
    monkeypatch.setattr(placing, "solved", None)


@given(towns(), st.sampled_from([0, 150, 0.5]), st.sampled_from([0, 120]))
@settings(max_examples=200, deadline=None)
def test_small_towns_are_placed_as_on_all_edges(sides, per_km, per_errand):
    side_by_side(*sides, per_km=per_km, per_errand=per_errand)


@pytest.mark.usefixtures("always_lazy")
def test_small_towns_are_placed_the_same_whoever_is_left():
    @given(towns(), st.sampled_from([0, 150, 0.5]))
    @settings(max_examples=200, deadline=None)
    def placed(sides, per_km):
        side_by_side(*sides, per_km=per_km)

    placed()


@pytest.mark.parametrize("kind", ["plain", "compiled"])
@pytest.mark.parametrize(
    ("asks", "helpers", "near", "clusters"),
    [(60, 600, 20, 0), (60, 600, 20, 3), (60, 70, 12, 0), (60, 40, 9, 0), (80, 80, 30, 2), (50, 400, 2, 0)],
)
def test_every_shape_of_town_is_proven_on_all_edges(kind, asks, helpers, near, clusters, monkeypatch):
    chosen(monkeypatch, kind)
    for seed in range(3):
        side_by_side(*square(asks, helpers, near, seed, clusters))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("asks", "helpers", "near", "clusters"), [(3000, 30_000, 20, 0), (3000, 6000, 30, 4)]
)
def test_large_towns_cost_what_another_solver_finds(asks, helpers, near, clusters):
    flows = pytest.importorskip("ortools.graph.python.min_cost_flow")
    sides = square(asks, helpers, near, 1, clusters)
    found = side_by_side(*sides)
    ptr, col, cost = edges.near(*sides)
    flow, source, sink, one = flows.SimpleMinCostFlow(), asks + helpers, asks + helpers + 1, np.ones
    every, able = np.arange(asks), np.arange(helpers)
    flow.add_arcs_with_capacity_and_unit_cost(
        np.repeat(every, np.diff(ptr)), asks + col, one(len(col), int), cost
    )
    flow.add_arcs_with_capacity_and_unit_cost(every * 0 + source, every, one(asks, int), every * 0)
    flow.add_arcs_with_capacity_and_unit_cost(asks + able, able * 0 + sink, one(helpers, int), able * 0)
    flow.set_node_supply(source, asks)
    flow.set_node_supply(sink, -asks)
    assert flow.solve_max_flow_with_min_cost() == flow.OPTIMAL
    assert (flow.maximum_flow(), flow.optimal_cost()) == (found.filled, found.cost)


def test_where_helpers_are_ample_most_edges_are_never_made():
    asks, pool = square(300, 3000, 60, 2)
    laid = edges.laid(asks, pool, 150.0, 120.0)
    room = np.empty(300 * 48, np.int32), np.empty(300 * 48, np.int64)
    helpers = len(laid.rows)
    found = lazily.lazily(laid.ground, room, net.pairs(300, helpers), net.search(300, helpers))
    made = (found.net.spans[:, net.END] - found.net.spans[:, net.BEGIN]).sum()
    assert found.whole
    assert made < len(edges.near(asks, pool)[1]) / 3


def test_an_ask_that_nobody_can_take_and_two_that_want_the_same():
    """Far from all others: the first alone, the next two with one helper, who goes to the cheaper."""
    asks, pool = square(100, 1000, 30, 3)
    asks = replace(
        asks,
        longitude=np.concatenate(([18.0, 16.0, 16.002], asks.longitude)),
        latitude=np.concatenate(([63.0, 59.0, 59.0], asks.latitude)),
    )
    pool.longitude[0], pool.latitude[0] = 16.003, 59.0
    found = side_by_side(asks, pool)
    assert found.helper[:3].tolist() == [-1, -1, 0]
    assert found.filled == 101


def test_too_little_room_makes_all_edges_at_once(monkeypatch):
    monkeypatch.setattr(placing, "SPARE", 2)
    side_by_side(*square(60, 600, 20, 4))


def test_same_input_same_output():
    sides = square(200, 2000, 20, 5)
    one, two = placing.place(*sides), placing.place(*sides)
    assert (one.helper == two.helper).all()
    assert (one.duals.asks == two.duals.asks).all()
    assert (one.duals.helpers == two.duals.helpers).all()


def test_plain_and_compiled_give_the_same(monkeypatch):
    sides = square(100, 1000, 20, 6)
    chosen(monkeypatch, "plain")
    plain = placing.place(*sides)
    monkeypatch.undo()
    chosen(monkeypatch, "compiled")
    fast = placing.place(*sides)
    assert (plain.helper == fast.helper).all()
    assert (plain.duals.asks == fast.duals.asks).all()


@pytest.mark.parametrize(("asks", "helpers"), [(0, 5), (5, 0), (0, 0)])
def test_nobody_on_one_side_is_no_fault(asks, helpers):
    found = placing.place(edges.Asks(np.full(asks, 12.7), np.full(asks, 56.05)), town(helpers, 4))
    assert (found.filled, found.cost, found.gap, len(found.helper)) == (0, 0, 0, asks)


@pytest.mark.parametrize(
    ("prices", "said"),
    [
        ({"per_km": -1}, "must not be below 0"),
        ({"per_errand": np.nan}, "numbers"),
        ({"per_km": 1e18}, "64 bits"),
    ],
)
def test_prices_that_make_no_sense_are_refused(prices, said):
    with pytest.raises(assignment.BadGraph, match=said):
        placing.place(*square(5, 5, 3, 0), **prices)
