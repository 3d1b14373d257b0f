"""How a case may go, what may have come of it, and what a new one says."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

STATES: Final[dict[str, dict[str, str]]] = {
    "new": {"take": "in_hand", "close": "closed"},
    "in_hand": {"take": "in_hand", "close": "closed"},
    "closed": {"reopen": "in_hand"},
}

# What came of it: words for each stand with the queries.
OUTCOMES: Final = ("settled", "put_right", "misunderstanding", "permit", "referred", "nothing_more")

# What a call can be about that is for others: words for each stand with the queries.
HANDED_ON: Final = ("home_care", "social_services", "health_care", "housing", "something_else")
MOST_WORDS: Final = 4000
DUE_DAYS: Final = 3  # a case that nobody has taken in hand by then is shown as late


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What a case begins with; `answer_to` is the address of somebody who is not logged in."""

    kind: str
    concern: str = ""
    words: str = ""
    errand_id: UUID | None = None
    reported_by: UUID | None = None
    receiver_id: UUID | None = None
    due_at: datetime | None = None
    answer_to: str = ""
    language: str = "sv"


@dataclass(frozen=True, slots=True)
class Closing:
    """How a case ends: what came of it, what the reporter is told, and what only the municipality reads."""

    came_of: str
    answer: str = ""
    note: str = ""


def from_states(verb: str) -> frozenset[str]:
    """The states in which `verb` can be done."""
    return frozenset(state for state, verbs in STATES.items() if verb in verbs)
