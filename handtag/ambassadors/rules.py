"""Where ambassadors meet people, and the pages of the short course with their right answers."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final


class Branch(StrEnum):
    """Where somebody on the staff meets residents."""

    HOME_CARE = "home_care"
    LIBRARY = "library"
    SCHOOL = "school"
    OTHER = "other"


COUNTED_OVER: Final = timedelta(days=365)
TRAINING: Final = "ambassador"  # the name of the check that the course is noted as
EVIDENCE: Final = "Möter personen i sitt arbete"  # kept in Swedish, as all that is seen and said

# The pages of the course in their order, and which of the answers is the right one.
RIGHT: Final[dict[str, int]] = {"granne": 1, "ja": 2, "fraga": 1, "ord": 0, "dorren": 2, "fel": 1}
PAGES: Final = tuple(RIGHT)
MATERIAL: Final = ("ta-upp-fragan", "ord-som-hjalper", "nar-svaret-ar-nej")


@dataclass(frozen=True, slots=True)
class NewHelped:
    """Somebody whom an ambassador has met and who has said yes."""

    given_name: str
    consent_how: str
    family_name: str = ""
    phone: str = ""
    language: str = "sv"
    place_id: str = ""
    address: str = ""
    postcode: str = ""
    post_town: str = ""
    services: tuple[str, ...] = ()
    proxy_told: bool = False


def after(page: str) -> str:
    """The page of the course that comes next; nothing after the last."""
    place = PAGES.index(page) + 1
    return PAGES[place] if place < len(PAGES) else ""
