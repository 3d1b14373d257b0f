"""What a coordinator may do with an ask that nobody has taken, and when it has waited for long."""

from datetime import timedelta
from typing import Final

WIDER: Final = (2_000, 5_000, 10_000, 20_000)  # metres beyond how far each helper usually goes
SOON: Final = timedelta(hours=6)  # from here on an ask is shown as waiting
LONG: Final = timedelta(hours=36)  # and from here on as waiting for long
NEXT_DAY: Final = timedelta(hours=24)  # what begins within a day is urgent sooner
MOST_ASKED: Final = 50  # of a group at once


def next_steps(wider_by: int) -> tuple[int, ...]:
    """How far an ask may still be widened."""
    return tuple(metres for metres in WIDER if metres > wider_by)


def urgency(waited: timedelta, until_start: timedelta) -> str:
    """How an ask's age is marked: nothing, "warn" or "bad"."""
    if waited >= LONG or (waited >= SOON and until_start <= NEXT_DAY):
        return "bad"
    return "warn" if waited >= SOON or until_start <= NEXT_DAY else ""
