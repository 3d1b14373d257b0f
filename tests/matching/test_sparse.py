"""The policy of Manshadi and Rodilitz: the plan keeps its limits, is near the optimum, and is thinned out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handtag.matching import simulate, towns
from handtag.matching.sparse import solve, sparsified


def random_week(seed, asks=12, helpers=10):
    random = np.random.default_rng(seed)
    ask, helper = np.nonzero(random.random((asks, helpers)) < 0.4)
    return ask, helper, random.beta(1, 4, len(ask)), float(random.uniform(0.5, 3.0))


def optimum(ask, helper, yes, often):
    """The same linear programme by a solver that proves its answer."""
    lp = pytest.importorskip("ortools.linear_solver.pywraplp")
    solver = lp.Solver.CreateSolver("GLOP")
    told = [solver.NumVar(0, 1, "") for _ in yes]
    covered = [solver.NumVar(0, 1, "") for _ in range(int(ask.max()) + 1)]
    for one, cover in enumerate(covered):
        solver.Add(cover <= sum(float(yes[i]) * told[i] for i in np.flatnonzero(ask == one)))
    for one in set(helper.tolist()):
        solver.Add(sum(told[i] for i in np.flatnonzero(helper == one)) <= often)
    solver.Maximize(sum(covered))
    assert solver.Solve() == solver.OPTIMAL
    return solver.Objective().Value()


def covered_by(ask, yes, share):
    return np.minimum(np.bincount(ask, yes * share), 1.0).sum()


@given(st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_the_plan_keeps_every_limit(seed):
    ask, helper, yes, often = random_week(seed)
    share = solve(ask, helper, yes, often)
    assert ((share >= 0) & (share <= 1)).all()
    assert (np.bincount(helper, share) <= often + 1e-9).all()


def test_the_plan_is_within_a_few_per_cent_of_the_optimum():
    found = best = 0.0
    for seed in range(12):
        ask, helper, yes, often = random_week(seed, 40, 25)
        found += covered_by(ask, yes, solve(ask, helper, yes, often))
        best += optimum(ask, helper, yes, often)
    assert 0.94 * best <= found <= best + 1e-6


def test_what_is_kept_was_planned_and_is_worth_its_attention():
    gone = 0
    for seed in range(8):
        ask, helper, yes, often = random_week(seed, 40, 25)
        share = solve(ask, helper, yes, often)
        kept = sparsified(ask, helper, yes, share, often)
        assert ((kept == share) | (kept == 0)).all()
        assert (kept > 0).any()
        gone += int((share > kept).sum())
    assert gone > 0


def test_one_notice_that_is_worth_more_is_kept_and_the_poor_ones_go():
    ask, helper = np.array([0, 1, 2]), np.zeros(3, np.int64)
    kept = sparsified(ask, helper, np.array([0.9, 0.05, 0.8]), np.ones(3), 1.0)
    assert kept.tolist() == [1.0, 0.0, 1.0]


def test_each_is_told_once_at_most_and_never_again():
    town = towns.draw(towns.Kind(helpers=60, asks_per_day=3.0, days=14, size=4.0, services=3), 1)
    found = simulate.play(town, simulate.POLICIES["sparse"], seed=1)
    everyone = simulate.play(town, simulate.POLICIES["everyone"], seed=1)
    assert 0 < found.notices < everyone.notices
