"""How helpers behave in a simulation: who attends to a notice, who says yes, when, and who has had enough.

Chance is drawn once for a town and a seed, by lots that hang on the pair of ask and helper alone, and is the
same whatever is tried: so that two policies, or a town with a few helpers more, differ by what they do alone.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from handtag.matching import waking
from handtag.matching.towns import Flags, Floats, Ints, Pairs, Town

GOLDEN: Final = 0x9E3779B97F4A7C15
LAWS: Final = ("recovers", "rests", "counts", "steady")


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What is assumed of helpers; each may be wrong, and a policy must stand that.

    attention: by which law a notice is attended to. "recovers": with 1 - exp(-t/recovery), t since the last
    notice; "rests": not at all for a while of that mean (geometric, by days) after each notice; "counts":
    half as much for each notice of the last seven days; "steady": always. answer_median, answer_spread: the
    lognormal time in which they answer, in waking minutes. says_no: how many of those who will not come say
    so. fade_km: by which willingness sinks with distance. leaves: chance of having had enough, for each
    notice beyond the third in seven days; `stay` keeps them, so that no outcome hangs on a guess.
    estimates_off: log-sd by which each helper's estimate is off; estimates_times: by which all are.
    """

    attention: str = "recovers"
    recovery_days: float = 3.0
    answer_median: float = 15.0
    answer_spread: float = 1.2
    says_no: float = 0.4
    fade_km: float = 6.0
    asleep: waking.Hours = (22.0 * 60, 7.5 * 60)
    leaves: float = 0.005
    stay: bool = True
    estimates_off: float = 0.0
    estimates_times: float = 1.0

    def __post_init__(self) -> None:
        if self.attention not in LAWS:
            raise ValueError(f"attention is {self.attention!r}; the laws are {', '.join(LAWS)}")


BEHAVIOURS: Final = {
    "as assumed": Behaviour(),
    "rests": Behaviour(attention="rests"),
    "counts": Behaviour(attention="counts"),
    "soon back": Behaviour(recovery_days=0.75),
    "long away": Behaviour(recovery_days=6.0),
    "quick": Behaviour(answer_median=5.0, answer_spread=0.8),
    "slow": Behaviour(answer_median=50.0, answer_spread=1.4),
    "silent": Behaviour(says_no=0.0),
    "close to home": Behaviour(fade_km=2.0),
    "misjudged": Behaviour(estimates_off=0.7),
    "overrated": Behaviour(estimates_times=2.0),
    "underrated": Behaviour(estimates_times=0.5),
}


@dataclass(frozen=True, slots=True)
class Luck:
    """What chance has in store for each pair (p,): chance of a yes (0–1), whether they would say yes or no if
    they attend, after how many waking minutes, lots (0–1) for attending and for having had enough, days of
    rest; and for each helper (n,) the factor by which the estimate of them is off.
    """

    chance: Floats
    yes: Flags
    no: Flags
    minutes: Floats
    attends: Floats
    enough: Floats
    rest: Floats
    off: Floats


def fall(town: Town, pairs: Pairs, behaviour: Behaviour, seed: int) -> Luck:
    """Draw the lots of a town; the same seed draws the same, for each pair whatever other pairs there are."""
    ask = np.repeat(np.arange(len(town.asks)), np.diff(pairs.indptr))
    one, two, three, four, five, six = (_lots(ask, pairs.helper, seed, stream) for stream in range(6))
    chance = town.helpers.willing[pairs.helper] * np.exp(-pairs.km / behaviour.fade_km)
    yes = one < chance
    bent = np.sqrt(-2 * np.log(two)) * np.cos(2 * np.pi * three)  # Box–Muller: a normal from two lots
    a_day = min(max(1 / max(behaviour.recovery_days, 1e-9), 1e-9), 1 - 1e-9)
    everyone = np.arange(len(town.helpers))
    error = np.sqrt(-2 * np.log(_lots(everyone, everyone, seed, 6))) * np.cos(
        2 * np.pi * _lots(everyone, everyone, seed, 7)
    )
    return Luck(
        chance=chance,
        yes=yes,
        no=~yes & (one < chance + (1 - chance) * behaviour.says_no),
        minutes=behaviour.answer_median * np.exp(behaviour.answer_spread * bent),
        attends=four,
        enough=five,
        rest=waking.DAY * np.ceil(np.log(six) / np.log1p(-a_day)),
        off=behaviour.estimates_times * np.exp(error * behaviour.estimates_off),
    )


def _lots(ask: Ints, helper: Ints, seed: int, stream: int) -> Floats:
    """Numbers between 0 and 1 that hang on ask, helper, seed and stream alone (splitmix64, Steele, 2014)."""
    mixed = (ask.astype(np.uint64) << np.uint64(32)) + helper.astype(np.uint64)
    for salt in (2 * stream + 1, seed):
        mixed = mixed + np.uint64((salt + 1) * GOLDEN % 2**64)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed = mixed ^ (mixed >> np.uint64(31))
    return ((mixed >> np.uint64(11)).astype(np.float64) + 0.5) / 2.0**53


def attention(behaviour: Behaviour, since: Floats, recent: Floats, rest: Floats) -> Floats:
    """The chance that a notice is attended to, from minutes since the last one, how many in seven days, and
    the rest that the last one brought.
    """
    if behaviour.attention == "recovers":
        return np.asarray(-np.expm1(-since / (behaviour.recovery_days * waking.DAY)))
    if behaviour.attention == "rests":
        return (since >= rest).astype(np.float64)
    return np.asarray(0.5**recent) if behaviour.attention == "counts" else np.ones(len(since))
