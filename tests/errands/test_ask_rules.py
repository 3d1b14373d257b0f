"""What a wish may be: limits, hours on a Swedish clock, weekly dates over clock changes and leap days."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handtag.errands.rules import times
from handtag.errands.rules.asks import Wish, problems, state_of
from handtag.kernel import clock

NOW = datetime(2026, 11, 21, 12, 40, tzinfo=UTC)  # 13:40 on a Swedish clock
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)  # the clocks change

days = st.dates(date(2024, 1, 1), date(2040, 12, 31))
hours = st.times().map(lambda at: at.replace(second=0, microsecond=0))
moments = st.datetimes(datetime(2024, 1, 1), datetime(2040, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))


def wish(**said: Any) -> Wish:
    usual: dict[str, Any] = {
        "service_id": uuid4(),
        "day": date(2026, 11, 26),
        "from_time": time(14),
        "to_time": time(16),
        "place_id": uuid4(),
        "accepted": True,
    }
    return Wish(**{**usual, **said})


def found(**said: Any) -> set[tuple[str, str]]:
    return {(trouble.field, trouble.code) for trouble in problems(wish(**said), NOW)}


def test_a_good_wish_has_no_problems() -> None:
    assert found() == set()
    assert found(wanted=6, outlay_how="swish", outlay_ceiling=2000, languages=("sv", "swl")) == set()


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"day": date(2026, 11, 20)}, ("day", "day_passed")),
        ({"day": date(2026, 11, 21), "from_time": time(13)}, ("from_time", "time_passed")),
        ({"day": date(2027, 5, 22)}, ("day", "too_far")),
        ({"to_time": time(14)}, ("to_time", "backwards")),
        ({"to_time": time(14, 14)}, ("to_time", "too_short")),
        ({"from_time": time(7), "to_time": time(19, 1)}, ("to_time", "too_long")),
        ({"wanted": 0}, ("wanted", "wanted")),
        ({"wanted": 7}, ("wanted", "wanted")),
        ({"outlay_how": "swish", "outlay_ceiling": 0}, ("outlay_ceiling", "ceiling")),
        ({"outlay_how": "swish", "outlay_ceiling": 2001}, ("outlay_ceiling", "ceiling")),
        ({"outlay_how": "swish"}, ("outlay_ceiling", "ceiling_missing")),
        ({"outlay_how": "gold", "outlay_ceiling": 5}, ("outlay_how", "choose")),
        ({"for_whom": "king"}, ("for_whom", "choose")),
        ({"need": "a" * 301}, ("need", "too_many_letters")),
        ({"know": "a" * 501}, ("know", "too_many_letters")),
        ({"place_id": None}, ("place", "place_missing")),
        ({"place_id": None, "address": "Storgatan 1"}, ("place", "place_of_address")),
        ({"longitude": 12.7}, ("place", "half_a_point")),
        ({"languages": ("Swedish",)}, ("languages", "languages")),
        ({"accepted": False}, ("accepted", "accept")),
        ({"last_on": date(2026, 11, 25)}, ("last_on", "ends_before")),
        ({"last_on": date(2027, 5, 27)}, ("last_on", "too_many_weeks")),
        ({"last_on": date(2026, 11, 30), "excepted": (date(2026, 11, 26),)}, ("excepted", "no_dates_left")),
        ({"last_on": date(2026, 12, 10), "excepted": (date(2026, 12, 4),)}, ("excepted", "not_a_date_of_it")),
    ],
)
def test_each_problem_is_said_at_its_field(said: dict[str, Any], problem: tuple[str, str]) -> None:
    assert found(**said) == {problem}


@pytest.mark.parametrize(
    "said",
    [
        {"day": date(2026, 11, 21), "from_time": time(14)},
        {"day": date(2027, 5, 21)},
        {"to_time": time(14, 15)},
        {"from_time": time(7), "to_time": time(19)},
        {"last_on": date(2027, 5, 26)},
        {"need": "a" * 300, "know": "a" * 500},
        {"place_id": None, "longitude": 12.7, "latitude": 56.1},
    ],
)
def test_the_limits_themselves_are_allowed(said: dict[str, Any]) -> None:
    assert found(**said) == set()


def test_all_problems_are_found_together() -> None:
    assert len(found(day=date(2026, 11, 20), wanted=9, place_id=None, accepted=False)) == 4


def test_the_longest_series_has_26_dates() -> None:
    assert len(wish(last_on=date(2027, 5, 26)).days) == 26


@given(days, hours, hours)
@example(SPRING, time(2, 15), time(2, 45))  # an hour that does not exist
@example(SPRING, time(2, 30), time(3, 0))  # its start would come after its end
@example(AUTUMN, time(2, 30), time(3, 0))  # an hour that comes twice
@example(date(2028, 2, 29), time(8), time(12))
def test_every_window_runs_forward(day: date, from_time: time, to_time: time) -> None:
    if to_time <= from_time:
        from_time, to_time = min(from_time, to_time), max(from_time, to_time)
    if from_time == to_time:
        return
    window = times.window(day, from_time, to_time)
    assert window.start < window.end
    assert window.end - window.start <= timedelta(minutes=times.minutes(from_time, to_time), hours=1)


@given(days, st.integers(0, 25), hours)
@example(date(2027, 3, 7), 6, time(14))
@example(date(2027, 10, 10), 6, time(14))
@example(date(2028, 2, 1), 8, time(9))
def test_a_series_keeps_its_weekday_and_its_hour(first: date, weeks: int, hour: time) -> None:
    if hour.hour in (2, 3):
        return  # what the clock skips or repeats
    last = first + timedelta(weeks=weeks, days=3)
    found = times.weekly(first, last)
    assert len(found) == weeks + 1
    assert {day.weekday() for day in found} == {first.weekday()}
    walls = [clock.local(clock.at(day, hour)) for day in found]
    assert [wall.date() for wall in walls] == found
    assert {wall.time() for wall in walls} == {hour}


def test_a_series_over_the_change_moves_an_hour_in_utc() -> None:
    series = wish(day=date(2027, 3, 25), last_on=date(2027, 4, 1))
    assert [window.start.hour for window in series.windows] == [13, 12]


@given(days, st.sets(st.integers(0, 20)))
def test_excepted_dates_are_left_out_and_no_others(first: date, skipped: set[int]) -> None:
    everything = times.weekly(first, first + timedelta(weeks=20))
    excepted = {everything[number] for number in skipped}
    assert times.weekly(first, first + timedelta(weeks=20), excepted) == [
        day for day in everything if day not in excepted
    ]


@given(days, st.integers(1, 24))
@example(date(2027, 8, 31), 6)
@example(date(2028, 2, 29), 12)
def test_months_on_is_the_same_date_or_the_last_of_its_month(day: date, months: int) -> None:
    later = times.months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(moments)
@example(datetime(2027, 3, 28, 0, 30, tzinfo=UTC))
@example(datetime(2027, 10, 31, 0, 30, tzinfo=UTC))
def test_as_soon_as_possible_is_always_possible(now: datetime) -> None:
    day, from_time, to_time = times.soon(now)
    assert problems(wish(day=day, from_time=from_time, to_time=to_time), now) == []
    assert time(8) <= from_time < to_time <= time(22)


@given(st.timedeltas(timedelta(minutes=1), timedelta(days=40)))
def test_a_usual_wait_is_never_told_shorter_than_it_was(wait: timedelta) -> None:
    assert wait <= times.at_most(wait) < wait + timedelta(days=1)


def test_the_state_of_an_ask_follows_what_is_still_to_come() -> None:
    assert state_of({"open", "filled", "done"}) == "open"
    assert state_of({"filled", "expired", "withdrawn"}) == "filled"
    assert state_of({"done", "expired"}) == "done"
    assert state_of({"expired", "withdrawn"}) == "expired"
    assert state_of({"withdrawn"}) == "withdrawn"


def test_undo_is_open_for_half_an_hour_until_the_window_begins() -> None:
    ended = NOW
    assert times.may_undo(ended, NOW + timedelta(days=1), NOW + timedelta(minutes=30))
    assert not times.may_undo(ended, NOW + timedelta(days=1), NOW + timedelta(minutes=31))
    assert not times.may_undo(ended, NOW + timedelta(minutes=5), NOW + timedelta(minutes=5))
