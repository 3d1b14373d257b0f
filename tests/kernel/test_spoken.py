"""Days, hours and amounts as people say them: around midnight, new year and the nights the clock is moved."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from handtag.kernel import clock, spoken

SATURDAY = clock.at(date(2026, 11, 21), time(10, 0))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return clock.at(day, time(hour, minute))


@pytest.fixture(autouse=True)
def swedish() -> Iterator[None]:
    with translation.override("sv"):
        yield


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (0, "i dag"),
        (1, "i morgon"),
        (2, "på måndag"),
        (6, "på fredag"),
        (7, "lördag 28 november"),
        (12, "torsdag 3 december"),
        (41, "fredag 1 januari 2027"),
        (-1, "i går"),
        (-2, "i torsdags"),
        (-6, "i söndags"),
        (-7, "lördag 14 november"),
        (-365, "fredag 21 november 2025"),
    ],
)
def test_a_day_is_seen_from_now(away: int, said: str) -> None:
    assert spoken.day(SATURDAY + timedelta(days=away), SATURDAY) == said
    assert spoken.day(date(2026, 11, 21) + timedelta(days=away), SATURDAY) == said


def test_now_is_what_the_clock_says() -> None:
    with clock.travelling(SATURDAY):
        assert spoken.day(SATURDAY) == "i dag"
        assert spoken.ago(SATURDAY - timedelta(minutes=20)) == "för 20 minuter sedan"


def test_tomorrow_begins_at_swedish_midnight() -> None:
    late = datetime(2026, 11, 21, 22, 59, tzinfo=UTC)  # 23.59 in Sweden
    assert spoken.day(late + timedelta(minutes=1), late) == "i morgon"
    assert spoken.day(late, late + timedelta(minutes=1)) == "i går"


@pytest.mark.parametrize(
    ("hour", "minute", "said"), [(14, 0, "kl. 14"), (9, 30, "kl. 9.30"), (0, 5, "kl. 0.05"), (0, 0, "kl. 0")]
)
def test_an_hour(hour: int, minute: int, said: str) -> None:
    assert spoken.hour(at(date(2026, 11, 21), hour, minute)) == said


def test_a_window_on_one_day() -> None:
    thursday = date(2026, 11, 26)
    assert spoken.window(at(thursday, 14), at(thursday, 16), SATURDAY) == "på torsdag kl. 14–16"
    assert spoken.window(at(thursday, 9, 30), at(thursday, 11), SATURDAY) == "på torsdag kl. 9.30–11"
    assert spoken.window(at(thursday, 14), at(thursday, 14), SATURDAY) == "på torsdag kl. 14"


def test_a_window_until_midnight_stays_on_its_day() -> None:
    end = at(date(2026, 11, 27), 0)
    assert spoken.window(at(date(2026, 11, 26), 20), end, SATURDAY) == "på torsdag kl. 20–24"


def test_a_window_over_midnight_names_both_days() -> None:
    said = spoken.window(at(date(2026, 11, 26), 22), at(date(2026, 11, 27), 2), SATURDAY)
    assert said == "torsdag 26 november kl. 22 till fredag 27 november kl. 2"


def test_a_window_over_new_year_names_the_new_one() -> None:
    said = spoken.window(at(date(2026, 12, 31), 22), at(date(2027, 1, 1), 2), SATURDAY)
    assert said == "torsdag 31 december kl. 22 till fredag 1 januari 2027 kl. 2"


def test_wall_clock_before_and_after_summer_time() -> None:
    before, after = date(2026, 10, 24), date(2026, 10, 25)
    assert at(after, 14) - at(before, 14) == timedelta(hours=25)
    assert spoken.moment(at(after, 14), at(before, 14)) == "i morgon kl. 14"
    assert spoken.hours(at(after, 14), at(after, 16)) == "kl. 14–16"


def test_the_short_night_in_spring() -> None:
    friday = at(date(2026, 3, 27), 12)
    assert spoken.day(at(date(2026, 3, 29), 23, 30), friday) == "på söndag"
    assert spoken.window(at(date(2026, 3, 29), 1), at(date(2026, 3, 29), 4), friday) == "på söndag kl. 1–4"


def test_full_and_dated() -> None:
    assert spoken.full_date(date(2026, 11, 26)) == "26 november 2026"
    assert spoken.dated(date(2026, 12, 3), SATURDAY) == "torsdag 3 december"
    assert spoken.dated(date(2027, 5, 3), SATURDAY) == "måndag 3 maj 2027"


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=20), "nyss"),
        (timedelta(minutes=2), "för 2 minuter sedan"),
        (timedelta(minutes=59), "för 59 minuter sedan"),
        (timedelta(minutes=60), "i dag kl. 9"),
        (timedelta(hours=24), "i går kl. 10"),
        (timedelta(days=30), "torsdag 22 oktober kl. 11"),  # an hour earlier on the wall: summer time
    ],
)
def test_how_long_ago(passed: timedelta, said: str) -> None:
    assert spoken.ago(SATURDAY - passed, SATURDAY) == said


def test_what_is_to_come_is_never_ago() -> None:
    assert spoken.ago(SATURDAY + timedelta(minutes=10), SATURDAY) == "i dag kl. 10.10"


@pytest.mark.parametrize(
    ("length", "prose", "short"),
    [
        (timedelta(seconds=5), "en minut", "1 min"),
        (timedelta(minutes=20), "20 minuter", "20 min"),
        (timedelta(hours=1), "en timme", "1 tim"),
        (timedelta(hours=5), "fem timmar", "5 tim"),
        (timedelta(hours=26), "26 timmar", "26 tim"),
        (timedelta(hours=36), "två dygn", "2 dygn"),
        (timedelta(days=13), "13 dygn", "13 dygn"),
    ],
)
def test_a_length_of_time(length: timedelta, prose: str, short: str) -> None:
    assert spoken.duration(length) == prose
    assert spoken.waited(length) == short


def test_numbers_in_prose() -> None:
    assert [spoken.number(n) for n in (1, 3, 12, 13)] == ["en", "tre", "tolv", "13"]
    assert spoken.grouped(1204) == "1\N{NO-BREAK SPACE}204"


def test_lists_and_habits() -> None:
    assert spoken.join([]) == ""
    assert spoken.join(["mjölk"]) == "mjölk"
    assert spoken.join(["mjölk", "kaffe", "bröd"]) == "mjölk, kaffe och bröd"
    assert spoken.every(1) == "varje tisdag"
    assert spoken.weekdays(6) == "söndagar"


def test_the_full_date_stands_beside_a_day_that_does_not_say_it() -> None:
    def said(day: date) -> str:
        return spoken.day(day, SATURDAY) + spoken.beside(day, SATURDAY)

    assert said(date(2026, 11, 26)) == "på torsdag (26 november 2026)"
    assert said(date(2026, 11, 15)) == "i söndags (15 november 2026)"
    assert said(date(2026, 11, 28)) == "lördag 28 november"
    assert said(date(2026, 11, 14)) == "lördag 14 november"


def test_the_same_in_english() -> None:
    thursday = date(2026, 11, 26)
    with translation.override("en"):
        assert spoken.window(at(thursday, 14), at(thursday, 16), SATURDAY) == "on Thursday at 14:00–16:00"
        assert spoken.duration(timedelta(hours=5)) == "five hours"
        assert spoken.full_date(thursday) == "26 November 2026"


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
    st.timedeltas(timedelta(minutes=1), timedelta(hours=30)),
)
def test_every_window_says_its_hours(start: datetime, length: timedelta) -> None:
    with translation.override("sv"):
        said = spoken.window(start, start + length, SATURDAY)
        assert "kl. " in said
        assert str(clock.local(start).hour) in said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("sv", "mjölk, kaffe och bröd"),
        ("sv-easy", "mjölk, kaffe och bröd"),
        ("en", "mjölk, kaffe and bröd"),
        ("ar", "mjölk، kaffe وbröd"),
        ("uk", "mjölk, kaffe та bröd"),
        ("fi", "mjölk, kaffe ja bröd"),
        ("so", "mjölk, kaffe iyo bröd"),
    ],
)
def test_a_list_is_joined_as_the_language_joins_it(language: str, said: str) -> None:
    with translation.override(language):
        assert spoken.join(["mjölk", "kaffe", "bröd"]) == said


@pytest.mark.parametrize("language", ["sv", "sv-easy", "en", "ar", "uk", "fi", "so"])
def test_no_language_is_left_with_the_clock_of_another(language: str) -> None:
    start = at(date(2026, 11, 26), 14)
    with translation.override(language):
        window = spoken.window(start, start + timedelta(hours=2), SATURDAY)
    assert ("kl." in window) == language.startswith("sv")
    assert "14" in window
    assert "16" in window
