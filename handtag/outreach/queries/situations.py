"""An ask as the rules look at it: who could be told, what those told have answered, what time is left."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

import numpy as np
from django.db.models import Exists, OuterRef

from handtag.errands.models import Ask, Errand, Feedback, Invitation
from handtag.errands.queries import telling as could_be
from handtag.errands.queries.fetching import Candidate
from handtag.errands.queries.sought import Sought, as_sought
from handtag.kernel import clock
from handtag.matching import answers as estimating
from handtag.matching import outreach as policy
from handtag.matching.attention import price_after
from handtag.matching.score import kilometres
from handtag.notices.queries import quiet_until
from handtag.outreach.queries import answers, turns
from handtag.outreach.queries.answers import Asked
from handtag.outreach.rules import wall, widening
from handtag.outreach.rules.widening import Standing, Step

LOAD_OVER: Final = timedelta(days=28)
ENOUGH: Final = 300  # who can be asked at once; one ask tells some ten people in all
YES, NO, NONE = 1, -1, 0
VERSION: Final = f"paced-2 {estimating.VERSION} {widening.VERSION}"


@dataclass(frozen=True, slots=True)
class Before:
    """A helper who was told of this ask, or invited to it, and what they said."""

    person_id: UUID
    told_at: datetime
    answered: int


@dataclass(frozen=True, slots=True)
class Situation:
    """One ask at one moment. `near` come first in the arrays of the state, then those told before."""

    ask: Ask
    sought: Sought
    near: tuple[Candidate, ...]
    before: tuple[Before, ...]
    next_wider: int | None
    monday: datetime
    posted: datetime
    deadline: datetime
    wanted: int
    taken: frozenset[Step]
    state: policy.State
    settings: policy.Settings
    ready: int
    wakes_at: datetime | None

    @property
    def digest(self) -> str:
        """The state's version: a hash of every figure in it."""
        columns = [
            np.asarray(getattr(self.state, name), dtype=np.float64).tobytes()
            for name in policy.State.__slots__
        ]
        return hashlib.sha256(b"".join(columns)).hexdigest()

    def standing(self, wave: policy.Wave) -> Standing:
        """The same as the steps of widening look at it."""
        waiting = [each for each in self.before if each.answered == NONE]
        return Standing(
            now=clock.now(),
            posted=self.posted,
            deadline=self.deadline,
            fresh=len(self.near),
            ready=self.ready,
            pending=len(waiting),
            last_told=max((each.told_at for each in waiting), default=None),
            has_yes=sum(each.answered == YES for each in self.before) >= self.wanted,
            next_wider=self.next_wider,
            wider_by=self.sought.wider_by,
            taken=self.taken,
            is_listed=self.ask.listed_at is not None,
            goes_on=bool(wave.who) or wave.next_at is not None,
            told_now=bool(wave.who),
        )


def situation(ask: Ask) -> Situation | None:
    """How an open ask stands just now; None where it has no date left that wants somebody."""
    town, now = ask.municipality_id, clock.now()
    sought = as_sought(town, ask.pk)
    if sought is None or not sought.slots:
        return None
    posted = _posted(ask)
    wanted, taken = _wanted(sought), _taken(ask, posted)
    urgent = sought.slots[0].window.start - now <= widening.URGENT or Step.HURRIED in taken
    budget = widening.WEEKLY_BUDGET + (widening.URGENT_BUDGET if Step.BUDGET in taken else 0)
    field = could_be.field(sought, partial(_is_enough, town, ask.service_id, budget))
    before = _before(ask)
    far = {each.person_id: each.km for each in field.near} | _far(sought, before)
    people = [*(each.person_id for each in field.near), *(each.person_id for each in before)]
    monday = wall.monday(ask.opened_at)
    asleep = quiet_until([each.person_id for each in field.near], now)
    known = answers.asked(town, ask.service_id, people)
    share = answers.share_of_town(town, ask.service_id)
    return Situation(
        ask=ask,
        sought=sought,
        near=field.near,
        before=before,
        next_wider=field.next_wider,
        monday=monday,
        posted=posted,
        deadline=sought.slots[0].window.start,
        wanted=wanted,
        taken=taken,
        state=policy.State(
            now=wall.minutes(now, monday),
            posted=wall.minutes(posted, monday),
            deadline=wall.minutes(sought.slots[0].window.start, monday),
            wanted=wanted,
            **_columns(town, people, known, share, far),
            told_at=_told_at(field.near, before, monday),
            answered=np.array([NONE] * len(field.near) + [each.answered for each in before], dtype=float),
        ),
        settings=_settings(people, asleep, budget, urgent=urgent),
        ready=_ready(field.near, known, asleep, budget),
        wakes_at=min(asleep.values(), default=None),
    )


def _is_enough(town: UUID, service_id: UUID, budget: int, near: Sequence[Candidate]) -> bool:
    """Whether there is so much attention that somebody further away would hardly be the next to be asked."""
    if len(near) < ENOUGH:
        return False
    people = [each.person_id for each in near]
    known, asleep = answers.asked(town, service_id, people), quiet_until(people, clock.now())
    return _ready(near, known, asleep, budget) >= ENOUGH


def _ready(near: Sequence[Candidate], known: dict[UUID, Asked], asleep: Collection[UUID], budget: int) -> int:
    """How many are awake and have a question left this week."""
    return sum(
        known.get(each.person_id, Asked()).in_week < budget and each.person_id not in asleep for each in near
    )


def _columns(
    town: UUID, people: Sequence[UUID], known: dict[UUID, Asked], share: float, far: dict[UUID, float]
) -> dict[str, Any]:
    """The figures of each helper, in order."""
    now, hour = clock.now(), clock.local(clock.now()).hour
    load, prices = _load(town, people), _prices(town, people)
    rows = [known.get(each, Asked()) for each in people]
    return {
        "answer_probability": estimating.estimate(
            estimating.own([row.answers.yes for row in rows], [row.answers.asked for row in rows], share),
            [far[each] for each in people],
            hour,
        ),
        "minutes_since_told": np.array(
            [(now - row.last) / wall.MINUTE if row.last else np.inf for row in rows], dtype=float
        ),
        "told_last_7_days": np.array([row.in_week for row in rows], dtype=float),
        "recent_errands": np.array([load.get(each, 0) for each in people], dtype=float),
        "attention_price": np.array([prices.get(each, 0.0) for each in people], dtype=float),
    }


def _settings(
    people: Sequence[UUID], asleep: dict[UUID, datetime], budget: int, *, urgent: bool
) -> policy.Settings:
    """The town's, or those of what is needed within hours; whoever sleeps has no question left just now."""
    each = np.array([0 if who in asleep else budget for who in people], dtype=float)
    return going_by(each, urgent=urgent)


def going_by(budget: Any, *, urgent: bool) -> policy.Settings:
    """What is gone by here: the questions in a week, one number or one for each, and the town's night."""
    quiet = (clock.NIGHT_FROM.hour * 60.0, clock.NIGHT_TO.hour * 60.0)
    make = policy.Settings.urgent if urgent else policy.Settings
    return make(weekly_budget=budget, quiet_hours=quiet)


def _told_at(near: Sequence[Candidate], before: Sequence[Before], monday: datetime) -> Any:
    return np.array([np.nan] * len(near) + [wall.minutes(each.told_at, monday) for each in before])


def _before(ask: Ask) -> tuple[Before, ...]:
    """Who was told, invited, or has offered. A yes counts while the asker has not answered it; then it is
    settled.
    """
    given = {"town": ask.municipality_id, "ask": ask.pk}
    found = {who: Before(who, at, YES) for who, at in turns.OFFERED.ask(**given)}
    for who, at, declined, yes in turns.TOLD.ask(**given) if ask.waves else ():
        answer = YES if who in found else NO if yes or declined else NONE
        found[who] = Before(who, at, answer)
    for who, at, state in turns.INVITED.ask(**given):
        found.setdefault(who, Before(who, at, NONE if state == Invitation.State.SENT else NO))
    return tuple(found.values())


def _far(sought: Sought, before: Sequence[Before]) -> dict[UUID, float]:
    """How far away those are who were told before; who has no profile any more counts as here."""
    found = dict.fromkeys((each.person_id for each in before), 0.0)
    rows = turns.PLACES.ask(town=sought.municipality_id, people=found) if found else []
    longitude, latitude = np.array([row[1] for row in rows]), np.array([row[2] for row in rows])
    km = kilometres(sought.longitude, sought.latitude, longitude, latitude)
    return found | {row[0]: float(each) for row, each in zip(rows, km, strict=True)}


def _posted(ask: Ask) -> datetime:
    """When it was last open anew: as it was sent, or as a helper could not come after all."""
    gone = turns.GIVEN_UP.first(town=ask.municipality_id, ask=ask.pk)
    latest: datetime = max([ask.opened_at, *(gone or ())])
    return latest


def _wanted(sought: Sought) -> int:
    (left,) = turns.LEFT.first(town=sought.municipality_id, occasion=sought.slots[0].id)
    return int(left)


def _taken(ask: Ask, posted: datetime) -> frozenset[Step]:
    """The steps that were taken since then."""
    waves = turns.STEPS.ask(town=ask.municipality_id, ask=ask.pk, since=posted)
    return frozenset(Step(step) for (step,) in waves)


def _load(town: UUID, people: Sequence[UUID]) -> dict[UUID, int]:
    return dict(turns.LOAD.ask(town=town, people=people, since=clock.now() - LOAD_OVER))


def _prices(town: UUID, people: Sequence[UUID]) -> dict[UUID, float]:
    """What one more question to each is worth elsewhere, as it has fallen since it was noted."""
    now = clock.now()
    return {
        who: float(price_after(price, 0, max((now - since) / wall.MINUTE, 0.0), DEFAULT))
        for who, price, since in turns.PRICES.ask(town=town, people=people)
    }


DEFAULT: Final = policy.Settings(weekly_budget=widening.WEEKLY_BUDGET)


def came_before(found: Situation) -> list[int]:
    """Of a weekly ask: the places in `near` of those who have helped this asker so, and both liked it."""
    if Step.BEFORE in found.taken or not turns.SERIES.ask(ask=found.ask.pk):
        return []
    met = Errand.objects.of(found.ask.municipality_id).filter(
        asker_id=found.ask.asker_id,
        occasion__ask__service_id=found.ask.service_id,
        helper_id__in=[each.person_id for each in found.near],
    )
    said = Feedback.objects.filter(errand=OuterRef("pk"))
    liked = [Exists(said.filter(side=side, how=Feedback.How.GOOD)) for side in Errand.Side.values]
    disliked = met.filter(Exists(said.exclude(how=Feedback.How.GOOD))).values("helper_id")
    both = set(met.filter(*liked).exclude(helper_id__in=disliked).values_list("helper_id", flat=True))
    return [place for place, each in enumerate(found.near) if each.person_id in both]
