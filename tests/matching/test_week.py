"""A week placed: against every way there is, and what a choice costs against the difference of two proofs."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handtag.matching.assignment import BadGraph
from handtag.matching.week import FREE, NOBODY, Week, place


@st.composite
def weeks(draw, most=5):
    asks, helpers = draw(st.integers(0, most)), draw(st.integers(1, 3))
    edges = st.dictionaries(st.integers(0, helpers - 1), st.integers(0, draw(st.sampled_from([0, 5, 300]))))
    rows = [draw(edges) for _ in range(asks)]
    starts = np.array([draw(st.integers(0, 7)) for _ in rows], np.int64)
    return Week(
        indptr=np.cumsum([0, *map(len, rows)]),
        indices=np.array([each for row in rows for each in row], np.int64),
        costs=np.array([each for row in rows for each in row.values()], np.int64),
        starts=starts,
        ends=starts + np.array([draw(st.integers(1, 4)) for _ in rows], np.int64),
        weeks=(starts >= 5).astype(np.int64),
        room=np.array([[draw(st.integers(0, 3)) for _ in range(2)] for _ in range(helpers)], np.int64),
    )


def of(week, ask):
    """Who could take an ask, and at which cost."""
    here = slice(int(week.indptr[ask]), int(week.indptr[ask + 1]))
    return dict(zip(week.indices[here].tolist(), week.costs[here].tolist(), strict=True))


def cost(week, helper, per_more):
    """What a placing costs; None where it breaks a limit."""
    mine: dict[int, list[int]] = {}
    for ask, whose in enumerate(helper):
        if whose != NOBODY:
            mine.setdefault(whose, []).append(ask)
    spent = sum(of(week, ask)[whose] for whose, asks in mine.items() for ask in asks)
    for whose, asks in mine.items():
        spent += per_more * len(asks) * (len(asks) - 1) // 2
        pairs = combinations(asks, 2)
        if any(week.starts[a] < week.ends[b] and week.starts[b] < week.ends[a] for a, b in pairs):
            return None
        if any(sum(week.weeks[ask] == each for ask in asks) > week.room[whose, each] for each in (0, 1)):
            return None
    return spent


def best(week, stands, per_more):
    """Most filled and least spent, over every way there is."""
    ways = [[NOBODY, *of(week, ask)] if each == FREE else [int(each)] for ask, each in enumerate(stands)]
    found = []
    for helper in product(*ways):
        spent = cost(week, helper, per_more)
        if spent is not None:
            found.append((-sum(whose != NOBODY for whose in helper), spent))
    return min(found)


@settings(max_examples=300)
@given(weeks(), st.sampled_from([0, 7, 120]), st.data())
def test_it_is_the_best_of_all_ways(week, per_more, data):
    stands = np.full(len(week.starts), FREE)
    if len(stands) and data.draw(st.booleans()):
        ask = data.draw(st.integers(0, len(stands) - 1))
        able = [each for each in of(week, ask) if week.room[each, week.weeks[ask]]]
        stands[ask] = data.draw(st.sampled_from([NOBODY, *able]))
    found = place(week, stands, per_more=per_more)
    assert found.proven
    assert (-found.filled, found.cost) == best(week, stands, per_more)
    assert cost(week, found.helper.tolist(), per_more) == found.cost
    assert all(found.helper[ask] == each for ask, each in enumerate(stands) if each != FREE)


@settings(max_examples=200)
@given(weeks())
def test_a_choice_costs_the_difference_of_two_proofs_and_never_less_than_nothing(week):
    before = place(week)
    for ask, whose in enumerate(before.helper):
        stands = np.full(len(week.starts), FREE)
        stands[ask] = whose
        assert place(week, stands).cost == before.cost, "to choose what is proposed costs nothing"
        for other in of(week, ask):
            if not week.room[other, week.weeks[ask]]:
                continue
            stands[ask] = other
            now = place(week, stands)
            assert now.proven
            assert (-now.filled, now.cost) >= (-before.filled, before.cost)


def town(seed, asks, helpers, near, most):
    """Asks at half hours of seven days, helpers around, some with a limit."""
    random = np.random.default_rng(seed)
    there, here = random.random((helpers, 2)), random.random((asks, 2))
    reach = np.sqrt(near / helpers / np.pi)
    away = np.hypot(here[:, None, 0] - there[None, :, 0], here[:, None, 1] - there[None, :, 1])
    row, col = np.nonzero((away <= reach) & (random.random((asks, helpers)) < 0.6))
    starts = random.integers(0, 7, asks) * 1440 + random.choice(np.arange(480, 1140, 30), asks)
    room = np.where(random.random(helpers) < 0.5, 1000, random.integers(1, most + 1, helpers))
    return Week(
        indptr=np.searchsorted(row, np.arange(asks + 1)),
        indices=col,
        costs=np.rint(750 * away[row, col] / reach).astype(np.int64)
        + 120 * random.integers(0, 8, helpers)[col],
        starts=starts,
        ends=starts + random.choice([60, 90, 120, 180], asks),
        weeks=(starts >= 4 * 1440).astype(np.int64),
        room=np.repeat(room[:, None], 2, axis=1),
    )


@pytest.mark.parametrize("size", [(60, 300, 40, 3), (100, 60, 20, 2)])
def test_a_town_is_placed_with_a_proof(size):
    week = town(1, *size)
    found = place(week)
    assert found.proven
    assert cost(week, found.helper.tolist(), 120) == found.cost
    again = place(week)
    assert (again.helper == found.helper).all()


def test_where_it_gives_up_it_says_so_and_breaks_no_limit():
    week = town(1, 120, 6, 5, 3)
    found = place(week, tries=1)
    assert not found.proven
    assert cost(week, found.helper.tolist(), 120) == found.cost
    assert (-found.most, found.least) < (-found.filled, found.cost)
    assert place(week, tries=0).filled <= found.most


def test_what_makes_no_sense_is_refused():
    one = np.array([0])
    week = Week(np.array([0, 1]), one, one, one, one + 1, one, np.array([[1]]))
    assert place(week).helper.tolist() == [0]
    with pytest.raises(BadGraph):
        place(week._replace(costs=one - 1))
    with pytest.raises(BadGraph):
        place(week._replace(room=np.array([[1], [1]])), np.array([1]))
