"""The week as a coordinator sees it: a proposal for every date at once, and what each choice would cost."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from handtag.errands.models import Errand
from handtag.errands.rules.hours import Weekly, covers, weekly_of
from handtag.errands.rules.reasons import Facts, Reason, reasons
from handtag.errands.rules.times import Window
from handtag.geo.outlines import Drawing, draw
from handtag.geo.steps import Step, step_of
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound
from handtag.matching.week import FREE, NOBODY, Placing
from handtag.municipalities.queries import shapes
from handtag.outreach.queries.week_edges import Edge
from handtag.outreach.queries.week_placer import Change, Placer, Sums, change
from handtag.outreach.rules.week import Choices, Cost
from handtag.people.queries import shown_as

FEW: Final = 2  # asks with so few who could take them are in need before anything fails
OFFERED: Final = 5  # other helpers, each of whom is a week placed anew
NEAR: Final = "near"  # the distance is said anyway


@dataclass(frozen=True, slots=True)
class Coming:
    """One helper for one date: how far away, why, and what it costs."""

    person_id: UUID
    name: str
    step: Step
    reasons: tuple[Reason, ...]
    cost: Cost
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class Line:
    """One place at one date, and who comes, or why nobody does."""

    number: int
    occasion_id: UUID
    ask_id: UUID
    place: int
    service: str
    area: str
    asker: str
    start: datetime
    end: datetime
    longitude: float
    latitude: float
    could: int
    coming: Coming | None
    is_chosen: bool

    @property
    def spot(self) -> tuple[UUID, int]:
        """Which place at which date."""
        return self.occasion_id, self.place

    @property
    def is_hard(self) -> bool:
        """Whether hardly anybody could come."""
        return self.could <= FEW

    @property
    def pair(self) -> str:
        """The date and the helper, as a form sends them."""
        return f"{self.occasion_id.hex}.{self.coming.person_id.hex}" if self.coming else ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A week placed. `lines` those that somebody comes to; `left` the others, the hardest first."""

    lines: tuple[Line, ...]
    left: tuple[Line, ...]
    sums: Sums
    choices: Choices
    change: Change | None  # by the choices, against the best there is
    lapsed: int  # choices that do not hold any more
    asked: int  # places at dates of the week for which somebody has been asked, or has offered
    proven: bool
    drawing: Drawing

    @property
    def for_more(self) -> int:
        """The points that it costs that some get several."""
        return self.sums.points - sum(line.coming.cost.points for line in self.lines if line.coming)

    @property
    def places(self) -> int:
        """How many places there are to fill."""
        return len(self.lines) + len(self.left)


@dataclass(frozen=True, slots=True)
class Other:
    """Another way for one place: somebody, or nobody, and how the whole week changes by it."""

    coming: Coming | None
    choices: Choices
    change: Change


@dataclass(frozen=True, slots=True)
class Move:
    """One place of the proposal, and the other ways there are, the best first."""

    line: Line
    others: tuple[Other, ...]
    more: int

    @property
    def has_somebody(self) -> bool:
        """Whether anybody else can come."""
        return any(other.coming for other in self.others)


def proposal(by: Actor, choices: Choices) -> Proposal:
    """The week placed as well as it can be, with what the coordinator has chosen."""
    placer = Placer(by)
    given, held = placer.settled(choices)
    best = placer.placed([FREE] * len(given))
    found = placer.placed(given) if held else best
    lines = _lines(placer, found, given)
    return Proposal(
        lines=tuple(line for line in lines if line.coming),
        left=tuple(sorted((each for each in lines if not each.coming), key=lambda each: each.could)),
        sums=placer.sums(found),
        choices=held,
        change=change(placer.sums(found), placer.sums(best)) if held else None,
        lapsed=len(choices.by_occasion) - len(held.by_occasion),
        asked=sum(min(date.asked, date.wanted) for date in placer.rows.dates),
        proven=found.proven,
        drawing=draw(shapes(by.tenant)),
    )


def move(by: Actor, choices: Choices, occasion_id: UUID, place: int) -> Move:
    """Who else could come to one place, or nobody, and what each of these would cost the week."""
    placer = Placer(by)
    given, held = placer.settled(choices)
    places = placer.spots.get(occasion_id, [])
    if not 0 <= place < len(places):
        raise NotFound("place")
    now = placer.placed(given)
    there = [int(now.helper[spot]) for spot in places]
    edges = placer.board.edges[placer.seats[places[0]]]
    free = [edge for row, edge in edges.items() if row not in there]
    free.sort(key=lambda edge: (edge.cost.points, edge.helper))
    ways = [NOBODY] * (there[place] != NOBODY) + [edge.helper for edge in free]
    others = list[Other]()
    for row in ways:
        people = [*there[:place], row, *there[place + 1 :]]
        other = _other(placer, held.with_(occasion_id, map(placer.person, people)), now)
        if other is not None:
            others.append(Other(_coming(placer, edges[row]) if row >= 0 else None, *other))
        if len(others) == OFFERED:
            break
    line = next(each for each in _lines(placer, now, given) if each.spot == (occasion_id, place))
    others.sort(key=lambda each: (each.coming is None, -each.change.filled, each.change.points))
    return Move(line, tuple(others), max(0, len(ways) - len(others)))


def _other(placer: Placer, wish: Choices, now: Placing) -> tuple[Choices, Change] | None:
    """The week placed with this wish too, against the week as it stands; None where it cannot be."""
    given, held = placer.settled(wish)
    if held != wish:
        return None
    return wish, change(placer.sums(placer.placed(given)), placer.sums(now))


def _lines(placer: Placer, found: Placing, given: Sequence[int]) -> list[Line]:
    """Each place in its order of time."""
    met = _Met.of(placer, found.helper.tolist())
    places = Counter[int]()
    lines = []
    for number, (seat, row) in enumerate(zip(placer.seats, found.helper.tolist(), strict=True)):
        date, edges = placer.rows.dates[seat], placer.board.edges[seat]
        lines.append(
            Line(
                number=number + 1,
                occasion_id=date.id,
                ask_id=date.ask_id,
                place=places[seat],
                service=placer.services[date.service_id].words.name,
                area=date.area or "",
                asker=shown_as(date.asker, to=placer.by),
                start=date.start,
                end=date.end,
                longitude=date.longitude,
                latitude=date.latitude,
                could=len(edges),
                coming=_coming(placer, edges[row], met) if row >= 0 else None,
                is_chosen=given[number] != FREE,
            )
        )
        places[seat] += 1
    return lines


@dataclass(frozen=True, slots=True)
class _Met:
    """Whom each helper has come to before, and what they have done."""

    askers: set[tuple[UUID, UUID]]
    services: set[tuple[UUID, UUID]]

    @classmethod
    def of(cls, placer: Placer, helpers: Collection[int]) -> "_Met":
        people = {placer.rows.helpers[row].person.id for row in helpers if row >= 0}
        done = Errand.objects.of(placer.by.tenant).filter(helper_id__in=people, state=Errand.State.COMPLETED)
        rows = list(done.values_list("helper_id", "asker_id", "occasion__ask__service_id")) if people else []
        return cls({row[:2] for row in rows}, {(row[0], row[2]) for row in rows})


def _coming(placer: Placer, edge: Edge, met: _Met | None = None) -> Coming:
    date, helper = placer.rows.dates[edge.date], placer.rows.helpers[edge.helper]
    window, person = Window(date.start, date.end), helper.person.id
    mine = [Weekly(*each[1:]) for each in placer.hours[helper.profile_id]]
    spoken = placer.rows.languages.get(helper.profile_id, set())
    weekly = weekly_of(window) if covers(mine, window) else None
    facts = Facts(
        km=edge.km,
        weekday=weekly.weekday if weekly else None,
        language=next((each for each in date.languages if each in spoken), ""),
        did_service=met is not None and (person, date.service_id) in met.services,
        came_before=met is not None and (person, date.asker.id) in met.askers,
        is_free=helper.any_time,
    )
    return Coming(
        person_id=person,
        name=shown_as(helper.person, to=placer.by),
        step=step_of(edge.km * 1000),
        reasons=tuple(reason for reason in reasons(facts) if reason.code != NEAR),
        cost=edge.cost,
        longitude=helper.longitude,
        latitude=helper.latitude,
    )
