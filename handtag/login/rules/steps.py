"""What a session remembers of how surely somebody has shown who they are, and how long it counts."""

from collections.abc import Mapping, MutableMapping
from datetime import datetime, timedelta
from typing import Any

FRESH_FOR = timedelta(minutes=10)
SHOWN_AT, WORD_OF = "shown_at", "word_of"


def mark(session: MutableMapping[str, Any], now: datetime) -> None:
    """Remember that it was shown now, by something of one's own: it counts in every municipality."""
    session[SHOWN_AT] = now.isoformat()
    session.pop(WORD_OF, None)


def came_through(session: MutableMapping[str, Any], municipality_id: str, now: datetime | None) -> None:
    """Remember whose provider said who it is; and when, where that was said surely enough."""
    session[WORD_OF] = municipality_id
    if now is not None:
        session[SHOWN_AT] = now.isoformat()


def is_from_elsewhere(session: Mapping[str, Any], municipality_id: str) -> bool:
    """Whether all that is known of who it is, is another municipality's provider's word."""
    return bool(session.get(WORD_OF, municipality_id) != municipality_id)


def is_strong(session: Mapping[str, Any]) -> bool:
    """Whether it was ever shown in this session."""
    return bool(session.get(SHOWN_AT))


def is_fresh(session: Mapping[str, Any], now: datetime) -> bool:
    """Whether it was shown just now; what lies in the future was not."""
    if not is_strong(session):
        return False
    shown_at = datetime.fromisoformat(session[SHOWN_AT])
    return shown_at <= now < shown_at + FRESH_FOR
