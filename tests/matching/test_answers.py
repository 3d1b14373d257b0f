"""The published estimate of a yes: counted by hand, drawn to the mean, never held against a bad moment."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handtag.matching import answers


def test_it_can_be_checked_by_hand():
    of_all = answers.mean([3, 0], [20, 20])
    assert of_all == pytest.approx(6 / 60)
    mine = answers.own([2], [4], of_all)
    assert mine[0] == pytest.approx((2 + 0.6) / 10)
    assert answers.estimate(mine, 7.0, 12)[0] == pytest.approx(0.13)
    assert answers.estimate(mine, 7.0, 20.5)[0] == pytest.approx(0.104)


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=20), st.floats(0.01, 0.9)
)
def test_few_answers_say_little_and_many_say_most(counts, of_all):
    yes, told = (
        np.array(each, dtype=float) for each in zip(*((min(c), max(c)) for c in counts), strict=True)
    )
    share = np.divide(yes, told, out=np.full(len(yes), of_all), where=told > 0)
    found = answers.own(yes, told, of_all)
    assert (np.abs(found - of_all) <= np.abs(share - of_all) + 1e-12).all()
    assert np.abs(answers.own(yes * 1000, told * 1000, of_all) - share).max() <= 0.01


def test_a_notice_at_a_bad_moment_hardly_speaks_against_anybody():
    fresh, weary = answers.exposure(np.inf, 0.0, 12), answers.exposure(30.0, 5.0, 21)
    assert fresh == pytest.approx(1.0)
    assert weary < 0.01
    assert answers.own(0, weary, 0.2) > answers.own(0, fresh, 0.2)


@given(st.floats(0, 1), st.floats(0, 100), st.floats(0, 24))
def test_it_is_a_chance_and_never_certain(own, km, hour):
    assert answers.LEAST <= answers.estimate(own, km, hour) <= answers.MOST


def test_what_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="0 or more"):
        answers.own(-1, 2, 0.2)
