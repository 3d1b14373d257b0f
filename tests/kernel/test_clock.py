"""What time it is on a Swedish wall: over the nights on which the clock is changed, and at night."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handtag.kernel import clock


@pytest.mark.parametrize(
    ("day", "hour", "moment"),
    [
        (date(2026, 7, 1), time(14), datetime(2026, 7, 1, 12, tzinfo=UTC)),
        (date(2026, 12, 1), time(14), datetime(2026, 12, 1, 13, tzinfo=UTC)),
        (date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2026, 10, 25), time(3), datetime(2026, 10, 25, 2, tzinfo=UTC)),
        (date(2027, 3, 28), time(2, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        (date(2027, 3, 28), time(3, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
    ],
    ids=["summer", "winter", "the first of the two", "after both", "skipped: read as the hour after", "it"],
)
def test_an_hour_on_the_wall_is_one_moment(day: date, hour: time, moment: datetime) -> None:
    assert clock.at(day, hour) == moment


@given(st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1)))
def test_a_moment_shown_on_the_wall_is_found_again_or_an_hour_away(moment: datetime) -> None:
    there = moment.replace(tzinfo=UTC, microsecond=0)
    wall = clock.local(there)
    back = clock.at(wall.date(), wall.time())
    assert there - back in (timedelta(), timedelta(hours=1)), "of an hour that comes twice it is the first"


def test_a_journey_in_time_ends_where_it_began() -> None:
    then = datetime(2026, 1, 1, 12, tzinfo=UTC)
    with clock.travelling(then):
        assert clock.now() == then
        with clock.travelling(then + timedelta(days=1)):
            assert clock.today() == date(2026, 1, 2)
        assert clock.today() == date(2026, 1, 1)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)
