"""What is tried when nobody says yes, in which order and when: each step published, taken once, and logged.

1. more waves, as `handtag.matching.outreach` says          all along
2. the asker is asked whether another time could do          a quarter of the time has gone
3. a wider radius, the next step that reaches somebody       nobody is left to ask nearer
4. the weekly budget of questions by one, urgent asks only   all who are left have had theirs
5. the coordinators' list, with what was tried               half the time; at once when nobody can be asked

A neighbouring group is asked by the coordinator: the asker chose in which groups the question is seen.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from handtag.kernel import clock

VERSION: Final = "widening-1"
WEEKLY_BUDGET: Final = 3  # questions to one helper in seven days
URGENT_BUDGET: Final = 1  # more of them, for what cannot wait
URGENT: Final = timedelta(hours=4)
LOOK_AGAIN: Final = timedelta(hours=2)  # somebody may have come along
PATIENCE: Final = timedelta(minutes=60)  # so long the last who were asked have before others are
URGENT_PATIENCE: Final = timedelta(minutes=10)
SOON: Final = timedelta(minutes=5)
PART: Final = 40  # after a turn at which nobody was worth asking, so small a part of the time that is left
ALONE: Final = timedelta(hours=12)  # who came before is asked alone; at most a quarter of the time
WIDEST: Final = 10_000  # metres beyond how far each helper goes; further is a coordinator's to say
ANOTHER_TIME: Final = timedelta(hours=12)  # with less time than this there is hardly another time


class Step(StrEnum):
    """One thing that is tried, by itself or by a coordinator."""

    BEFORE = "before"  # who came before and was liked, alone
    WAVE = "wave"  # those who fit best
    TIME = "time"  # the asker: could another time do?
    RADIUS = "radius"  # further away
    BUDGET = "budget"  # one question more in a week
    LIST = "list"  # the coordinators' list
    STOPPED = "stopped"  # a coordinator stops it
    RESUMED = "resumed"  # and lets it go on
    HURRIED = "hurried"  # and wants it quicker


@dataclass(frozen=True, slots=True)
class Standing:
    """How an ask stands at a turn. `fresh`: those who could be told, some of them not today; `ready`: of them
    those who are awake and have a question left this week.
    """

    now: datetime
    posted: datetime
    deadline: datetime
    fresh: int
    ready: int
    pending: int
    last_told: datetime | None
    has_yes: bool
    next_wider: int | None
    wider_by: int
    taken: Collection[Step]
    is_listed: bool
    goes_on: bool  # whether somebody is told now, or the policy says when it looks again
    told_now: bool = False

    @property
    def is_urgent(self) -> bool:
        """Whether it begins within hours, or a coordinator has hurried it."""
        return self.deadline - self.now <= URGENT or Step.HURRIED in self.taken

    def part(self, share: float) -> datetime:
        """When so much of the time has gone."""
        return self.posted + (self.deadline - self.posted) * share


def steps(at: Standing) -> list[Step]:
    """What else is tried at this turn, besides telling who can be told."""
    if at.has_yes:
        return []
    nobody = at.fresh == 0 and _has_waited(at)
    found = []
    if _may_ask_for_time(at) and (at.now >= at.part(0.25) or nobody):
        found.append(Step.TIME)
    if nobody and at.next_wider is not None and at.next_wider <= WIDEST:
        found.append(Step.RADIUS)
    elif at.is_urgent and at.fresh and not at.ready and Step.BUDGET not in at.taken:
        found.append(Step.BUDGET)
    if not at.is_listed and _needs_somebody(at, nobody, found):
        found.append(Step.LIST)
    return found


def _has_waited(at: Standing) -> bool:
    """Whether those who were asked last have answered, or have had time to."""
    patience = URGENT_PATIENCE if at.is_urgent else PATIENCE
    return not at.pending or at.last_told is None or at.now - at.last_told >= patience


def _may_ask_for_time(at: Standing) -> bool:
    return Step.TIME not in at.taken and at.deadline - at.posted >= ANOTHER_TIME and not at.is_urgent


def _needs_somebody(at: Standing, nobody: bool, tried: Collection[Step]) -> bool:
    """Half the time has gone, or there is nobody to ask, nearer or further away, and nothing to wait for."""
    if at.now >= at.part(0.5):
        return True
    return Step.RADIUS not in tried and (nobody or not (at.goes_on or at.pending))


def next_look(
    at: Standing, told_again: datetime | None, wakes_at: datetime | None, taken: Collection[Step]
) -> datetime | None:
    """When the ask is looked at again: as the policy says, when a step is due, or to see who came along."""
    if at.now >= at.deadline:
        return None
    if Step.RADIUS in taken or Step.BUDGET in taken:
        return at.now + (timedelta(minutes=1) if at.is_urgent else SOON)
    morning = clock.not_at_night(at.now)
    due = [wakes_at, at.now + LOOK_AGAIN if morning == at.now else morning]
    if told_again is not None:
        idle = not at.told_now and morning == at.now
        due.append(max(told_again, at.now + (at.deadline - at.now) / PART) if idle else told_again)
    if at.pending and not at.fresh and at.last_told is not None:
        due.append(at.last_told + (URGENT_PATIENCE if at.is_urgent else PATIENCE))
    due += [at.part(share) for share in (0.25, 0.5)]
    return min([each for each in due if each is not None and each > at.now] + [at.deadline])
