"""Ranking: the same as a slow plain-Python twin, the same whatever the order of the pool, ties by id."""

from dataclasses import replace
from math import asin, cos, exp, radians, sin, sqrt
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handtag.matching import ranking, score

lon, lat = st.floats(12.5, 13.1), st.floats(55.9, 56.3)
share = st.floats(0, 1)
helper = st.tuples(
    *(st.uuids(), lon, lat, st.integers(0, 15)),
    *(share, st.integers(0, 12), st.floats(0, 400), st.integers(0, 5), share),
)
helpers = st.lists(helper, max_size=30, unique_by=lambda row: row[0])
asks = st.builds(ranking.Wanted, lon, lat, st.just(0b0111), st.just(0b0001)) | st.builds(
    ranking.Wanted, lon, lat
)


def pool_of(rows):
    columns = list(zip(*rows, strict=True)) or [()] * 9
    numbers = [np.array(column, dtype=np.float64) for column in columns[1:]]
    return ranking.Pool(
        ranking.halves(list(columns[0])),
        numbers[0],
        numbers[1],
        np.array(columns[3], dtype=np.uint64),
        *(numbers[3], numbers[4], numbers[5], numbers[6], numbers[7]),
    )


def slow_score(ask, row):
    _, longitude, latitude, spoken, answers, load, idle, before, time = row
    a = sin(radians(latitude - ask.latitude) / 2) ** 2
    b = sin(radians(longitude - ask.longitude) / 2) ** 2
    km = 2 * 6371.009 * asin(min(1, sqrt(a + cos(radians(ask.latitude)) * cos(radians(latitude)) * b)))
    fit = 0.0
    if not ask.languages or spoken & ask.first:
        fit = 1.0
    elif spoken & ask.languages:
        fit = 0.5
    ready = 0.25 * answers + 0.12 * max(0, 1 - load / 8) + 0.08 * min(idle / 168, 1)
    return 0.40 * exp(-km / 3) + 0.15 * fit + ready + 0.10 * (1 - 0.5**before) + 0.10 * time


@given(asks, helpers)
def test_scores_are_those_of_the_slow_twin(ask, rows):
    found = ranking.rank(ask, pool_of(rows), len(rows))
    assert found.scores == pytest.approx([slow_score(ask, rows[row]) for row in found.rows], abs=1e-8)


@given(asks, helpers, st.integers(0, 12))
def test_the_k_best_are_the_head_of_all(ask, rows, k):
    pool = pool_of(rows)
    best, everyone = ranking.rank(ask, pool, k), ranking.rank(ask, pool, len(rows))
    assert list(best.rows) == list(everyone.rows)[:k]
    assert list(everyone.scores) == sorted(everyone.scores, reverse=True)
    assert sorted(everyone.rows) == list(range(len(rows)))


@given(asks, helpers, st.randoms(use_true_random=False))
def test_the_order_of_the_pool_does_not_matter(ask, rows, random):
    shuffled = random.sample(rows, len(rows))
    first = [rows[row][0] for row in ranking.rank(ask, pool_of(rows), 10).rows]
    second = [shuffled[row][0] for row in ranking.rank(ask, pool_of(shuffled), 10).rows]
    assert first == second


@given(asks, helpers)
def test_parts_add_up_to_the_score(ask, rows):
    found = ranking.rank(ask, pool_of(rows), len(rows))
    assert set(found.parts) == set(score.PARTS)
    assert found.scores == pytest.approx(sum(found.parts.values()), abs=1e-8)
    assert found.version == score.WEIGHTS.version


def test_equals_are_taken_by_id():
    ids = [UUID(int=5), UUID(int=2**100), UUID(int=1), UUID(int=2**64 + 3)]
    rows = [(each, 12.7, 56.0, 1, 0.5, 0, 10.0, 0, 1.0) for each in ids]
    found = ranking.rank(ranking.Wanted(12.7, 56.0), pool_of(rows), 4)
    assert [ids[row] for row in found.rows] == sorted(ids)


def test_nearer_is_better_and_idle_before_busy():
    near = (UUID(int=9), 12.70, 56.05, 1, 0.5, 0, 168.0, 0, 1.0)
    far, busy = (UUID(int=1), 12.80, *near[2:]), (UUID(int=2), *near[1:5], 8, *near[6:])
    found = ranking.rank(ranking.Wanted(12.70, 56.05), pool_of([far, busy, near]), 3)
    assert list(found.rows) == [2, 1, 0]
    assert found.km[0] == pytest.approx(0, abs=1e-9)


@given(lon, lat, helpers)
def test_asks_for_a_helper_use_the_same_parts(longitude, latitude, rows):
    pool = pool_of(rows)
    field = ranking.Field(pool.ids, pool.longitude, pool.latitude, np.ones(len(rows)), pool.before, pool.time)
    found = ranking.rank_asks(longitude, latitude, field, len(rows))
    still = replace(score.WEIGHTS, answers=0.0, load=0.0, idle=0.0)
    twin = ranking.rank(ranking.Wanted(longitude, latitude), pool, len(rows), still)
    assert list(found.rows) == list(twin.rows)
    assert found.scores == pytest.approx(twin.scores, abs=1e-8)


def test_distance_agrees_with_the_map():
    # Helsingborg C to Ödåkra station, about 7 km.
    km = score.kilometres(12.6945, 56.0465, np.array([12.744]), np.array([56.1005]))
    assert 6 < km[0] < 8


@pytest.mark.parametrize("backwards", [False, True])
def test_noise_of_the_arithmetic_decides_no_order(backwards):
    """A score made up in several ways is the same, to the last digit or not: the id decides."""
    shares = [0.41, 0.43, 0.47, 0.53, 0.59, 0.61, 0.67]
    numbers = range(len(shares), 0, -1) if backwards else range(1, len(shares) + 1)
    rows = [
        (UUID(int=number), 12.7, 56.0, 1, answers, 3, 0, 0, (0.2 - 0.25 * answers) / 0.1)
        for number, answers in zip(numbers, shares, strict=True)
    ]
    found = ranking.rank(ranking.Wanted(12.7, 56.0), pool_of(rows), len(rows))
    assert len(set(np.sum(list(found.parts.values()), axis=0))) > 1, "no noise to be tested with"
    assert [rows[row][0].int for row in found.rows] == list(range(1, len(rows) + 1))
