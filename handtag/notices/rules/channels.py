"""Which channel is tried first, what comes after it, and when a telephone shall not buzz."""

from collections.abc import Collection, Sequence
from datetime import datetime, time, timedelta
from typing import Final

from handtag.kernel import clock

PUSH, EMAIL, SMS, LETTER, PHONE = "push", "email", "sms", "letter", "phone"
CHANNELS: Final = (PUSH, EMAIL, SMS, LETTER, PHONE)
UNASKED: Final = (PUSH, EMAIL, SMS, LETTER)  # nobody is rung by a person who has not asked for it
BUZZING: Final = frozenset({PUSH, SMS})  # what makes a telephone sound, and so keeps the quiet hours
QUIET_FROM, QUIET_UNTIL = 21, 8

# Who has texted us is awake, for a while.
ANSWERS: Final = frozenset({"sms.answer", "sms.responsibility"})
# Who is on their way must know at once that nobody waits for them.
AT_ANY_HOUR: Final = ANSWERS | {
    *("errand.cancelled_by_asker", "errand.cancelled_by_helper", "errand.called_off")
}

# That somebody may do things for you, or has: you are told where they cannot keep it from you.
ON_ONES_OWN: Final = frozenset(
    {
        *("mandate.made", "mandate.ended", "mandate.renewal", "mandate.reminder"),
        *("ask.opened_for", "ask.taken_down"),
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
