"""What nobody took in time."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from handtag.errands.actions.taking_back import expire_due
from handtag.errands.models import Ask, Occasion
from handtag.history.models import Entry
from handtag.notices.models import Notice
from tests.errands.asked import THURSDAY, AskTown

NOW = datetime(2026, 11, 21, 12, 40, tzinfo=UTC)
ENDS = datetime(2026, 11, 26, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def town(db: None) -> AskTown:
    return AskTown()


def test_it_stays_open_while_somebody_can_still_come(town: AskTown, time_machine: Any) -> None:
    town.ask(town.person())
    time_machine.move_to(ENDS - timedelta(minutes=31), tick=False)
    assert expire_due() == 0


def test_then_it_expires_and_the_asker_is_told(town: AskTown, time_machine: Any) -> None:
    asker = town.person()
    ask = town.ask(asker)
    time_machine.move_to(ENDS - timedelta(minutes=30), tick=False)
    assert expire_due() == 1
    assert Ask.objects.of(town.id).get().state == "expired"
    assert Notice.objects.of(town.id).get(kind="ask.expired").person_id == asker.person_id
    assert Entry.objects.filter(object_id=ask.id, verb="ask.expired", actor_id=None).count() == 1


def test_it_expires_once(town: AskTown, time_machine: Any) -> None:
    town.ask(town.person())
    time_machine.move_to(ENDS, tick=False)
    expire_due()
    assert expire_due() == 0
    assert Notice.objects.of(town.id).filter(kind="ask.expired").count() == 1


def test_with_some_of_those_wanted_it_is_filled_with_them(town: AskTown, time_machine: Any) -> None:
    ask = town.ask(town.person(), wanted=2)
    town.agree(ask, town.helper())
    time_machine.move_to(ENDS, tick=False)
    assert expire_due() == 1
    assert Occasion.objects.of(town.id).get(ask=ask).state == "filled"
    assert not Notice.objects.of(town.id).filter(kind="ask.expired").exists()


def test_a_series_goes_on_after_a_date_nobody_took(town: AskTown, time_machine: Any) -> None:
    town.ask(town.person(), last_on=THURSDAY + timedelta(weeks=1))
    time_machine.move_to(ENDS, tick=False)
    assert expire_due() == 1
    assert Ask.objects.of(town.id).get().state == "open"
    time_machine.move_to(ENDS + timedelta(weeks=1), tick=False)
    assert expire_due() == 1
    assert Ask.objects.of(town.id).get().state == "expired"


@pytest.mark.race
def test_two_workers_close_it_once(at_once: Any, time_machine: Any) -> None:
    town = AskTown()
    town.ask(town.person())
    time_machine.move_to(ENDS, tick=False)
    assert sorted(at_once(expire_due, expire_due)) in ([0, 1], [1, 0])
    assert Notice.objects.of(town.id).filter(kind="ask.expired").count() == 1
