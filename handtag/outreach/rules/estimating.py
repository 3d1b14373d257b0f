"""The published estimate that a helper says yes: their own answers, drawn to the town's, by way and hour.

    own    = (yes + 6·town) / (asked + 6)      of the questions about this service in 180 days
    town   = (yes + 0.15·20) / (asked + 20)    the same, of everybody
    chance = own · ½^(km/7) · (0.8 before nine and from eight in the evening)

Deterministic and the same for all; no trait of anybody's person is in it. Whoever it is about can read it.
"""

import math
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

VERSION: Final = "estimate-1"
OVER: Final = timedelta(days=180)
TIME_TO_ANSWER: Final = timedelta(hours=24)  # what was asked later than that is not a no yet
PRIOR, PRIOR_WEIGHT, OWN_WEIGHT = 0.15, 20, 6
HALF_KM: Final = 7.0
BUSY_HOUR: Final = 0.8
MORNING, EVENING = 9, 20
LEAST, MOST = 0.01, 0.95


@dataclass(frozen=True, slots=True)
class Answers:
    """How many questions somebody was asked, and to how many they said yes."""

    asked: int = 0
    yes: int = 0


def of_town(answers: Answers) -> float:
    """The town's share of yes, drawn to what is assumed before anybody has been asked."""
    return (answers.yes + PRIOR * PRIOR_WEIGHT) / (answers.asked + PRIOR_WEIGHT)


def of_helper(answers: Answers, town: float) -> float:
    """A helper's own share, drawn to the town's while there are few answers."""
    return (answers.yes + OWN_WEIGHT * town) / (answers.asked + OWN_WEIGHT)


def chance(own: float, km: float, hour: int) -> float:
    """The chance of a yes to an ask so far away, told at that hour of the day."""
    busy = 1.0 if MORNING <= hour < EVENING else BUSY_HOUR
    return min(max(own * math.exp(-km * math.log(2) / HALF_KM) * busy, LEAST), MOST)
