"""What may be asked of a simulated town, how often it is played, and what the plays together let be said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final, Self

SEEDS: Final = 12  # towns, each played as it is and changed
MOST_TURNS: Final = 3 * SEEDS  # after so many, some must have failed each time: it is given up
KM: Final = (0, 1, 2, 5)
HELPERS: Final = (0, 10, 30, 100)
BUDGETS: Final = (1, 2, 3, 4, 5)
WEEKS: Final = 8  # of asks that are looked at
MOST_ASKS: Final = 240  # in one play: a town with more is played for fewer weeks
PRIOR: Final = (3.0, 20.0)  # yeses and notices assumed of all before anybody has answered
OWN: Final = 4.0  # notices that the mean of all is worth for one
LEAST_HELPERS: Final = 5
LEAST_ASKS: Final = 10
FRESH: Final = timedelta(hours=1)  # the same question again within this gets the same answer
KEPT: Final = 10  # answers a municipality
LEASE: Final = timedelta(minutes=5)
CLEARLY: Final = 11  # of twelve towns: fewer, and chance alone may have done it

FIGURES: Final = ("fill", "urgent_fill", "wait", "notices", "most_told", "too_late", "nobody")
Play = Mapping[str, Mapping[str, float | None]]


@dataclass(frozen=True, slots=True)
class Changes:
    """What would be otherwise: km further that helpers go, so many more of them with a service, notices a
    week (None: as it is).
    """

    km: int = 0
    helpers: int = 0
    service: str = ""
    budget: int | None = None

    @property
    def key(self) -> str:
        """The same for the same question."""
        return f"{self.km} {self.helpers} {self.service if self.helpers else ''} {self.budget or ''}"

    def __bool__(self) -> bool:
        return bool(self.km or self.helpers or self.budget)

    def beside(self, budget: int) -> Self:
        """The same where so many notices a week are as it is."""
        return replace(self, budget=None) if self.budget == budget else self

    @property
    def kept(self) -> dict[str, Any]:
        """As it is kept."""
        return {"km": self.km, "helpers": self.helpers, "service": self.service, "budget": self.budget}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """As it was kept."""
        return cls(kept["km"], kept["helpers"], kept["service"], kept["budget"])


@dataclass(frozen=True, slots=True)
class Spread:
    """One figure over the towns: the mean, and between what it was."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure as it is and changed; None where there was nothing to measure. moves: -1, 0 or 1, what the
    change does to the figure (not whether that is good), 0 where chance may have done it.
    """

    name: str
    today: Spread | None
    changed: Spread | None
    moves: int


def compared(plays: Sequence[Play]) -> list[Compared]:
    """The figures of all plays, side by side."""
    return [_compared(name, plays) for name in FIGURES]


def _compared(name: str, plays: Sequence[Play]) -> Compared:
    pairs = [(play["today"][name], play["changed"][name]) for play in plays]
    both = [(was, now) for was, now in pairs if was is not None and now is not None]
    more, less = sum(now > was for was, now in both), sum(now < was for was, now in both)
    enough = CLEARLY * max(len(plays), 1) / SEEDS
    moves = 1 if more >= enough else -1 if less >= enough else 0
    return Compared(name, _spread([was for was, _ in pairs]), _spread([now for _, now in pairs]), moves)


def _spread(values: Sequence[float | None]) -> Spread | None:
    known = [value for value in values if value is not None]
    return Spread(sum(known) / len(known), min(known), max(known)) if known else None
