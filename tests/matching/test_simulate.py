"""A simulated town: the same twice, nothing counted twice, nobody told twice, never more than the bound."""

from dataclasses import astuple, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handtag.matching import behaviour, policies, simulate, towns
from handtag.matching.behaviour import BEHAVIOURS, Behaviour
from handtag.matching.outcomes import gini, spreads
from handtag.matching.outreach import Settings
from handtag.matching.simulate import POLICIES
from handtag.matching.waking import DAY, WEEK

SMALL = towns.Kind(helpers=60, asks_per_day=3.0, days=14, size=4.0, services=3, most=2)
SCARCE = replace(SMALL, helpers=12, asks_per_day=12.0, willing=(4.0, 1.0))


@given(
    st.integers(0, 10_000),
    st.sampled_from(sorted(POLICIES)),
    st.sampled_from(sorted(BEHAVIOURS)),
    st.booleans(),
)
@settings(max_examples=40, deadline=None)
def test_no_policy_fills_more_than_the_bound_and_all_is_counted_once(seed, policy, how, scarce):
    town = towns.draw(SCARCE if scarce else SMALL, seed)
    played = simulate.prepare(town, BEHAVIOURS[how], seed)
    seen: list[tuple[int, list[int]]] = []
    found = simulate.replay(played, watching(POLICIES[policy], seen))
    assert found.filled <= found.bound <= found.wanted == found.asks
    rows = [row for _ask, chosen in seen for row in chosen]
    assert len(rows) == len(set(rows)) == found.notices
    assert (
        found.taken_per_fill * max(found.filled, 0) <= played.luck.yes[rows].sum() if found.filled else True
    )
    assert 0 <= found.left <= len(town.helpers)


@pytest.mark.parametrize("policy", sorted(POLICIES))
def test_the_same_seed_gives_the_same_outcome_and_another_another(policy):
    town = towns.draw(SMALL, 5)
    first, again = (simulate.play(town, POLICIES[policy], seed=5) for _ in range(2))
    assert np.array_equal(np.array(astuple(first)), np.array(astuple(again)), equal_nan=True)
    other = simulate.play(towns.draw(SMALL, 6), POLICIES[policy], seed=6)
    assert astuple(first) != astuple(other)


def test_chance_is_the_same_whatever_is_tried():
    played = simulate.prepare(towns.draw(SMALL, 1), seed=1)
    before = [column.copy() for column in astuple(played.luck)]
    for policy in POLICIES.values():
        simulate.replay(played, policy)
    assert all(np.array_equal(a, b) for a, b in zip(before, astuple(played.luck), strict=True))


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_the_bound_is_the_best_that_trying_all_ways_finds(seed):
    town = towns.draw(replace(SMALL, helpers=5, asks_per_day=0.6, days=10, most=1, willing=(2.0, 2.0)), seed)
    played = simulate.prepare(town, seed=seed)
    assert played.bound == most_by_hand(played)


def most_by_hand(played):
    """Every way to send somebody to each ask, tried one after the other."""
    pairs, asks = played.pairs, played.town.asks
    able = [pairs.helper[pairs.of(a)][played.luck.yes[pairs.of(a)]].tolist() for a in range(len(asks))]

    def best(ask, used):
        if ask == len(asks):
            return 0
        week = int(asks.deadline[ask] // WEEK)
        ways = [1 + best(ask + 1, used | {(one, week)}) for one in able[ask] if (one, week) not in used]
        return max([best(ask + 1, used), *ways])

    return best(0, frozenset())


def test_a_clairvoyant_who_may_tell_all_and_always_is_heard_reaches_the_bound():
    """With ample errands a week, attention that stays and answers at once, everyone who would, comes."""
    town = towns.draw(replace(SMALL, most=99, urgent=0.0, asks_per_day=1.0), 3)
    steady = Behaviour(attention="steady", answer_median=0.01, answer_spread=0.1)
    found = simulate.play(town, policies.everyone, seed=3, behaviour=steady)
    assert found.filled >= found.bound - 2  # but for two asks at the same hour
    assert found.bound > 5


def test_helpers_take_no_more_a_week_than_they_want_and_never_two_at_once():
    played = simulate.prepare(towns.draw(SCARCE, 2), Behaviour(attention="steady"), 2)
    play = simulate._Play(played, POLICIES["everyone"], False)
    play.run()
    taken = np.flatnonzero(play.answered == 1)
    helper, hour = played.pairs.helper[taken], played.town.asks.deadline[play.ask_of[taken]]
    _weeks, counts = np.unique(np.stack([helper, hour // WEEK]), axis=1, return_counts=True)
    assert counts.max() == 2
    for one in set(helper.tolist()):
        assert (np.diff(np.sort(hour[helper == one])) >= simulate.BUSY).all()
    assert len(taken) == play.trace.filled.sum() > 20


def test_a_policy_that_tells_somebody_twice_is_refused():
    def twice(_scene):
        return policies.Chooser(lambda moment: (np.arange(len(moment.row)), moment.now + 5))

    with pytest.raises(ValueError, match="twice"):
        simulate.play(towns.draw(SMALL, 1), twice)


def test_ours_keeps_the_budget_the_quiet_hours_and_the_deadline():
    seen: list[tuple[float, int, float]] = []

    def looking(scene):
        chooser = policies.ours()(scene)

        def choose(moment):
            rows, at = chooser.choose(moment)
            for row in rows:
                seen.append((moment.now, int(scene.pairs.helper[moment.row[row]]), moment.deadline))
            return rows, at

        return replace(chooser, choose=choose)

    simulate.play(towns.draw(SCARCE, 4), looking, seed=4)
    assert len(seen) > 30
    assert all(8 * 60 <= now % DAY < 21 * 60 and now < deadline for now, _who, deadline in seen)
    for now, who, _deadline in seen:
        assert sum(1 for at, one, _d in seen if one == who and now - WEEK < at <= now) <= 3


def test_one_more_for_an_urgent_ask_when_all_who_are_left_have_had_their_week():
    moment = policies.Moment(
        now=600.0,
        posted=600.0,
        deadline=780.0,
        wanted=1,
        ask=0,
        row=np.arange(3),
        km=np.ones(3),
        answer_probability=np.full(3, 0.3),
        minutes_since_told=np.full(3, 2_000.0),
        told_last_7_days=np.array([3.0, 3.0, 2.0]),
        recent_errands=np.zeros(3),
        told_at=np.full(3, np.nan),
        answered=np.zeros(3, np.int64),
        attention_price=np.zeros(3),
    )
    choose = policies.ours(spent=Settings.urgent(weekly_budget=4))(None).choose
    assert choose(moment)[0].tolist() == [2]
    told = replace(moment, told_at=np.array([np.nan, np.nan, 590.0]))
    assert sorted(choose(told)[0].tolist()) == [0, 1]
    assert policies.ours()(None).choose(told)[0].tolist() == []
    assert choose(replace(told, deadline=3_000.0))[0].tolist() == []


def test_the_estimates_start_cold_and_learn():
    town = towns.draw(replace(SMALL, asks_per_day=20.0), 1)
    played = simulate.prepare(town, seed=1)
    guesses: list[Any] = []

    def keeping(scene):
        guesses.extend([scene.guess, scene.guess(slice(0, None))])
        return policies.everyone(scene)

    simulate.replay(played, keeping)
    learn, cold = guesses
    likeness = [np.corrcoef(each, played.luck.chance)[0, 1] for each in (cold, learn(slice(0, None)))]
    assert likeness[1] > likeness[0] + 0.2
    assert set(np.round(cold / np.exp(-played.pairs.km / 6.0), 9)) == {0.15}


def test_estimates_that_are_off_are_off_by_as_much():
    town = towns.draw(SMALL, 1)
    pairs = towns.who_could(town)
    half = behaviour.fall(town, pairs, Behaviour(estimates_times=0.5), 1)
    assert set(half.off.tolist()) == {0.5}
    some = behaviour.fall(town, pairs, Behaviour(estimates_off=0.7), 1)
    assert 0.5 < np.log(some.off).std() < 0.9


def test_those_who_had_enough_are_told_no_more_if_they_go():
    cross = Behaviour(leaves=1.0, stay=False)
    kind = replace(SMALL, asks_per_day=20.0)
    gone = simulate.play(towns.draw(kind, 1), POLICIES["everyone"], seed=1, behaviour=cross)
    kept = simulate.play(
        towns.draw(kind, 1), POLICIES["everyone"], seed=1, behaviour=replace(cross, stay=True)
    )
    assert gone.left > 10
    assert gone.notices < kept.notices / 2


def test_progress_is_told_to_the_end():
    told: list[tuple[int, int]] = []
    some = {name: POLICIES[name] for name in ("everyone", "one")}
    found = simulate.compare(
        lambda seed: towns.draw(SMALL, seed),
        some,
        seeds=[1, 2],
        tell=lambda done, of: told.append((done, of)),
    )
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert [len(each) for each in found.values()] == [2, 2]
    assert spreads(found["everyone"])["fill"].low <= spreads(found["everyone"])["fill"].high


def test_a_town_without_asks_or_helpers_has_nothing_to_measure():
    for kind in (replace(SMALL, asks_per_day=0.0), replace(SMALL, helpers=0)):
        found = simulate.play(towns.draw(kind, 1), POLICIES["ours"], seed=1)
        assert found.filled == found.notices == found.bound == 0
        assert np.isnan(found.wait_median)


def test_an_unknown_law_is_refused_by_name():
    with pytest.raises(ValueError, match="recovers, rests, counts, steady"):
        Behaviour(attention="sometimes")


def test_gini():
    assert gini(np.array([2, 2, 2])) == pytest.approx(0)
    assert gini(np.array([0, 0, 0, 8])) == pytest.approx(0.75)


def watching(policy, seen):
    """The same policy, writing down whom it tells."""

    def made(scene):
        chooser = policy(scene)

        def choose(moment):
            rows, at = chooser.choose(moment)
            if len(rows):
                seen.append((moment.ask, moment.row[rows].tolist()))
            return rows, at

        return replace(chooser, choose=choose)

    return made


def test_more_helpers_change_no_lot_of_those_who_were_there():
    town = towns.draw(SMALL, 1)
    more = towns.with_helpers(town, town.helpers)
    before, after = (simulate.prepare(each, seed=7) for each in (town, more))
    old = after.pairs.helper < len(town.helpers)
    assert old.sum() == len(before.pairs.helper) < len(after.pairs.helper)
    for name in ("chance", "yes", "no", "minutes", "attends", "enough", "rest"):
        assert np.array_equal(getattr(before.luck, name), getattr(after.luck, name)[old]), name


def test_lots_are_even_and_do_not_hang_together():
    ask, helper = (each.ravel() for each in np.meshgrid(np.arange(300), np.arange(300)))
    lots = [behaviour._lots(ask, helper, seed, stream) for seed in (1, 2) for stream in (0, 1)]
    for each in lots:
        counts = np.histogram(each, 20, (0, 1))[0]
        assert ((counts - 4500) ** 2 / 4500).sum() < 45  # chi squared, 19 degrees: one in a thousand
    assert np.abs(np.corrcoef(lots) - np.eye(4)).max() < 0.02
    grid = lots[0].reshape(300, 300)
    assert abs(np.corrcoef(grid[:-1].ravel(), grid[1:].ravel())[0, 1]) < 0.02
    assert abs(np.corrcoef(grid[:, :-1].ravel(), grid[:, 1:].ravel())[0, 1]) < 0.02
