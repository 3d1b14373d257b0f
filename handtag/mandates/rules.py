"""How long a mandate may hold, how one stands on a day, and what is read aloud before somebody says yes."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

RENEWAL_ASKED: Final = timedelta(days=30)
REMINDED: Final = timedelta(days=7)
FOLLOWED: Final = timedelta(days=30)  # so long after the end, whose telephone is whose still counts
FURTHEST_START: Final = timedelta(days=60)
SHORTEST_WORDS: Final = 40
MOST_HELPED: Final = 60  # whom one of the staff can know well enough to ask for
ACTS_FOR: Final = "acts_for"  # where a session keeps whom one has chosen


class State(StrEnum):
    """How a mandate stands on a day; derived, never kept."""

    COMING = "coming"
    IN_FORCE = "in_force"
    LAPSED = "lapsed"
    ENDED = "ended"


class Because(StrEnum):
    """By whose will, or by what, a mandate ended."""

    HELPED = "helped"
    PROXY = "proxy"
    MUNICIPALITY = "municipality"
    TIME = "time"
    RENEWED = "renewed"
    PROTECTED = "protected"
    ERASED = "erased"


SIDES: Final = (Because.HELPED, Because.PROXY, Because.MUNICIPALITY)

# Kept in Swedish as it was said yes to, by version; the person reads it in their language beside. A wording
# that has been used is never changed: a new one gets the next number. 0 is what staff wrote themselves.
OWN_WORDS: Final = 0
LATEST: Final = 1
CONSENT: Final = (
    "Jag säger ja till att den här personen får göra det här i mitt namn i Handtag: be om hjälp åt mig, se "
    "hur det går med mina frågor, och svara och skriva till den som kommer. Jag får veta att personen får "
    "göra det, och det syns vem som har gjort vad. Jag kan säga stopp när som helst, utan att säga varför. "
    "Då slutar det gälla direkt. Det gäller längst i ett år."
)
CONSENTS: Final = {LATEST: CONSENT}


@dataclass(frozen=True, slots=True)
class NewMandate:
    """What is said of a mandate when it is made."""

    kind: str
    evidence: str
    evidence_on: date
    consent: str
    consent_how: str
    consent_on: date
    starts_on: date
    ends_on: date
    services: tuple[UUID, ...] = ()
    proxy_told: bool = False
    consent_language: str = "sv"

    @property
    def consent_version(self) -> int:
        """Which of our wordings it is; 0 for words of one's own."""
        said = " ".join(self.consent.split())
        return next((number for number, words in CONSENTS.items() if words == said), OWN_WORDS)


def state(starts_on: date, ends_on: date, is_ended: bool, today: date) -> State:
    """How a mandate stands today; its last day counts in full."""
    if is_ended:
        return State.ENDED
    if today > ends_on:
        return State.LAPSED
    return State.COMING if today < starts_on else State.IN_FORCE


def latest_end(starts_on: date) -> date:
    """The last day of a mandate that begins then: a year later less a day, also from the 29th of February."""
    try:
        return starts_on.replace(year=starts_on.year + 1) - timedelta(days=1)
    except ValueError:
        return date(starts_on.year + 1, 2, 28)


def problems(new: NewMandate, today: date) -> list[tuple[str, str]]:
    """What is wrong with a mandate before it is made: fields and codes."""
    found = []
    if new.starts_on < today or new.starts_on > today + FURTHEST_START:
        found.append(("starts_on", "start"))
    if new.ends_on < new.starts_on:
        found.append(("ends_on", "end_first"))
    if new.ends_on > latest_end(new.starts_on):
        found.append(("ends_on", "too_long"))
    if not new.evidence.strip():
        found.append(("evidence", "evidence"))
    if len(new.consent.strip()) < SHORTEST_WORDS:
        found.append(("consent", "consent"))
    found += [(name, "not_yet") for name in ("evidence_on", "consent_on") if getattr(new, name) > today]
    return found
