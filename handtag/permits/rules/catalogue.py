"""The services a municipality starts with: pictures, frames, ways to agree, and sensible demands."""

from dataclasses import dataclass
from typing import Final

from handtag.permits.rules.demands import Demand, DemandKind, Frame

_K = DemandKind

IDENTITY: Final = Demand(_K.IDENTITY)
ADULT: Final = Demand(_K.ADULT)
INTERVIEW: Final = Demand(_K.INTERVIEW, months=24)
REFERENCE: Final = Demand(_K.REFERENCE, months=24)
EXTRACT: Final = Demand(_K.RECORD_EXTRACT, months=12)

OWN: Final = "own"
"""The kind of a service that a municipality made itself."""

ICONS: Final = (
    *("hand-helping", "shopping-basket", "package", "stethoscope", "dog", "library", "graduation-cap"),
    *("languages", "wrench", "coffee", "tablet-smartphone", "book-open", "house", "heart", "calendar"),
    *("users", "key-round", "mail", "map", "phone"),
)


@dataclass(frozen=True, slots=True)
class Seed:
    """One service of the catalogue. Asking is open to all: nobody has to prove anything to ask."""

    kind: str
    icon: str
    frame: Frame
    agreement: str
    demands: tuple[Demand, ...]
    automatic: bool = True
    valid_months: int | None = None
    open_to_youth: bool = False
    with_children: bool = False
    in_the_home: bool = False
    outlay: bool = False
    minutes: int = 60


CATALOGUE: Final = (
    Seed("shopping", "shopping-basket", Frame.GENERAL, "first", (IDENTITY, ADULT), outlay=True),
    Seed("errand", "package", Frame.GENERAL, "first", (IDENTITY, ADULT), outlay=True),
    Seed(
        *("care_companion", "stethoscope", Frame.ASSIGNMENT, "asker"),
        (IDENTITY, ADULT, INTERVIEW, REFERENCE),
        automatic=False,
        valid_months=36,
        minutes=120,
    ),
    Seed("company", "coffee", Frame.GENERAL, "asker", (IDENTITY, ADULT, INTERVIEW), in_the_home=True),
    Seed("digital", "tablet-smartphone", Frame.GENERAL, "first", (IDENTITY, ADULT), in_the_home=True),
    Seed(
        *("homework", "graduation-cap", Frame.ASSIGNMENT, "coordinator"),
        (IDENTITY, ADULT, INTERVIEW, Demand(_K.TRAINING, "children", 24), EXTRACT),
        automatic=False,
        valid_months=24,
        open_to_youth=True,
        with_children=True,
    ),
    Seed("language", "languages", Frame.GENERAL, "asker", (IDENTITY,)),
    Seed("practical", "wrench", Frame.GENERAL, "first", (IDENTITY, ADULT), in_the_home=True),
    Seed("dog_walk", "dog", Frame.GENERAL, "first", (IDENTITY,), open_to_youth=True, minutes=45),
    Seed("library", "library", Frame.GENERAL, "first", (IDENTITY,), open_to_youth=True, minutes=45),
)
