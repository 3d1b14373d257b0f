"""Days, hours and amounts as people say them, in the language that is on; the wall clock is Sweden's."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as inside

from handtag.kernel import clock

# Django's own names lack languages that are spoken here, and some have a capital inside a sentence.
WEEKDAYS: Final = (
    inside("weekday", "Monday"),
    inside("weekday", "Tuesday"),
    inside("weekday", "Wednesday"),
    inside("weekday", "Thursday"),
    inside("weekday", "Friday"),
    inside("weekday", "Saturday"),
    inside("weekday", "Sunday"),
)
MONTHS: Final = (
    inside("month after a number", "January"),
    inside("month after a number", "February"),
    inside("month after a number", "March"),
    inside("month after a number", "April"),
    inside("month after a number", "May"),
    inside("month after a number", "June"),
    inside("month after a number", "July"),
    inside("month after a number", "August"),
    inside("month after a number", "September"),
    inside("month after a number", "October"),
    inside("month after a number", "November"),
    inside("month after a number", "December"),
)
NEXT: Final = (
    _("on Monday"),
    _("on Tuesday"),
    _("on Wednesday"),
    _("on Thursday"),
    _("on Friday"),
    _("on Saturday"),
    _("on Sunday"),
)
LAST: Final = (
    _("last Monday"),
    _("last Tuesday"),
    _("last Wednesday"),
    _("last Thursday"),
    _("last Friday"),
    _("last Saturday"),
    _("last Sunday"),
)
EVERY: Final = (
    _("every Monday"),
    _("every Tuesday"),
    _("every Wednesday"),
    _("every Thursday"),
    _("every Friday"),
    _("every Saturday"),
    _("every Sunday"),
)
PLURAL: Final = (
    _("Mondays"),
    _("Tuesdays"),
    _("Wednesdays"),
    _("Thursdays"),
    _("Fridays"),
    _("Saturdays"),
    _("Sundays"),
)
NUMBERS: Final = (
    _("zero"),
    _("one"),
    _("two"),
    _("three"),
    _("four"),
    _("five"),
    _("six"),
    _("seven"),
    _("eight"),
    _("nine"),
    _("ten"),
    _("eleven"),
    _("twelve"),
)


def day(when: datetime | date, now: datetime | None = None) -> str:
    """The day as seen from now: today, tomorrow, on Thursday, last Friday, Thursday 3 December."""
    that, today = _date(when), _date(now or clock.now())
    away = (that - today).days
    if away in (-1, 0, 1):
        return (gettext("today"), gettext("tomorrow"), gettext("yesterday"))[away]
    if 1 < away < 7:
        return str(NEXT[that.weekday()])
    if -7 < away < -1:
        return str(LAST[that.weekday()])
    return dated(that, now)


def dated(when: datetime | date, now: datetime | None = None) -> str:
    """Weekday and date; the year only where it is another one than now: Thursday 3 December."""
    that = _date(when)
    if that.year == _date(now or clock.now()).year:
        return gettext("%(weekday)s %(day)s %(month)s") % _parts(that)
    return gettext("%(weekday)s %(day)s %(month)s %(year)s") % _parts(that)


def full_date(when: datetime | date) -> str:
    """The date with its year: 26 November 2026."""
    return gettext("%(day)s %(month)s %(year)s") % _parts(_date(when))


def beside(when: datetime | date, now: datetime | None = None) -> str:
    """The full date in brackets, to stand after a spoken day; nothing where that says the date already."""
    return f" ({full_date(when)})" if abs((_date(when) - _date(now or clock.now())).days) < 7 else ""


def hour(when: datetime) -> str:
    """The time of day with its little word: at 14:00 (kl. 14)."""
    return gettext("at %(time)s") % {"time": _clock(when)}


def moment(when: datetime, now: datetime | None = None) -> str:
    """Day and time: on Thursday at 14:00."""
    return gettext("%(day)s %(at_time)s") % {"day": day(when, now), "at_time": hour(when)}


def hours(start: datetime, end: datetime) -> str:
    """From one time to another on the same day: at 14:00–16:00 (kl. 14–16)."""
    return gettext("at %(start)s–%(end)s") % {"start": _clock(start), "end": _clock(end, ends=True)}


def window(start: datetime, end: datetime, now: datetime | None = None) -> str:
    """A span of time: on Thursday at 14:00–16:00; over midnight both days are named."""
    if start == end:
        return moment(start, now)
    if _date(start) == _date(end - timedelta(microseconds=1)):
        return gettext("%(day)s %(at_time)s") % {"day": day(start, now), "at_time": hours(start, end)}
    ends = {"day": dated(start, now), "at_time": hour(start)}, {"day": dated(end, now), "at_time": hour(end)}
    first, last = (gettext("%(day)s %(at_time)s") % each for each in ends)
    return gettext("%(start)s to %(end)s") % {"start": first, "end": last}


def ago(when: datetime, now: datetime | None = None) -> str:
    """When something happened: just now, 20 minutes ago, today at 9:12, yesterday at 10:05."""
    now = now or clock.now()
    minutes = int((now - when).total_seconds() // 60)
    if 0 <= minutes < 2:
        return gettext("just now")
    if 2 <= minutes < 60:
        return ngettext("%(count)s minute ago", "%(count)s minutes ago", minutes) % {"count": minutes}
    return moment(when, now)


def duration(length: timedelta) -> str:
    """A length of time in prose, rounded to one unit, small numbers as words: five hours."""
    unit, count = _rounded(length)
    if count == 1:
        return {"minute": gettext("one minute"), "hour": gettext("one hour"), "day": gettext("one day")}[unit]
    texts = {
        "minute": ngettext("%(number)s minute", "%(number)s minutes", count),
        "hour": ngettext("%(number)s hour", "%(number)s hours", count),
        "day": ngettext("%(number)s day", "%(number)s days", count),
    }
    return texts[unit] % {"number": number(count)}


def waited(length: timedelta) -> str:
    """A length of time where there is little room: 40 min, 26 h, 2 days."""
    unit, count = _rounded(length)
    texts = {
        "minute": gettext("%(count)s min"),
        "hour": gettext("%(count)s h"),
        "day": ngettext("%(count)s day", "%(count)s days", count),
    }
    return texts[unit] % {"count": count}


def number(count: int) -> str:
    """A number in prose: words up to twelve, digits after that."""
    return str(NUMBERS[count]) if 0 <= count < len(NUMBERS) else grouped(count)


def grouped(count: int) -> str:
    """Digits in groups of three, set apart as Swedes do: 1 204 (the space does not break)."""
    return f"{count:,}".replace(",", "\N{NO-BREAK SPACE}")


def join(words: Sequence[str]) -> str:
    """A list as it is said: milk, coffee and bread."""
    if len(words) < 2:
        return "".join(words)
    return gettext("%(first)s and %(last)s") % {"first": comma().join(words[:-1]), "last": words[-1]}


def comma() -> str:
    """What stands between two words of a list, with its space: a comma turns in Arabic."""
    return pgettext("between two words", ", ")


def every(weekday: int) -> str:
    """For a series: every Tuesday. Monday is 0."""
    return str(EVERY[weekday])


def weekdays(weekday: int) -> str:
    """A weekday as a habit: Tuesdays. Monday is 0."""
    return str(PLURAL[weekday])


def _date(when: datetime | date) -> date:
    return clock.local(when).date() if isinstance(when, datetime) else when


def _parts(that: date) -> dict[str, str]:
    return {
        "weekday": str(WEEKDAYS[that.weekday()]),
        "day": str(that.day),
        "month": str(MONTHS[that.month - 1]),
        "year": str(that.year),
    }


def _clock(when: datetime, *, ends: bool = False) -> str:
    """The wall clock; a span that ends at midnight ends at 24."""
    wall = clock.local(when)
    parts = {"hour": str(wall.hour), "minute": f"{wall.minute:02}"}
    if wall.minute:
        return gettext("%(hour)s:%(minute)s") % parts
    return gettext("%(hour)s:00") % {"hour": "24" if ends and wall.hour == 0 else parts["hour"]}


def _rounded(length: timedelta) -> tuple[str, int]:
    """The unit a person would choose and how many of it: hours up to a day and a half, then days."""
    minutes = max(1, round(length.total_seconds() / 60))
    if minutes < 60:
        return "minute", minutes
    if minutes < 36 * 60:
        return "hour", round(minutes / 60)
    return "day", round(minutes / 1440)
