"""What a browser's session keeps between beginning a login at a provider and its answer."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

KEPT_FOR = 15 * 60  # seconds
MOST = 5  # begun at the same time, in as many tabs


class Purpose(StrEnum):
    """What the login is for."""

    ENTER = "enter"
    CONNECT = "connect"  # tie an e-identity to the login one is in with
    STEP = "step"  # show anew who one is


@dataclass(frozen=True, slots=True)
class Kept:
    """One login that was begun."""

    state: str
    nonce: str
    verifier: str
    provider_id: str
    purpose: Purpose
    leads_to: str
    began: int
    request_id: str = ""
    is_anew: bool = False

    def is_old(self, now: int) -> bool:
        """Whether it was begun too long ago."""
        return not self.began <= now < self.began + KEPT_FOR


def add(kept: dict[str, Any], new: Kept) -> dict[str, Any]:
    """What the session holds with one more; the oldest makes room."""
    rows = sorted(kept.items(), key=lambda pair: int(pair[1]["began"]))[-(MOST - 1) :]
    return {**dict(rows), new.state: asdict(new)}


def take(kept: dict[str, Any], state: str) -> tuple[Kept | None, dict[str, Any]]:
    """The one begun with this state, and what is left."""
    rest = {key: value for key, value in kept.items() if key != state}
    found = kept.get(state)
    return (Kept(**{**found, "purpose": Purpose(found["purpose"])}) if found else None), rest
