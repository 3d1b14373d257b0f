"""How long the post takes: working days of Sweden, and whether a letter still comes in time."""

from datetime import date, datetime, timedelta
from typing import Final

from handtag.kernel import clock

TAKES: Final = 3  # working days from the letter box to the door: two by law, and one for the second round
SATURDAY: Final = 5
_FIXED: Final = frozenset({(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)})
_FROM_EASTER: Final = (-2, 1, 39)  # Good Friday, Easter Monday, Ascension Day; the others fall on Sundays


def is_working_day(day: date) -> bool:
    """Whether post is carried: not on weekends, holidays, and the eves on which Sweden stands still."""
    if day.weekday() >= SATURDAY or (day.month, day.day) in _FIXED:
        return False
    return day not in {easter(day.year) + timedelta(days=after) for after in _FROM_EASTER} | {
        _midsummer_eve(day.year)
    }


def arrives(printed: date) -> date:
    """The day by which a letter that is printed on this day has come."""
    day = printed
    while not is_working_day(day):
        day += timedelta(days=1)
    for _each in range(TAKES):
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return day


def comes_too_late(until: datetime | None, today: date) -> bool:
    """Whether a letter printed today would come on the day that it tells of, or after it."""
    return until is not None and arrives(today) >= clock.local(until).date()


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * (c // 4) - c % 4 - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def _midsummer_eve(year: int) -> date:
    """The Friday between 19 and 25 June."""
    day = date(year, 6, 19)
    return day + timedelta(days=(4 - day.weekday()) % 7)
