"""What a call was about and what came of it, in codes; how long its note is shown."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

SAME_CALL: Final = timedelta(minutes=30)  # what one agent does for one caller within it is one call
NOTE_SHOWN: Final = timedelta(days=30)
MOST_LETTERS: Final = 300

WAYS: Final = ("ring", "letter", "tell", "keep")


@dataclass(frozen=True, slots=True)
class Way:
    """How news shall reach the caller; `told_id` is a mandate holder, else a name and a number."""

    way: str = "keep"
    told_id: UUID | None = None
    told_name: str = ""
    told_phone: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the agent read aloud, as the page had it, and who on the line said yes to it."""

    digest: str
    said_by: UUID | None = None
