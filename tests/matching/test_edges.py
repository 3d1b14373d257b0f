"""Edges for placing: every pair that may be and no other, at what it costs; as the ranking sees it."""

import numpy as np
import pytest

from handtag.matching import edges, ranking
from handtag.matching.assignment import assign, verify
from tests.matching.kernels import chosen
from tests.matching.test_index import town


@pytest.mark.parametrize("kind", ["plain", "compiled"])
def test_an_edge_for_everybody_whom_the_ranking_finds(kind, monkeypatch):
    chosen(monkeypatch, kind)
    pool, random = town(150, 1), np.random.default_rng(2)
    hours = np.zeros((12, 3), np.uint64)
    hours[:, 1] = 1
    asks = edges.Asks(
        random.normal(12.7, 0.08, 12),
        random.normal(56.05, 0.05, 12),
        service=2 ** random.integers(0, 4, 12).astype(np.uint64),
        demanded=np.full(12, 3, np.uint64),
        hours=hours,
        wider=random.choice([0.0, 4.0], 12),
    )
    ptr, col, cost = edges.near(asks, pool)
    for ask in range(12):
        wanted = ranking.Wanted(
            asks.longitude[ask],
            asks.latitude[ask],
            service=int(asks.service[ask]),
            demanded=3,
            hours=(0, 1, 0),
            wider=asks.wider[ask],
        )
        found = ranking.rank(wanted, pool, 150)
        row, price = col[ptr[ask] : ptr[ask + 1]], cost[ptr[ask] : ptr[ask + 1]]
        assert sorted(row) == sorted(found.rows)
        expected = dict(zip(found.rows, np.rint(150 * found.km) + 120 * pool.load[found.rows], strict=True))
        assert [expected[each] for each in row] == price.tolist()


def test_from_columns_to_a_proven_placing():
    pool = town(400, 3)
    asks = edges.Asks(pool.longitude[:80] + 0.001, pool.latitude[:80])
    graph = (*edges.near(asks, pool), len(pool))
    found = assign(*graph)
    assert found.filled > 60
    assert found.gap == 0 == verify(found, *graph)


@pytest.mark.parametrize(("asks", "helpers"), [(0, 5), (5, 0)])
def test_nobody_on_one_side_makes_no_edges(asks, helpers):
    pool = town(helpers, 4)
    ptr, col, cost = edges.near(edges.Asks(np.full(asks, 12.7), np.full(asks, 56.05)), pool)
    assert ptr.tolist() == [0] * (asks + 1)
    assert len(col) == len(cost) == 0


def test_asks_far_from_everybody_have_no_edges():
    ptr, _, _ = edges.near(edges.Asks(np.array([18.0, 12.7]), np.array([63.0, 56.05])), town(200, 5))
    assert ptr[1] == 0
    assert ptr[2] > 0
