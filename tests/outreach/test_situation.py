"""The figures with which the rules look at an ask: of each who could be told, and of each who was."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from handtag.errands.actions.meeting import make_offer
from handtag.errands.models import Errand, Invitation, Occasion, Offer, Told
from handtag.kernel import clock
from handtag.matching.attention import price_after
from handtag.notices.models import Preference
from handtag.outreach.models import Attention, Wave
from handtag.outreach.queries.situations import DEFAULT, NO, NONE, YES, Situation, situation
from handtag.outreach.rules.widening import Step
from tests.errands import stage as stages
from tests.errands.stage import Stage

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 19, 11, tzinfo=UTC)  # a Thursday, 12 in Sweden
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def stage() -> Iterator[Stage]:
    with clock.travelling(NOON):
        yield stages.build()


def of_each(stage: Stage, found: Situation) -> dict[str, dict[str, float]]:
    """The figures of each, by name."""
    names = {person.id: name for name, person in stage.people.items()}
    people = [*(each.person_id for each in found.near), *(each.person_id for each in found.before)]
    columns = {
        name: getattr(found.state, name)
        for name in found.state.__slots__
        if np.ndim(getattr(found.state, name))
    }
    return {
        names[person]: {name: float(column[place]) for name, column in columns.items()}
        for place, person in enumerate(people)
    }


def now(ask: Any) -> Situation:
    found = situation(ask)
    assert found is not None
    return found


def test_what_is_known_of_who_could_be_told(stage: Stage) -> None:
    stage.helper("leila", km=1.0)
    stage.helper("new", km=2.0)
    person = stage.people["leila"]
    Told.objects.create(
        municipality=stage.town, ask=stage.ask("other"), person=person, wave=1, told_at=NOON - 3 * HOUR
    )
    Attention.objects.create(municipality=stage.town, person=person, price=0.5, since=NOON - 10 * HOUR)
    for state, ago in (("completed", 3), ("completed", 40), ("cancelled_by_helper", 3)):
        done = stage.errand()
        ended = NOON - ago * DAY
        Errand.objects.everywhere().filter(id=done.id).update(
            state=state, starts_at=ended - HOUR, ends_at=ended, ended_at=ended
        )
    found = of_each(stage, now(stage.ask("asking")))
    assert found["leila"]["minutes_since_told"] == pytest.approx(180)
    assert found["leila"]["told_last_7_days"] == 1
    assert found["leila"]["recent_errands"] == 1, "neither one of 40 days ago nor one that was called off"
    assert found["leila"]["attention_price"] == pytest.approx(price_after(0.5, 0, 600, DEFAULT))
    assert found["leila"]["attention_price"] < 0.5
    unknown = found["new"]
    assert unknown["minutes_since_told"] == np.inf
    assert (unknown["told_last_7_days"], unknown["recent_errands"], unknown["attention_price"]) == (0, 0, 0)
    assert unknown["answer_probability"] < found["leila"]["answer_probability"], "further away"
    assert np.isnan(unknown["told_at"])


def test_what_those_have_said_who_were_told(stage: Stage) -> None:
    ask = stage.ask(waves=1)
    date = stage.occasion(ask)

    def tell(name: str, **columns: Any) -> None:
        stage.helper(name, km=1.0)
        more = {"wave": 1, "told_at": NOON - HOUR, **columns}
        Told.objects.create(municipality=stage.town, ask=ask, person=stage.people[name], **more)

    tell("waiting")
    tell("declined", declined_at=NOON)
    tell("offered", yes_at=NOON)
    tell("taken back", yes_at=NOON)
    tell("unasked", wave=0, declined_at=NOON)
    for name, state in (("offered", "made"), ("taken back", "withdrawn")):
        Offer.objects.create(
            municipality=stage.town,
            occasion=date,
            person=stage.people[name],
            state=state,
            responsibility_accepted_at=NOON,
        )
    for state in ("sent", "declined", "superseded"):
        name = f"invitation {state}"
        stage.helper(name, km=1.0)
        Invitation.objects.create(
            municipality=stage.town, occasion=date, person=stage.people[name], state=state, sent_at=NOON
        )
    names = {person.id: name for name, person in stage.people.items()}
    assert {names[each.person_id]: each.answered for each in now(ask).before} == {
        "waiting": NONE,
        "declined": NO,
        "offered": YES,
        "taken back": NO,  # the yes was answered, or withdrawn: it is settled
        "invitation sent": NONE,
        "invitation declined": NO,
    }


def test_what_is_left_and_what_was_tried_since_somebody_could_not_come(stage: Stage) -> None:
    ask = stage.ask(wanted=3, opened_at=NOON - 9 * HOUR)
    date = stage.occasion(ask)
    for name, ago in (("leila", 2), ("marek", 4)):
        errand = make_offer(by=stage.helper(name), occasion_id=date.id).errand
        Errand.objects.everywhere().filter(id=errand.id).update(
            state="cancelled_by_helper", ended_at=NOON - ago * HOUR
        )
    for number, (step, ago) in enumerate([(Step.TIME, 5), (Step.RADIUS, 1)], 1):
        Wave.objects.create(municipality=stage.town, ask=ask, number=number, step=step, at=NOON - ago * HOUR)
    Occasion.objects.everywhere().filter(id=date.id).update(filled=1)
    found = now(ask)
    assert (found.wanted, found.posted, found.taken) == (2, NOON - 2 * HOUR, frozenset({Step.RADIUS}))


def test_who_sleeps_or_was_asked_enough_is_not_ready(stage: Stage) -> None:
    stage.helper("leila", km=1.0)
    stage.helper("asked enough", km=1.0)
    for number in range(3):
        Told.objects.create(
            municipality=stage.town,
            ask=stage.ask(f"asker{number}"),
            person=stage.people["asked enough"],
            wave=1,
            told_at=NOON - DAY,
        )
    stage.helper("asleep", km=1.0)
    Preference.objects.create(person=stage.people["asleep"], quiet_from=10, quiet_until=15)
    found = now(stage.ask())
    names = {person.id: name for name, person in stage.people.items()}
    left = np.asarray(found.settings.weekly_budget, dtype=float).tolist()
    budget = dict(zip((names[each.person_id] for each in found.near), left, strict=True))
    assert budget["asleep"] == 0 < budget["leila"]
    assert found.ready == 1
    assert found.wakes_at is not None


def test_the_first_of_several_dates_is_the_deadline(stage: Stage) -> None:
    ask = stage.ask(dates=2)
    first, second = Occasion.objects.of(stage.town.id).filter(ask=ask).order_by("starts_at")
    found = now(ask)
    assert [slot.id for slot in found.sought.slots] == [first.id, second.id]
    assert found.deadline == first.starts_at
