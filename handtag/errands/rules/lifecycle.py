"""How an errand may go, as one dict: from each state, what can be done and where it leads."""

from datetime import datetime, timedelta
from typing import Final

ERRAND: Final[dict[str, dict[str, str]]] = {
    "agreed": {
        "start": "started",
        "complete": "completed",
        "cancel_by_helper": "cancelled_by_helper",
        "cancel_by_asker": "cancelled_by_asker",
        "miss": "missed",
        "leave_unconfirmed": "unconfirmed",
        "report": "reported",
    },
    "started": {
        "unstart": "agreed",
        "complete": "completed",
        "cancel_by_asker": "cancelled_by_asker",
        "leave_unconfirmed": "unconfirmed",
        "report": "reported",
    },
    "completed": {"uncomplete": "started"},
    "unconfirmed": {"complete": "completed", "miss": "missed", "report": "reported"},
    "reported": {
        "complete": "completed",
        "miss": "missed",
        "cancel_by_helper": "cancelled_by_helper",
        "cancel_by_asker": "cancelled_by_asker",
    },
    "missed": {},
    "cancelled_by_helper": {},
    "cancelled_by_asker": {},
}

CANCELLED: Final = frozenset({"cancelled_by_helper", "cancelled_by_asker"})
IN_FORCE: Final = frozenset(ERRAND) - CANCELLED  # these are what `filled` counts
BOOKED: Final = frozenset({"agreed", "started", "reported"})  # the helper is taken at that time
OVER: Final = frozenset({"completed", "missed", *CANCELLED})  # nothing more is waited for
SAYABLE: Final = frozenset({"completed", "missed", "unconfirmed", "reported"})  # each side may say how it was

ASK_BOTH_AFTER: Final = timedelta(hours=24)
HAND_OVER_AFTER: Final = timedelta(hours=72)
CLOSE_FOR: Final = timedelta(days=7)


def follows(state: str, verb: str) -> str | None:
    """The state that `verb` leads to from `state`, or None where it cannot be done."""
    return ERRAND[state].get(verb)


def from_states(verb: str) -> frozenset[str]:
    """The states in which `verb` can be done."""
    return frozenset(state for state, verbs in ERRAND.items() if verb in verbs)


def close_until(ends_at: datetime) -> datetime:
    """Until when the two may see each other's place, phone and family name, and write to each other."""
    return ends_at + CLOSE_FOR


def are_close(state: str, ends_at: datetime, now: datetime) -> bool:
    """Whether the two may see each other's place, phone and family name just now."""
    return state in IN_FORCE and now < close_until(ends_at)


def may_be_missed(starts_at: datetime, now: datetime) -> bool:
    """Nobody has failed to come before the hour has struck."""
    return now >= starts_at
