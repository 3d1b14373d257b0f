"""When the next are told of an ask nobody has answered: two hours later, and never in the night."""

from datetime import date, time, timedelta

import pytest

from handtag.errands.rules.telling import next_wave
from handtag.kernel import clock

DAY, NEXT = date(2026, 11, 23), date(2026, 11, 24)


@pytest.mark.parametrize(
    ("told", "then"),
    [
        ((DAY, time(9)), (DAY, time(11))),
        ((DAY, time(18, 59)), (DAY, time(20, 59))),
        ((DAY, time(19, 30)), (NEXT, time(8))),
        ((DAY, time(6, 30)), (DAY, time(8, 30))),
        ((DAY, time(5)), (DAY, time(8))),
        ((date(2026, 3, 28), time(20)), (date(2026, 3, 29), time(8))),  # the night that is an hour shorter
        ((date(2026, 10, 24), time(20)), (date(2026, 10, 25), time(8))),  # and the one that is longer
    ],
)
def test_two_hours_later_or_in_the_morning(told: tuple[date, time], then: tuple[date, time]) -> None:
    assert next_wave(clock.at(*told)) == clock.at(*then)


def test_an_hour_that_comes_twice_counts_once() -> None:
    before = clock.at(date(2026, 10, 25), time(1, 30))
    assert next_wave(before) - before > timedelta(hours=2)
