"""What counts as a question for the published estimate; and the wall clock in which outreach thinks."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from handtag.errands.models import Invitation, Occasion, Told
from handtag.kernel import clock
from handtag.outreach.queries import answers
from handtag.outreach.queries.answers import Answers
from handtag.outreach.rules.wall import minutes, moment, monday
from handtag.permits.models import Service
from tests.errands import stage as stages

NOON = datetime(2026, 11, 19, 11, tzinfo=UTC)


@pytest.mark.parametrize("at", [NOON, datetime(2026, 10, 25, 22, tzinfo=UTC), NOON + timedelta(days=40)])
def test_the_wall_clock_there_and_back(at: datetime) -> None:
    since = monday(NOON)
    assert abs(moment(minutes(at, since), since) - at) < timedelta(seconds=2)


@pytest.mark.django_db
def test_what_counts_as_a_question() -> None:
    with clock.travelling(NOON):
        stage = stages.build()
        stage.helper("leila")
        who = stage.people["leila"]
        asked: tuple[dict[str, Any], ...] = (
            {"yes_at": NOON - timedelta(days=2)},
            {"declined_at": NOON - timedelta(days=2)},
            {},  # a day without an answer is one
            {"told_at": NOON - timedelta(hours=3), "declined_at": NOON - timedelta(hours=2)},  # a quick no
            {"told_at": NOON - timedelta(hours=2)},  # hardly asked
            {"told_at": NOON - timedelta(days=200)},  # long ago
            {"wave": 0, "declined_at": NOON},  # said no unasked
        )
        for number, columns in enumerate(asked):
            Told.objects.create(
                **{
                    "municipality": stage.town,
                    "ask": stage.ask(f"asker{number}"),
                    "person": who,
                    "wave": 1,
                    "told_at": NOON - timedelta(days=2),
                    **columns,
                }
            )
        filled = stage.ask("somebody", filled_at=NOON - timedelta(days=2) + timedelta(hours=1))
        Told.objects.create(
            municipality=stage.town, ask=filled, person=who, wave=1, told_at=NOON - timedelta(days=2)
        )
        found = answers.asked(stage.town.id, stage.service.id, [who.id])[who.id]
        assert found.answers == Answers(asked=4, yes=1)
        assert (found.in_week, found.last) == (6, NOON - timedelta(hours=2))
        assert answers.share_of_town(stage.town.id, stage.service.id) == pytest.approx((1 + 3) / (3 + 20)), (
            "as midnight left it"
        )
        library = Service.objects.of(stage.town.id).get(kind="library")
        another = answers.asked(stage.town.id, library.id, [who.id])[who.id]
        assert another.answers == Answers(), "what they said of shopping says nothing of books"
        assert another.in_week == found.in_week, "but it took their attention"
        assert answers.share_of_town(stage.town.id, library.id) == pytest.approx(3 / 20), "nor of the town's"


@pytest.mark.django_db
def test_whom_a_coordinator_has_asked_was_asked_too() -> None:
    with clock.travelling(NOON):
        stage = stages.build()
        stage.helper("leila")
        who = stage.people["leila"]
        Told.objects.create(
            municipality=stage.town,
            ask=stage.ask("one"),
            person=who,
            wave=1,
            told_at=NOON - timedelta(days=3),
        )
        weekly = Occasion.objects.of(stage.town.id).filter(ask=stage.ask("another", dates=2))
        long_ago = Occasion.objects.of(stage.town.id).filter(ask=stage.ask("third"))
        for occasion, days in [*((each, 2) for each in weekly), *((each, 8) for each in long_ago)]:
            sent = NOON - timedelta(days=days)
            Invitation.objects.create(
                municipality=stage.town, occasion=occasion, person=who, sent_at=sent, state="declined"
            )
        found = answers.asked(stage.town.id, stage.service.id, [who.id])[who.id]
        assert found.in_week == 2, "one ask is one question, however many dates it has; eight days are past"
        assert found.last == NOON - timedelta(days=2)
        assert found.answers == Answers(asked=1), "and no answer to a notice"
