"""The search for a helper to one ask, as a coordinator reads it: each step, whom it told, what they said."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

from handtag.errands.models import Ask, Told
from handtag.errands.queries.eligible import TAKEN_FREELY
from handtag.errands.queries.sought import open_occasions
from handtag.errands.queries.steering import steered
from handtag.errands.queries.third_person import of_them
from handtag.errands.rules.reasons import Reason
from handtag.kernel import clock, spoken
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound
from handtag.outreach.models import Chosen, Wave
from handtag.outreach.rules.widening import Step
from handtag.people.queries import names
from handtag.permits.queries import ServiceRow, service

STEPS: Final[dict[Step, Promise]] = {
    Step.BEFORE: later("Who came before, and was liked, was asked alone"),
    Step.WAVE: later("Those who fit best were asked"),
    Step.TIME: later("The asker was asked whether another time could do"),
    Step.RADIUS: later("Those further away can see it"),
    Step.BUDGET: later("One more question in the week was allowed"),
    Step.LIST: later("It came to the coordinators"),
    Step.STOPPED: later("The search was stopped"),
    Step.RESUMED: later("The search went on"),
    Step.HURRIED: later("The search was hurried"),
}


@dataclass(frozen=True, slots=True)
class Somebody:
    """A helper who was told: why, whether they have read it, and what they said."""

    name: str
    why: str
    told_at: datetime
    seen_at: datetime | None
    answer: str  # "yes", "no" or nothing


@dataclass(frozen=True, slots=True)
class Tried:
    """One step of the search."""

    at: datetime
    words: str
    done_by: str
    could: int
    metres: int
    told: tuple[Somebody, ...]

    @property
    def km(self) -> int:
        """How much further away, in kilometres."""
        return self.metres // 1000


@dataclass(frozen=True, slots=True)
class Search:
    """The whole search, the latest step first."""

    ask_id: UUID
    service: ServiceRow
    tried: tuple[Tried, ...]
    told: int
    seen: int
    said_no: int
    next_at: datetime | None
    listed_at: datetime | None
    can_be_steered: bool
    is_over: bool  # open still, but every date of it has begun

    @property
    def is_stopped(self) -> bool:
        """Whether nobody more is told until somebody says so."""
        return self.can_be_steered and self.next_at is None

    @property
    def next_look(self) -> datetime | None:
        """The next turn, where it lies ahead."""
        return self.next_at if self.next_at and self.next_at > clock.now() else None

    @property
    def has_looked(self) -> bool:
        """Whether a turn was taken by day, and led to nothing."""
        now = clock.now()
        return self.next_look is not None and clock.not_at_night(now) == now


def search(by: Actor, ask_id: UUID) -> Search:
    """What was tried for an ask that this actor may steer; of a protected person's there is no search."""
    ask = steered(by, ask_id)
    if ask.asker.is_protected:
        raise NotFound("search")
    told = list(Told.objects.of(by.tenant).filter(ask=ask).order_by("told_at", "id"))
    waves = list(Wave.objects.of(by.tenant).filter(ask=ask).order_by("-number"))
    pairs = set(Chosen.objects.filter(wave__ask=ask).values_list("wave_id", "person_id"))
    people = [row.person_id for row in told] + [wave.done_by_id for wave in waves if wave.done_by_id]
    called = names(by, people)
    is_open = ask.state == Ask.State.OPEN and ask.agreement in TAKEN_FREELY
    to_come = open_occasions(by.tenant).filter(ask=ask).exists()
    return Search(
        ask_id=ask.pk,
        service=service(by.tenant, ask.service_id),
        tried=tuple(_tried(wave, _reached(wave, pairs, told, called), called) for wave in waves),
        told=len(told),
        seen=sum(row.seen_at is not None for row in told),
        said_no=sum(row.declined_at is not None for row in told),
        next_at=ask.announce_at,
        listed_at=ask.listed_at,
        can_be_steered=is_open and to_come,
        is_over=is_open and not to_come,
    )


def _tried(wave: Wave, told: tuple[Somebody, ...], called: Mapping[UUID, str]) -> Tried:
    return Tried(
        at=wave.at,
        words=str(STEPS[Step(wave.step)]),
        done_by=called.get(wave.done_by_id, "") if wave.done_by_id else "",
        could=wave.could,
        metres=wave.metres or 0,
        told=told,
    )


def _reached(
    wave: Wave, pairs: Collection[tuple[UUID, UUID]], told: Sequence[Told], called: Mapping[UUID, str]
) -> tuple[Somebody, ...]:
    """Those whom this step told; nobody is told twice."""
    return tuple(
        Somebody(
            name=called.get(row.person_id, ""),
            why=spoken.join([of_them(Reason(*reason)) for reason in row.reasons]),
            told_at=row.told_at,
            seen_at=row.seen_at,
            answer="yes" if row.yes_at else "no" if row.declined_at else "",
        )
        for row in told
        if (wave.pk, row.person_id) in pairs
    )
