"""What may wait for the day's one letter, and when that letter comes."""

from datetime import datetime, time, timedelta
from typing import Final

from handtag.kernel import clock

HOUR: Final = time(16)  # outside all quiet hours one can choose, and before the evening is planned
A_DAY: Final = timedelta(days=1)
DIGEST: Final = "digest.day"

# What nobody misses by reading it in the afternoon.
MAY_WAIT: Final = frozenset(
    {
        *("permit.granted", "permit.asked_for_more", "permit.renewed", "permit.reinstated"),
        *("permit.upheld", "permit.runs_out", "group.approve", "group.decline", "group.invite"),
        *("case.received", "case.answered", "feedback.given", "offer.declined"),
        *("mandate.renewal_proxy", "mandate.reminder_proxy"),
    }
)
# What may wait while more than a day is left when the letter comes: of these it must be said when they lapse.
MAY_WAIT_A_WHILE: Final = frozenset(
    {
        *("ask.open", "invitation.sent", "offer.made", "offer.accepted", "errand.agreed"),
        *("message.written", "ask.told_more"),
    }
)
EITHER: Final = MAY_WAIT | MAY_WAIT_A_WHILE


def next_at(moment: datetime) -> datetime:
    """When the next letter of the day comes: four in the afternoon on a Swedish clock, summer and winter."""
    wall = clock.local(moment)
    today = clock.at(wall.date(), HOUR)
    return today if moment < today else clock.at(wall.date() + A_DAY, HOUR)


def may_wait(kind: str, *, until: datetime, lapses_at: datetime | None) -> bool:
    """Whether a notice may wait until then. What is not named above goes at once: logins, codes, changes."""
    if lapses_at is None:
        return kind in MAY_WAIT
    return kind in EITHER and lapses_at - until > A_DAY
