"""The index: the answers of the scan, whatever the pool and the ask; hard demands; what it weighs."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handtag.matching import ranking, score
from tests.matching.kernels import chosen

WEEK = 168


def town(count, seed, *, coarse=False):
    """A pool with every column; coarse: few values in each, so that many are equal."""
    random = np.random.default_rng(seed)
    spread = random.normal(size=(2, count)) * 0.05
    longitude, latitude = 12.7 + 1.6 * spread[0], 56.05 + spread[1]
    if coarse:
        longitude, latitude = np.round(longitude, 2), np.round(latitude, 2)
    ids = random.integers(0, 2**63, (count, 2)).astype(np.uint64)
    if coarse:
        ids[:, 0] = 7
    bits = random.integers(-(2**63), 2**63 - 1, (3, count, 3))
    return ranking.Pool(
        ids=ids,
        longitude=longitude,
        latitude=latitude,
        languages=random.integers(1, 8, count).astype(np.uint64),
        answers=random.choice([0.2, 0.5], count) if coarse else random.random(count),
        load=random.integers(0, 12, count) * (0 if coarse else 1),
        idle=np.full(count, 90.0) if coarse else random.exponential(100, count),
        services=random.integers(0, 16, count).astype(np.uint64),
        reach=random.choice([0.5, 1.0, 2.5, 5.0, 15.0, 60.0], count),
        hours=(bits[0] | bits[1] | bits[2]).view(np.uint64),
        active=random.random(count) < 0.9,
        town=random.integers(0, 3, count),
    )


@st.composite
def asks(draw, count):
    hour = draw(st.none() | st.integers(0, WEEK - 1))
    hours = [0, 0, 0]
    if hour is not None:
        hours[hour // 64] |= 1 << (hour % 64)
    rows = st.integers(0, max(count - 1, 0))
    return ranking.Wanted(
        draw(st.floats(12.4, 13.0)),
        draw(st.floats(55.9, 56.2)),
        languages=draw(st.sampled_from([0, 1, 3, 7])),
        first=1,
        service=draw(st.sampled_from([1, 2, 4, 8, 64, 0, 6])),
        demanded=draw(st.sampled_from([0, 2, 5])),
        hours=(hours[0], hours[1], hours[2]),
        wider=draw(st.sampled_from([0.0, 0.0, 3.0])),
        towns=draw(st.sampled_from([(), (1,), (0, 2)])),
        never=draw(st.frozensets(rows, max_size=4)) if count else (),
        met=draw(st.dictionaries(rows, st.integers(0, 3), max_size=4)) if count else {},
    )


def same(one, other):
    assert one.rows.tolist() == other.rows.tolist()
    assert one.scores.tolist() == other.scores.tolist()
    assert one.km == pytest.approx(other.km, abs=1e-9)
    assert one.version == other.version
    for name in score.PARTS:
        assert one.parts[name] == pytest.approx(other.parts[name], abs=1e-12)


@pytest.mark.parametrize("coarse", [False, True])
@given(data=st.data())
@settings(max_examples=60)
def test_index_and_columns_answer_the_same(coarse, data):
    count = data.draw(st.sampled_from([0, 1, 2, 17, 120]))
    pool = town(count, data.draw(st.integers(0, 50)), coarse=coarse)
    shelf = ranking.index(pool)
    ask, k = data.draw(asks(count)), data.draw(st.integers(0, 30))
    same(ranking.rank(ask, shelf, k), ranking.rank(ask, pool, k))


@pytest.mark.parametrize("coarse", [False, True])
def test_a_large_town_too(coarse, monkeypatch):
    chosen(monkeypatch, "compiled")
    pool = town(20_000, 1, coarse=coarse)
    shelf, random = ranking.index(pool), np.random.default_rng(2)
    for _ in range(60):
        ask = ranking.Wanted(
            random.normal(12.7, 0.08),
            random.normal(56.05, 0.05),
            languages=3,
            first=int(random.choice([1, 2])),
            service=int(2 ** random.integers(0, 4)),
            hours=(1 << int(random.integers(0, 64)), 0, 0),
            met={int(row): 2 for row in random.integers(0, 20_000, 30)} if random.random() < 0.2 else {},
        )
        same(ranking.rank(ask, shelf, 20), ranking.rank(ask, pool, 20))


def test_columns_that_are_left_out_ask_nothing():
    full = town(200, 3)
    bare = ranking.Pool(*(getattr(full, name) for name in full.__slots__[:7]))
    ask = ranking.Wanted(12.7, 56.05, languages=3, first=1, service=4, hours=(1, 0, 0), towns=(2,))
    assert len(ranking.rank(ask, bare, 500)) == 200
    same(ranking.rank(ask, ranking.index(bare), 500), ranking.rank(ask, bare, 500))


def test_who_came_before_and_own_hours_count_from_the_columns():
    random = np.random.default_rng(4)
    pool = replace(town(300, 4), before=random.integers(0, 4, 300), time=random.random(300))
    ask = ranking.Wanted(12.7, 56.05, service=2)
    same(ranking.rank(ask, ranking.index(pool), 40), ranking.rank(ask, pool, 40))


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ({"service": 2}, 0),
        ({"demanded": 4}, 1),
        ({"hours": (1 << 5, 0, 0)}, 2),
        ({"towns": (1,)}, 3),
        ({"never": (4,)}, 4),
        ({}, 5),
        ({}, 6),
    ],
)
def test_a_hard_demand_is_not_traded(change, row):
    """Eight like one another, next door; one fails a demand, and is gone from both answers."""
    hours = np.full((8, 3), 2**64 - 1, np.uint64)
    hours[2, 0] = 2**64 - 1 - (1 << 5)
    reach = np.full(8, 2.0)
    reach[5] = 0.05
    pool = ranking.Pool(
        ids=np.arange(16, dtype=np.uint64).reshape(8, 2),
        longitude=np.full(8, 12.701),
        latitude=np.full(8, 56.05),
        languages=np.array([7, 3, 7, 7, 7, 7, 7, 7], np.uint64),
        answers=np.full(8, 0.5),
        load=np.zeros(8),
        idle=np.zeros(8),
        services=np.array([1, 3, 3, 3, 3, 3, 3, 3], np.uint64),
        reach=reach,
        hours=hours,
        active=np.arange(8) != 6,
        town=np.array([1, 1, 1, 2, 1, 1, 1, 1]),
    )
    ask = ranking.Wanted(12.7, 56.05, **{"service": 1, **change})
    for where in (pool, ranking.index(pool)):
        assert set(ranking.rank(ask, where, 8).rows) == set(range(8)) - {row, 5, 6}


def test_a_wider_reach_lets_more_in():
    pool = town(500, 5)
    counts = [
        len(ranking.rank(ranking.Wanted(12.7, 56.05, service=1, wider=km), pool, 500)) for km in (0, 2, 50)
    ]
    assert counts[0] < counts[1] < counts[2]


def test_the_same_pool_makes_the_same_index():
    one, other = ranking.index(town(400, 6)), ranking.index(town(400, 6))
    assert (one.postings.packed == other.postings.packed).all()
    assert (one.boxes.sides == other.boxes.sides).all()


def test_an_index_weighs_at_most_150_bytes_a_helper():
    pool = town(20_000, 7)
    assert ranking.index(pool).nbytes <= 150 * len(pool)


def test_other_weights_need_another_index():
    pool = town(10, 8)
    other = score.Weights(version="x", distance=0.1)
    with pytest.raises(ValueError, match="built for the weights"):
        ranking.rank(ranking.Wanted(12.7, 56.05), ranking.index(pool), 3, other)
    same(
        ranking.rank(ranking.Wanted(12.7, 56.05), ranking.index(pool, other), 3, other),
        ranking.rank(ranking.Wanted(12.7, 56.05), pool, 3, other),
    )


def test_columns_of_unlike_length_are_refused():
    pool = town(10, 9)
    with pytest.raises(ValueError, match="load has 9 entries for 10 helpers"):
        replace(pool, load=pool.load[:9])
