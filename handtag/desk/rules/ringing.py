"""Ringing somebody: how soon, how long one agent holds it, how often we try, and what can come of it."""

from datetime import datetime, timedelta
from typing import Final

from handtag.kernel import clock

HELD_FOR: Final = timedelta(minutes=30)  # an agent who goes home does not take the call along
MOST_TRIES: Final = 3
AGAIN_AFTER: Final = timedelta(hours=3)

WITHIN_AN_HOUR: Final = frozenset(
    {"errand.cancelled_by_helper", "errand.cancelled_by_asker", "errand.called_off"}
)
WITHIN_HOURS: Final = frozenset({"offer.made", "invitation.sent", "errand.agreed"})
HOW_IT_WENT: Final = "errand.unconfirmed"


def due(kind: str, now: datetime) -> datetime:
    """Until when news of this kind must have been told: never at night."""
    if kind in WITHIN_AN_HOUR:
        return clock.not_at_night(now + timedelta(hours=1))
    if kind in WITHIN_HOURS:
        return clock.not_at_night(now + timedelta(hours=4))
    return clock.not_at_night(now + timedelta(days=1))


def letter_due(until: datetime | None, written_at: datetime, now: datetime) -> datetime:
    """Until when somebody is rung whom no letter reaches: before what it tells of, while that lies ahead."""
    if until is not None and until > now:
        return until
    return due("", written_at)


def again(now: datetime) -> datetime:
    """When to try once more where nobody answered: another part of the day."""
    return clock.not_at_night(now + AGAIN_AFTER)
