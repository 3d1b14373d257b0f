"""What if …: the figures of one simulated town, and a question with what came of it so far."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np

from handtag.front.models import WhatIf
from handtag.front.queries import own_town
from handtag.front.rules import what_if as rules
from handtag.jobs.queries import a_worker_lives
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Right
from handtag.matching import policies, simulate
from handtag.matching.behaviour import Behaviour
from handtag.outreach.queries.situations import going_by
from handtag.outreach.rules import widening
from handtag.permits.queries import service, services

ASSUMED = Behaviour(estimates_off=0.5)  # what we believe of helpers is off by as much


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: the change with the name of its service, and how far it has come."""

    id: UUID
    changes: rules.Changes
    service: str
    asked_at: datetime
    is_done: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it so far: towns played of how many, and the figures once all are."""

    asked: Asked
    played: int
    of: int
    figures: list[rules.Compared]
    is_waited_for: bool  # no worker has given a sign of life

    @property
    def has_failed(self) -> bool:
        """Whether it was given up."""
        return self.asked.is_done and not self.figures


@dataclass(frozen=True, slots=True)
class Start:
    """The page before a question: services to choose from, how large the town is, earlier questions."""

    services: list[tuple[str, str]]
    helpers: int  # to the nearest ten: no hidden number can be worked out
    asks: int
    is_too_small: bool
    budget: int  # notices a helper and week, as it is
    earlier: list[Asked]


def start(by: Actor) -> Start:
    """What one may ask."""
    by.must(Right.STEER_ASKS)
    size = own_town.size(by.tenant)
    offered = services(by.tenant, on=True)
    names = {str(row.id): row.words.name for row in offered}
    rows = WhatIf.objects.of(by.tenant).order_by("-asked_at")[: rules.KEPT]
    return Start(
        services=list(names.items()),
        helpers=_about(size.helpers),
        asks=_about(size.asks),
        is_too_small=size.is_too_small,
        budget=widening.WEEKLY_BUDGET,
        earlier=[_asked(row, names) for row in rows],
    )


def _about(count: int) -> int:
    """To the nearest ten, and never none of some."""
    return max(10, (count + 5) // 10 * 10) if count else 0


def answer(by: Actor, what_if_id: UUID) -> Answer:
    """One question and what came of it."""
    by.must(Right.STEER_ASKS)
    row = WhatIf.objects.of(by.tenant).filter(id=what_if_id).first()
    if row is None:
        raise NotFound("what if")
    changes = _changes(row)
    names = {changes.service: service(by.tenant, UUID(changes.service)).words.name} if changes.helpers else {}
    is_whole = len(row.plays) == rules.SEEDS
    return Answer(
        asked=_asked(row, names),
        played=len(row.plays),
        of=rules.SEEDS,
        figures=rules.compared(row.plays) if is_whole else [],
        is_waited_for=row.done_at is None and not a_worker_lives(),
    )


def play(municipality_id: UUID, changes: rules.Changes, seed: int) -> dict[str, dict[str, float | None]]:
    """One town like this municipality, as it is and changed: its figures."""
    own = own_town.read(municipality_id)
    today = rules.Changes()
    return {"today": _figures(own, today, seed), "changed": _figures(own, changes, seed)}


def _figures(own: own_town.OwnTown, changes: rules.Changes, seed: int) -> dict[str, float | None]:
    town = own_town.drawn(own, changes, seed)
    played = simulate.prepare(town, ASSUMED, seed)
    found = simulate.replay(played, _as_here(changes), known=True, with_bound=False)
    nobody = float((np.diff(played.pairs.indptr) == 0).mean()) if len(town.asks) else np.nan
    figures = {
        "fill": found.fill,
        "urgent_fill": found.urgent_fill,
        "wait": found.wait_median,
        "notices": found.per_week_mean,
        "most_told": found.per_week_p99,
        "too_late": found.taken_per_fill,
        "nobody": nobody,
    }
    return {name: None if np.isnan(value) else round(value, 4) for name, value in figures.items()}


def _as_here(changes: rules.Changes) -> policies.Policy:
    """Who is told and when as the municipality goes by it, but for the change."""
    budget = changes.budget or widening.WEEKLY_BUDGET
    calm, urgent = going_by(budget, urgent=False), going_by(budget, urgent=True)
    return policies.ours(calm, urgent, spent=going_by(budget + widening.URGENT_BUDGET, urgent=True))


def _changes(row: WhatIf) -> rules.Changes:
    return rules.Changes.read(row.changes).beside(widening.WEEKLY_BUDGET)


def _asked(row: WhatIf, names: dict[str, str]) -> Asked:
    changes = _changes(row)
    return Asked(row.id, changes, names.get(changes.service, ""), row.asked_at, row.done_at is not None)
