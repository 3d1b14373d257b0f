"""Whom to tell next: the hard limits in every state there may be, and what pacing does in plain cases."""

from dataclasses import fields, replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from handtag.matching import attention, waking
from handtag.matching.outreach import BadState, Settings, State, next_wave

NIGHT = (21 * 60.0, 8 * 60.0)
NOON = 12 * 60.0
COLUMNS = (
    "answer_probability",
    "minutes_since_told",
    "told_last_7_days",
    "recent_errands",
    "told_at",
    "answered",
    "attention_price",
)

helper = st.tuples(
    st.integers(0, 95).map(lambda percent: percent / 100),
    st.one_of(st.just(np.inf), st.integers(0, 20_000), st.integers(4_000, 20_000)),
    st.integers(0, 5),
    st.integers(0, 12),
    st.one_of(*[st.just(-1.0)] * 4, st.floats(0, 1)),  # told when, as a share of the time since; -1 never
    st.sampled_from([0, -1, -1, 1]),
    st.sampled_from([0.0, 0.0, 0.0, 0.05, 0.4]),
)
AWAKE = Settings(quiet_hours=None)


@st.composite
def states(draw, most=25):
    """An ask at any hour of three weeks, in any state."""
    posted = draw(st.integers(0, 20_000))
    gone, ahead = draw(st.integers(0, 6_000)), draw(st.integers(0, 9_000))
    rows = draw(st.lists(helper, min_size=draw(st.sampled_from([0, 1, 5, 10])), max_size=most))
    columns = [np.array(each, dtype=float) for each in zip(*rows, strict=True)] or [np.zeros(0)] * 7
    told_at = np.where(columns[4] < 0, np.nan, posted + columns[4] * gone)
    columns[4] = told_at
    columns[5] = np.where(np.isnan(told_at), 0, columns[5])
    named = dict(zip(COLUMNS, columns, strict=True))
    return State(
        posted + gone, posted, posted + gone + ahead, draw(st.sampled_from([0, 1, 1, 2, 3, 6])), **named
    )


def plain(n=20, chance=0.3, **changed):
    """An ask at noon, wanted in two days, of which nobody has heard."""
    state = State(NOON, NOON, NOON + 2880, 1, np.full(n, chance))
    full = {
        name: np.broadcast_to(np.asarray(getattr(state, name), dtype=float), n).copy() for name in COLUMNS
    }
    return replace(state, **{**full, **changed})


@given(states(), st.one_of(st.integers(0, 4), st.lists(st.integers(0, 4), min_size=25, max_size=25)))
def test_nobody_is_told_over_the_budget(state, budget):
    n = len(state.answered)
    each = np.broadcast_to(np.asarray(budget if isinstance(budget, int) else budget[:n]), n)
    wave = next_wave(state, replace(AWAKE, weekly_budget=each))
    assert (np.asarray(state.told_last_7_days)[wave.who] < each[wave.who]).all()


@given(states())
def test_nobody_is_told_twice_nor_after_an_answer(state):
    who = next_wave(state, AWAKE).who
    assert np.isnan(np.asarray(state.told_at)[who]).all()
    assert (np.asarray(state.answered)[who] == 0).all()
    assert len(set(who)) == len(who)


@given(states())
def test_an_answer_of_somebody_who_was_never_noted_as_told_counts_as_told(state):
    answered = replace(
        state, answered=np.full(len(state.answered), -1), told_at=np.full(len(state.answered), np.nan)
    )
    assert next_wave(answered, AWAKE).who == []


@given(states(), st.tuples(st.integers(0, 1439), st.integers(0, 1439)))
def test_nobody_is_told_at_night_and_the_next_look_is_by_day(state, quiet):
    wave = next_wave(state, Settings(quiet_hours=quiet))
    if waking.asleep(state.now, quiet):
        assert wave.who == []
    if wave.next_at is not None:
        assert wave.next_at > state.now
        assert not waking.asleep(wave.next_at, quiet)
        assert wave.next_at <= state.deadline


@given(states())
def test_it_stops_when_filled(state):
    yes = int((np.asarray(state.answered) == 1).sum())
    filled = next_wave(replace(state, wanted=yes), AWAKE)
    assert filled.who == []
    assert filled.next_at is None


@given(states())
def test_the_same_state_gives_the_same_wave_and_is_left_as_it_was(state):
    before = {name: np.array(getattr(state, name)) for name in COLUMNS}
    first, second = next_wave(state, AWAKE), next_wave(state, AWAKE)
    assert first == second
    assert all(np.array_equal(before[name], getattr(state, name), equal_nan=True) for name in COLUMNS)


def test_the_same_ask_of_tonight_gives_the_same_wave_every_time():
    assert len({tuple(next_wave(plain(deadline=NOON + 150)).who) for _ in range(20)}) == 1


@given(states(), st.randoms(use_true_random=False))
def test_the_order_of_the_helpers_does_not_matter(state, random):
    rows = list(range(len(state.answered)))
    kinds = set(zip(*(np.nan_to_num(getattr(state, name), nan=-1).tolist() for name in COLUMNS), strict=True))
    assume(len(kinds) == len(rows))
    random.shuffle(rows)
    mixed = replace(state, **{name: np.asarray(getattr(state, name))[rows] for name in COLUMNS})
    one, other = next_wave(state, AWAKE), next_wave(mixed, AWAKE)
    assert sorted(_facts(state, one.who)) == sorted(_facts(mixed, other.who))
    assert one.next_at == pytest.approx(other.next_at) if one.next_at else other.next_at is None


def _facts(state, who):
    return [tuple(np.nan_to_num(getattr(state, name), nan=-1)[i] for name in COLUMNS) for i in who]


@given(states())
def test_reasons_say_why_in_that_order(state):
    wave = next_wave(state, AWAKE)
    assert len(wave.reasons) == len(wave.who)
    scores = [each.score for each in wave.reasons]
    assert scores == sorted(scores, reverse=True)
    for row, reason in zip(wave.who, wave.reasons, strict=True):
        assert reason.estimate == np.asarray(state.answer_probability)[row]
        assert 0 <= reason.attention <= 1


@given(states())
@settings(max_examples=50)
def test_lists_bare_objects_and_settings_with_gaps_do_as_well(state):
    bare = SimpleNamespace(
        **{each.name: getattr(state, each.name) for each in fields(State) if each.name not in COLUMNS},
        **{name: np.asarray(getattr(state, name)).tolist() for name in COLUMNS},
    )
    assert next_wave(bare, SimpleNamespace(weekly_budget=2)) == next_wave(state, Settings(weekly_budget=2))


@given(states())
@settings(max_examples=50)
def test_a_fortnight_later_on_the_wall_is_the_same(state):
    moved = replace(
        state,
        **{name: getattr(state, name) + 20_160 for name in ("now", "posted", "deadline")},
        told_at=np.asarray(state.told_at) + 20_160,
    )
    calm = Settings(fairness=0.0)
    one, other = next_wave(state, calm), next_wave(moved, calm)
    assert one.who == other.who
    assert other.next_at == (None if one.next_at is None else pytest.approx(one.next_at + 20_160))


def test_states_are_such_that_people_are_told():
    told = []

    @settings(database=None, phases=[Phase.generate], derandomize=True)
    @given(states())
    def count(state):
        told.append(len(next_wave(state, AWAKE).who))

    count()
    assert np.mean(np.array(told) > 0) > 0.2


def test_days_ahead_it_asks_one_at_a_time_and_for_tonight_several():
    assert len(next_wave(plain()).who) == 1
    assert len(next_wave(plain(deadline=NOON + 120)).who) > 1


def test_who_says_no_makes_room_at_once_and_silence_by_and_by():
    first = next_wave(plain()).who[0]
    told = plain(now=NOON + 6)
    told.told_at[first] = NOON
    told.minutes_since_told[first], told.told_last_7_days[first] = 6, 1
    waits = next_wave(told)
    assert waits.who == []
    assert len(next_wave(replace(told, now=waits.next_at)).who) == 1
    told.answered[first] = -1
    assert len(next_wave(told).who) == 1


def test_looking_more_often_tells_nobody_sooner():
    def told(every):
        state, count = plain(deadline=NOON + 600), 0
        for minute in range(0, 400, every):
            state = replace(state, now=NOON + minute)
            for one in next_wave(state).who:
                state.told_at[one], state.told_last_7_days[one] = state.now, 1
                count += 1
        return count

    assert abs(told(1) - told(10)) <= 2
    assert 2 <= told(10) <= 12


def test_whoever_has_their_attention_back_comes_first():
    assert next_wave(plain(3, minutes_since_told=np.array([60.0, 20_000, 600]))).who == [1]


def test_a_notice_that_is_worth_more_elsewhere_is_kept_for_it():
    assert next_wave(plain(2, attention_price=np.array([0.4, 0.1]))).who == [1]
    assert next_wave(plain(2, attention_price=0.4)).who  # there are notices enough: a price only orders
    scarce = {"told_last_7_days": 2.4, "minutes_since_told": 9_000.0}
    assert next_wave(plain(2, attention_price=0.05, **scarce)).who
    assert next_wave(plain(2, attention_price=0.4, **scarce)).who == []


def test_where_notices_are_scarce_those_told_lately_are_left_in_peace():
    lately = {"minutes_since_told": np.full(20, 900.0), "deadline": NOON + 360}
    assert next_wave(plain(**lately)).who
    assert next_wave(plain(**lately, told_last_7_days=np.full(20, 2.0))).who == []


def test_where_notices_are_scarce_half_of_an_attention_is_enough():
    two_days_ago = {"minutes_since_told": np.full(20, 2600.0), "deadline": NOON + 360}
    assert next_wave(plain(**two_days_ago, told_last_7_days=np.array([3.0] * 10 + [2.0] * 10))).who


def test_while_there_is_time_whoever_was_told_lately_is_left_in_peace():
    yesterday = {"minutes_since_told": np.full(20, 1440.0)}
    wave = next_wave(plain(**yesterday))
    assert wave.who == []
    assert wave.next_at == NOON + 120
    assert next_wave(plain(**yesterday, deadline=NOON + 360)).who


def test_new_helpers_get_their_share_of_first_asks():
    chance = np.array([0.6] * 15 + [0.15] * 5)  # nobody knows yet how often the five say yes
    since, errands = np.array([10_000.0] * 15 + [np.inf] * 5), np.array([2.0] * 15 + [0.0] * 5)
    first = [
        next_wave(
            plain(
                20,
                chance,
                now=at,
                posted=at,
                deadline=at + 2880,
                minutes_since_told=since,
                recent_errands=errands,
            )
        ).who[0]
        for at in range(600, 1200, 3)
    ]
    assert np.mean(np.array(first) >= 15) == pytest.approx(5 / 20, abs=0.03)
    none = Settings(fairness=0.0)
    assert next_wave(plain(20, chance, minutes_since_told=since), none).who[0] < 15


def test_of_equals_the_one_who_did_less_is_asked():
    errands = np.array([4.0, 0, 4])
    assert next_wave(plain(3, recent_errands=errands, minutes_since_told=9_000.0)).who == [1]
    likely = np.array([0.33, 0.30, 0.33])
    assert next_wave(plain(3, likely, recent_errands=errands, minutes_since_told=9_000.0)).who == [1]
    assert next_wave(plain(3, likely, recent_errands=errands), Settings(fairness=0.0)).who == [0]


def test_reasons_are_in_their_own_units():
    busy = plain(3, minutes_since_told=9_000.0, recent_errands=5.0, attention_price=0.05)
    (why,) = next_wave(busy).reasons
    assert (why.estimate, why.fairness, why.price) == (0.3, -0.05, 0.05)
    assert why.attention == pytest.approx(1 - np.exp(-9_000 / (3 * 1440)))
    assert why.score == pytest.approx(0.3 * why.attention - 0.1)


def test_an_ask_at_ten_to_ten_in_the_evening_waits_for_the_morning():
    late = plain(now=21 * 60 + 50, posted=21 * 60 + 50, deadline=1440 + 10 * 60)
    wave = next_wave(late)
    assert wave.who == []
    assert wave.next_at == 1440 + 8 * 60
    assert len(next_wave(replace(late, now=wave.next_at)).who) > 1
    assert next_wave(late, Settings(quiet_hours=None)).who


def test_pending_yeses_count_and_more_may_pend_where_more_are_wanted():
    assert len(next_wave(plain(wanted=3)).who) > len(next_wave(plain(wanted=1)).who)
    pending = plain(deadline=NOON + 180)
    pending.told_at[:10] = NOON
    assert next_wave(pending).who == []


def test_survival_of_answers_may_be_given_as_it_comes():
    kinds: list[Any] = [
        lambda m: np.exp(-m / 20),
        lambda m: 0.5 if m < 30 else 0.0,
        np.exp(-np.arange(200) / 20),
    ]
    for kind in kinds:
        assert next_wave(plain(), Settings(answer_time_survival=kind)).who


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"answer_probability": [1.5]}, "answer_probability must be from 0 to 1"),
        ({"answer_probability": ["often"]}, "answer_probability must be numbers"),
        ({"answer_probability": 0.4}, "answer_probability must be a list"),
        ({"told_at": [1.0, 2.0]}, "told_at must have one number for each of 1 helpers"),
        ({"answered": [2]}, "answered must be 0, 1 or -1"),
        ({"told_last_7_days": [-1]}, "told_last_7_days must be 0 or more"),
        ({"now": np.nan}, "now must be a number"),
        ({"wanted": 1.5}, "wanted must be a whole number"),
        ({"deadline": NOON - 1}, "deadline must not be before posted"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(changed, said):
    with pytest.raises(BadState, match=said):
        next_wave(replace(State(NOON, NOON, NOON + 600, 1, [0.3]), **changed))


def test_what_is_missing_is_named():
    with pytest.raises(BadState, match="The state has no answer_probability"):
        next_wave(SimpleNamespace(now=0, posted=0, deadline=1, wanted=1))
    with pytest.raises(BadState, match="weekly_budget"):
        next_wave(plain(3), Settings(weekly_budget=[1, 2]))
    with pytest.raises(BadState, match="quiet_hours"):
        next_wave(plain(3), SimpleNamespace(quiet_hours=(1, 2, 3)))


@given(st.integers(0, 20_000), st.integers(0, 5_000), st.tuples(st.integers(0, 1439), st.integers(0, 1439)))
def test_waking_minutes_add_up(at, minutes, quiet):
    begun, end = waking.morning(at, quiet), waking.later(at, minutes, quiet)
    assert not waking.asleep(end, quiet)
    assert waking.between(begun, end, quiet) == pytest.approx(minutes, abs=1e-6)
    assert waking.between(at, begun, quiet) == pytest.approx(0, abs=1e-6)


@given(st.floats(0, 1), st.integers(0, 5), st.floats(0, 20_000))
def test_the_price_rises_when_told_and_falls_as_the_week_gives_new_notices(price, told, minutes):
    after = float(attention.price_after(price, told, minutes))
    due = told - 3 * attention.HELD * minutes / waking.WEEK
    assert 0 <= after <= 1
    assert (after >= price if due > 0 else after <= price) or after == 1


def told_evenly(often, price=0.3):
    for _ in range(9):
        price = attention.price_after(attention.price_after(price, 1, 0), 0, waking.WEEK / often)
    return float(price)


def test_the_price_holds_below_the_budget_and_rises_at_it():
    assert told_evenly(3 * attention.HELD) == pytest.approx(0.3)
    assert told_evenly(3) > 0.4  # nobody is told oftener: a price that held here could never rise
    assert told_evenly(2) < 0.3
