"""Imbalance: gaps counted, shares shrunk with honest intervals, what to expect, an alarm that holds still."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handtag.matching import balance, quantiles
from handtag.matching.balance import Alarm, access, capacity, expected, gaps, kernel, shrink, watch


def test_the_two_gaps_are_told_apart():
    found = gaps([0, 2, 3, 9, 1], [False, True, False, True, False], [0, 0, 1, 1, 1], 3)
    assert found.asks.tolist() == [2, 3, 0]
    assert found.structural.tolist() == [2, 1, 0]
    assert found.response.tolist() == [0, 1, 0]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=15))
@settings(max_examples=30)
def test_shares_are_drawn_towards_the_whole_and_stay_in_their_interval(counts):
    hits, tries = (np.array(each) for each in zip(*((min(a, b), max(a, b)) for a, b in counts), strict=True))
    found, whole = shrink(hits, tries), (hits.sum() + 0.5) / (tries.sum() + 1)
    raw = np.divide(hits, tries, out=np.full(len(hits), whole), where=tries > 0)
    assert (np.abs(found.mean - whole) <= np.abs(raw - whole) + 1e-9).all()
    assert (found.low <= found.high).all()
    assert ((found.low >= 0) & (found.high <= 1)).all()


def test_one_bad_ask_in_a_hamlet_is_no_crisis():
    found = shrink([1, 20, 2], [1, 100, 100])
    assert found.mean[0] < 0.5
    assert found.high[0] - found.low[0] > found.high[1] - found.low[1]


def test_intervals_of_shares_hold_as_often_as_they_say():
    random = np.random.default_rng(1)
    true = random.beta(3, 12, 400)
    tries = random.integers(1, 60, 400)
    found = shrink(random.binomial(tries, true), tries)
    held = ((found.low <= true) & (true <= found.high)).mean()
    assert 0.84 <= held <= 0.96


def test_intervals_of_what_to_expect_hold_the_week_that_comes():
    random = np.random.default_rng(2)
    rate = random.gamma(2, 1.5, 500)
    found = expected(random.poisson(rate, (8, 500)))
    coming = random.poisson(rate)
    assert 0.86 <= ((found.low <= coming) & (coming <= found.high)).mean() <= 0.98
    assert found.mean.mean() == pytest.approx(rate.mean(), rel=0.1)


def test_willing_capacity_counts_chances_not_heads():
    found = capacity([0.5, 1.0, 0.1], [2, 1, 10], [0, 0, 1], 3)
    assert found.mean.tolist() == [2.0, 1.0, 0.0]
    assert found.high[0] <= 3
    assert found.low[1] == 0


def test_help_between_two_needs_is_shared():
    away = np.array([[0.0, 2.0], [2.0, 0.0]])
    alone, both = access([4, 0], [4, 0], away, 5), access([4, 4], [4, 0], away, 5)
    assert alone[0] == pytest.approx(1.0)
    assert both[0] < alone[0]
    assert access([4], [0], [[0.0]], 5).tolist() == [0.0]
    assert access([4, 4], [4, 0], away, 1)[1] == 0


def town(weeks, worse, seed):
    """A row of 30 cells, 1 km apart, 4 asks a week in each; from week 10, cells 10–12 go wrong more often."""
    random = np.random.default_rng(seed)
    tries = random.poisson(4, (weeks, 30))
    share = np.full((weeks, 30), 0.15)
    share[10:, 10:13] *= worse
    return random.binomial(tries, share), tries


def test_a_deficit_is_found_where_it_is():
    weights = kernel(np.arange(30), np.zeros(30))
    hits, tries = town(26, 3.0, 3)
    found = watch(hits, tries, np.full(30, 0.15), weights)
    assert not found.alarmed[:10].any()
    middles = np.flatnonzero(found.middle[17])
    assert len(middles) == 1
    assert middles[0] in range(9, 14)


def test_an_alarm_goes_off_again_but_does_not_flicker():
    weights = kernel([0.0], [0.0])
    tries = np.full((40, 1), 10)
    hits = np.array([[6]] * 6 + [[2], [1]] * 3 + [[0]] * 28)
    rule = Alarm(on=5, off=1)
    found = watch(hits, tries, [0.15], weights, rule)
    changes = np.abs(np.diff(found.alarmed[:, 0].astype(int))).sum()
    assert found.alarmed.any()
    assert not found.alarmed[-1]
    assert changes <= 2
    plain = watch(hits, tries, [0.15], weights, Alarm(on=5, off=5))
    assert found.alarmed.sum() >= plain.alarmed.sum()


def test_neighbours_count_by_how_near_they_are():
    weights = kernel([0.0, 1.0, 10.0], [0.0, 0.0, 0.0])
    assert weights[0, 0] == 1
    assert 0 < weights[0, 1] < 1
    assert weights[0, 2] == 0
    assert (weights == weights.T).all()


@pytest.mark.parametrize(
    ("a", "b", "x", "share"), [(2, 2, 0.5, 0.5), (1, 3, 0.25, 0.578125), (5, 1, 0.9, 0.59049)]
)
def test_the_beta_function_is_the_one_of_the_tables(a, b, x, share):
    one = np.array([float(a)]), np.array([float(b)])
    assert quantiles.beta_share(*one, np.array([x]))[0] == pytest.approx(share, abs=1e-10)
    assert quantiles.beta_quantile(*one, share)[0] == pytest.approx(x, abs=1e-9)


def test_failures_are_counted_as_geometric_when_one_is_waited_for():
    # shape 1 is geometric: at most 2 failures with chance 1 - 0.5³ = 0.875.
    assert quantiles.failures_quantile(np.array([1.0]), np.array([0.5]), 0.875)[0] == 2
    assert quantiles.failures_quantile(np.array([1.0]), np.array([0.5]), 0.88)[0] == 3


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: gaps([1], [True, False], [0], 1), "One entry each"),
        (lambda: gaps([1], [True], [3], 2), "place must be from 0 to 1"),
        (lambda: shrink([3], [2]), "hits must be from 0 to tries"),
        (lambda: expected([1, 2]), "shape"),
        (lambda: watch([[1]], [[1, 2]], [0.1], np.eye(1)), "hits and tries must be"),
        (lambda: capacity([0.5], [1, 2], [0], 1), "One entry each"),
    ],
)
def test_what_cannot_be_meant_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_a_year_without_asks_says_nothing():
    found = watch(np.zeros((5, 4)), np.zeros((5, 4)), np.full(4, 0.1), kernel(np.arange(4), np.arange(4)))
    assert not found.alarmed.any()
    assert balance.gaps([], [], [], 2).asks.tolist() == [0, 0]
