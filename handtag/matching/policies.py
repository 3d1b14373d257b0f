"""Ways to choose whom to tell of an ask, and when: what the product does, and what it is compared with.

A policy is made ready for a town once, by the Scene, and then asked again and again: `policy(scene)` gives a
function from Moment to Choice. It sees estimates, never the truth. The paper's policy is in `sparse`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from handtag.matching import outreach, waking
from handtag.matching.attention import recovered
from handtag.matching.towns import Floats, Ints, Pairs, Town

QUIET: Final = (21 * 60.0, 8 * 60.0)


@dataclass(frozen=True, slots=True)
class Moment:
    """One ask when somebody may be told of it; arrays have one entry for each helper who could take it: their
    row among the pairs.

    Minutes since some Monday 00:00. answer_probability: estimate that somebody who attends says yes (0–1).
    minutes_since_told: of anything, inf if never. told_at: of this ask, nan if not. answered: 0 none, 1 yes,
    -1 no. attention_price: what a notice to them costs elsewhere (0–1).
    """

    now: float
    posted: float
    deadline: float
    wanted: int
    ask: int
    row: Ints
    km: Floats
    answer_probability: Floats
    minutes_since_told: Floats
    told_last_7_days: Floats
    recent_errands: Floats
    told_at: Floats
    answered: Ints
    attention_price: Floats

    @property
    def untold(self) -> Ints:
        """Rows of those who have not heard of it."""
        return np.flatnonzero(np.isnan(self.told_at))


@dataclass(frozen=True, slots=True)
class Scene:
    """What a policy may know beforehand: the town, who could take what, and a seed for its own lots; guess
    gives today's estimate of a yes for rows of the pairs.
    """

    town: Town
    pairs: Pairs
    seed: int
    guess: Callable[[slice], Floats]


Choice = tuple[Ints, float | None]  # rows of the moment's arrays, best first; when to look again
Choose = Callable[[Moment], Choice]
NOBODY: Final = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Chooser:
    """The function that chooses, and whether it is asked again when somebody says no."""

    choose: Choose
    hears_no: bool = False


Policy = Callable[[Scene], Chooser]


def by_day(choose: Choose) -> Chooser:
    """The same by day; at night it is put off until the morning."""

    def chosen(moment: Moment) -> Choice:
        awake = waking.morning(moment.now, QUIET)
        return choose(moment) if awake == moment.now else (NOBODY, awake)

    return Chooser(chosen)


def everyone(_scene: Scene) -> Chooser:
    """Tell everyone eligible at once."""
    return by_day(lambda moment: (moment.untold, None))


def nearest(k: int = 10, every: float = 60.0) -> Policy:
    """Tell the k nearest, and each hour the next k."""

    def choose(moment: Moment) -> Choice:
        rows = moment.untold
        if not len(rows):
            return NOBODY, None
        return rows[np.argsort(moment.km[rows], kind="stable")[:k]], moment.now + every

    return lambda _scene: by_day(choose)


def one_at_a_time(every: float = 15.0) -> Policy:
    """Tell whoever is likeliest to come, and after a while the next."""

    def choose(moment: Moment) -> Choice:
        rows = moment.untold
        if not len(rows):
            return NOBODY, None
        rested = recovered(moment.minutes_since_told[rows])
        best = int(np.argmax(moment.answer_probability[rows] * rested))
        return rows[best : best + 1], moment.now + every

    return lambda _scene: by_day(choose)


def ours(
    settings: outreach.Settings | None = None,
    urgent: outreach.Settings | None = None,
    *,
    spent: outreach.Settings | None = None,
) -> Policy:
    """What the product does: `outreach.next_wave`, which keeps its own quiet hours and budget. `spent` are
    the settings of an urgent ask once all who are left have had their week.
    """
    calm = outreach.Settings() if settings is None else settings
    hurried = outreach.Settings.urgent() if urgent is None else urgent

    def choose(moment: Moment) -> Choice:
        soon = moment.deadline - moment.posted <= outreach.URGENT
        wave = outreach.next_wave(moment, hurried if soon else calm)
        if soon and spent is not None and _had_their_week(moment, hurried):
            wave = outreach.next_wave(moment, spent)
        return np.array(wave.who, np.int64), wave.next_at

    return lambda _scene: Chooser(choose, hears_no=True)


def _had_their_week(moment: Moment, settings: outreach.Settings) -> bool:
    """Whether there are some who have not heard of it, and each has had as many notices as a week allows."""
    had = moment.told_last_7_days[moment.untold]
    return len(had) > 0 and bool((had >= np.asarray(settings.weekly_budget, np.float64)).all())
