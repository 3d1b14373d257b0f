"""The coordinator's overview: everything that waits, from every room, and the ask that is looked at."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists, Q, Subquery

from handtag.cases.queries import CaseRow
from handtag.cases.queries import waiting as cases_waiting
from handtag.errands.models import Ask, Invitation
from handtag.errands.queries import steering, suggesting
from handtag.errands.queries.asks import undo_until
from handtag.errands.queries.sought import as_sought
from handtag.errands.queries.steering import GroupChoice, Untaken, Wider
from handtag.errands.rules.reasons import Reason
from handtag.errands.rules.steering import next_steps
from handtag.geo.steps import Step, step_of
from handtag.insight.queries.figures import Figures, People, figures, people
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Right
from handtag.mandates.queries import proxies_of
from handtag.notices.queries import Stuck, Unreached, trouble
from handtag.people.models import Person
from handtag.people.queries import names, shown_as
from handtag.permits.models import Permit
from handtag.permits.queries import ServiceRow, reaches, service, services
from handtag.permits.queries.reviewing import REVIEWS_FIRST, reviews_waiting

MOST: Final = 50
SUGGESTED: Final = 6
NEAR: Final = "near"  # the distance is said anyway
PERMIT_LATE: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class AskLine:
    """An ask in the queue, with what its service is called and under which frame it falls."""

    ask: Untaken
    service: ServiceRow


@dataclass(frozen=True, slots=True)
class PermitLine:
    """An application in the queue, or a decision that somebody has asked to have looked at again."""

    id: UUID
    name: str
    service: str
    side: str
    asked_at: datetime
    is_protected: bool
    is_review: bool

    @property
    def waited(self) -> timedelta:
        """How long it has waited."""
        return clock.now() - self.asked_at

    @property
    def is_late(self) -> bool:
        """Whether it has waited for days."""
        return self.waited >= PERMIT_LATE


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that waits for this actor."""

    asks: list[AskLine]
    permits: list[PermitLine]
    cases: list[CaseRow]
    unreached: list[Unreached]
    stuck: list[Stuck]
    may_decide: bool
    may_handle: bool

    def line(self, ask_id: UUID) -> AskLine | None:
        """The ask with this id, if it waits."""
        return next((line for line in self.asks if line.ask.id == ask_id), None)


@dataclass(frozen=True, slots=True)
class Overview:
    """The desk with its figures; the ask that has waited longest lies open on it."""

    desk: Desk
    chosen: AskLine | None
    figures: Figures | None
    people: People | None
    next_metres: int | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One ask and what can be done with it, with how many that would reach."""

    desk: Desk
    chosen: AskLine
    wider: list[Wider]
    groups: list[GroupChoice]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A helper who could be asked: how far away, why, and whether they have been asked."""

    person_id: UUID
    name: str
    step: Step
    reasons: tuple[Reason, ...]
    invited: str
    is_proxy: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """The helpers who fit an ask's next date best."""

    ask: Ask
    service: ServiceRow
    occasion_id: UUID
    starts_at: datetime
    ends_at: datetime
    proposed: list[Proposed]


@dataclass(frozen=True, slots=True)
class Brief:
    """An ask in a line, for a page about one deed."""

    id: UUID
    service: str
    asker: str
    need: str
    is_taken_back: bool
    undo_until: datetime | None  # where the municipality took it back, and it is not too late


def brief(by: Actor, ask_id: UUID) -> Brief:
    """An ask that this actor may steer."""
    ask = steering.steered(by, ask_id)
    name = service(by.tenant, ask.service_id).words.name
    gone = ask.state == Ask.State.WITHDRAWN
    return Brief(ask.id, name, shown_as(ask.asker, to=by), ask.need, gone, undo_until(ask) if gone else None)


def overview(by: Actor) -> Overview:
    """The first page of the day. At most twelve questions to the database, those about who asks included."""
    offered = services(by.tenant, on=None)
    desk = _desk(by, offered)
    chosen = desk.asks[0] if desk.asks else None
    sees = by.may(Right.SEE_FIGURES)
    return Overview(
        desk=desk,
        chosen=chosen,
        figures=figures(by, offered=offered) if sees else None,
        people=people(by) if sees else None,
        next_metres=next(iter(next_steps(chosen.ask.wider_by)), None) if chosen else None,
    )


def choice(by: Actor, ask_id: UUID) -> Choice | None:
    """One ask of the desk with what can be done; None where it waits no more."""
    desk = _desk(by, services(by.tenant, on=None))
    chosen = desk.line(ask_id)
    if chosen is None:
        steering.steered(by, ask_id)
        return None
    groups = steering.groups(by, ask_id)
    shown = [group.id for group in groups if group.is_shown]
    wider = [] if chosen.ask.is_protected else steering.wider(by, chosen.ask, shown)
    return Choice(desk, chosen, wider, groups)


def proposal(by: Actor, ask_id: UUID) -> Proposal:
    """The helpers who fit best, with the reasons; those outside their own hours come too, but last."""
    ask = steering.steered(by, ask_id)
    sought = as_sought(by.tenant, ask_id, protected=ask.asker.is_protected)
    if sought is None or not sought.slots:
        raise NotFound("open date")
    first = sought.slots[0]
    best = suggesting.suggestions(sought, SUGGESTED, telling=False)
    called = names(by, [each.person_id for each in best])
    invited = _invited(by, first.id)
    proxies = proxies_of(by.tenant, ask.asker_id)
    return Proposal(
        ask=ask,
        service=service(by.tenant, ask.service_id),
        occasion_id=first.id,
        starts_at=first.window.start,
        ends_at=first.window.end,
        proposed=[
            Proposed(
                each.person_id,
                called[each.person_id],
                step_of(each.km * 1000),
                tuple(reason for reason in each.reasons if reason.code != NEAR),
                invited.get(each.person_id, ""),
                each.person_id in proxies,
            )
            for each in best
        ],
    )


def _desk(by: Actor, offered: Collection[ServiceRow]) -> Desk:
    by.must(Right.STEER_ASKS)
    rows = {row.id: row for row in offered}
    asks = steering.untaken(by, _reach(by, Right.STEER_ASKS, offered))
    handles = by.may(Right.HANDLE_CASES)
    amiss = trouble(by)
    return Desk(
        asks=[AskLine(ask, rows[ask.service_id]) for ask in asks],
        permits=_permits(by, rows),
        cases=cases_waiting(by, _reach(by, Right.HANDLE_CASES, offered)) if handles else [],
        unreached=amiss.unreached,
        stuck=amiss.stuck,
        may_decide=by.may(Right.DECIDE_PERMITS),
        may_handle=handles,
    )


def _reach(by: Actor, right: Right, offered: Collection[ServiceRow]) -> set[UUID]:
    return {row.id for row in offered if reaches(by, right, row)}


def _permits(by: Actor, rows: dict[UUID, ServiceRow]) -> list[PermitLine]:
    reach = _reach(by, Right.DECIDE_PERMITS, rows.values())
    if not reach:
        return []
    waiting = Permit.objects.of(by.tenant).filter(service_id__in=reach, person__erased_at=None)
    reviews = reviews_waiting(by.tenant)
    waiting = waiting.filter(Q(state=Permit.State.APPLIED) | Q(Exists(reviews)))
    if not by.may(Right.KEEP_PROTECTED):
        waiting = waiting.filter(person__protection=Person.Protection.NONE)
    found = waiting.select_related("person").annotate(
        review_asked_at=Subquery(reviews.values("asked_at")[:1])
    )
    return [
        PermitLine(
            permit.id,
            shown_as(permit.person, to=by),
            rows[permit.service_id].words.name,
            permit.side,
            permit.review_asked_at or permit.applied_at,
            permit.person.is_protected,
            permit.review_asked_at is not None,
        )
        for permit in found.order_by(REVIEWS_FIRST, "applied_at", "id")[:MOST]
    ]


def _invited(by: Actor, occasion_id: UUID) -> dict[UUID, str]:
    rows = Invitation.objects.of(by.tenant).filter(occasion_id=occasion_id).order_by("sent_at")
    return dict(rows.values_list("person_id", "state"))
