"""Which channel is tried first, what comes after it, and when a telephone shall not buzz."""

from collections.abc import Collection, Sequence
from datetime import datetime, time, timedelta
from typing import Final

from handtag.kernel import clock

EMAIL, SMS, LETTER, PHONE = "email", "sms", "letter", "phone"
CHANNELS: Final = (EMAIL, SMS, LETTER, PHONE)
UNASKED: Final = (EMAIL, SMS, LETTER)  # nobody is rung by a person who has not asked for it
QUIET_FROM, QUIET_UNTIL = 21, 8

# Who is on their way must know at once that nobody waits for them; who has texted us is awake.
AT_ANY_HOUR: Final = frozenset(
    {
        *("errand.cancelled_by_asker", "errand.cancelled_by_helper", "errand.called_off"),
        *("sms.answer", "sms.responsibility"),
    }
)


def order(chosen: Sequence[str] | None, *, possible: Collection[str], is_protected: bool) -> tuple[str, ...]:
    """The channels to try, first to last; without a choice all that are possible.

    A protected person is reached only in the ways that they chose: somebody else may see the telephone.
    """
    wished = (() if is_protected else UNASKED) if chosen is None else chosen
    return tuple(channel for channel in wished if channel in possible)


def not_while_quiet(moment: datetime, quiet_from: int, quiet_until: int) -> datetime:
    """The moment itself, or the end of the quiet hours where it falls within them, on a Swedish clock."""
    if quiet_from == quiet_until:
        return moment
    wall = clock.local(moment)
    over_midnight = quiet_from > quiet_until
    after, before = wall.hour >= quiet_from, wall.hour < quiet_until
    if not ((after or before) if over_midnight else (after and before)):
        return moment
    day = wall.date() + timedelta(days=1) if over_midnight and after else wall.date()
    return clock.at(day, time(quiet_until))
