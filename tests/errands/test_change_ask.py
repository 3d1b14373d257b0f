"""Changing an ask: all of it before anybody has agreed, afterwards only what is told."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from handtag.errands.actions.asking import change_ask, tell_more
from handtag.errands.models import Ask, AskPlace, Occasion, Series
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, Problems, TooLate
from handtag.kernel.rights import Role
from handtag.notices.models import Notice
from tests.errands.asked import THURSDAY, AskTown

NOW = datetime(2026, 11, 21, 12, 40, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def town(db: None) -> AskTown:
    return AskTown()


@pytest.fixture
def asker(town: AskTown) -> Actor:
    return town.person()


def open_times(town: AskTown, ask: Ask) -> list[datetime]:
    rows = Occasion.objects.of(town.id).filter(ask=ask, state="open").order_by("starts_at")
    return list(rows.values_list("starts_at", flat=True))


def test_what_is_told_changes_and_the_occasion_stays(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker)
    before = Occasion.objects.of(town.id).get(ask=ask).pk
    changed = change_ask(by=asker, ask_id=ask.id, wish=town.wish(need="Two bags", door="3 tr"))
    assert changed.need == "Two bags"
    assert AskPlace.objects.get(ask=ask).door == "3 tr"
    assert Occasion.objects.of(town.id).get(ask=ask).pk == before


def test_another_time_makes_a_new_occasion_of_it(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker)
    before = Occasion.objects.of(town.id).get(ask=ask).pk
    change_ask(by=asker, ask_id=ask.id, wish=town.wish(from_time=time(9), to_time=time(11)))
    assert open_times(town, ask) == [datetime(2026, 11, 26, 8, tzinfo=UTC)]
    assert Occasion.objects.of(town.id).get(pk=before).state == "withdrawn"


def test_once_becomes_weekly_and_back(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker)
    change_ask(by=asker, ask_id=ask.id, wish=town.wish(last_on=THURSDAY + timedelta(weeks=3)))
    assert len(open_times(town, ask)) == 4
    assert Series.objects.filter(ask=ask).exists()
    change_ask(by=asker, ask_id=ask.id, wish=town.wish())
    assert len(open_times(town, ask)) == 1
    assert not Series.objects.filter(ask=ask).exists()


def test_a_change_is_held_to_the_same_rules(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker)
    with pytest.raises(Problems):
        change_ask(by=asker, ask_id=ask.id, wish=town.wish(wanted=7))


def test_nobody_else_can_change_it(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker)
    for other in (town.person("Other"), town.staff(Role.COORDINATOR), AskTown("1260").person("Stranger")):
        with pytest.raises(NotFound):
            change_ask(by=other, ask_id=ask.id, wish=town.wish())
        with pytest.raises(NotFound):
            tell_more(by=other, ask_id=ask.id, need="x", know="")


def test_once_somebody_has_agreed_time_and_place_stay(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker)
    town.agree(ask, town.helper())
    with pytest.raises(TooLate):
        change_ask(by=asker, ask_id=ask.id, wish=town.wish(from_time=time(9), to_time=time(11)))
    assert Ask.objects.of(town.id).get().state == "filled"


def test_more_can_be_told_and_who_comes_hears_that_there_is_something_to_read(
    town: AskTown, asker: Actor
) -> None:
    ask = town.ask(asker)
    helper = town.helper()
    town.agree(ask, helper)
    tell_more(by=asker, ask_id=ask.id, need="Two bags", know="Ring twice")
    assert Ask.objects.of(town.id).get().know == "Ring twice"
    told = Notice.objects.of(town.id).get(kind="ask.told_more")
    assert told.person_id == helper.person_id
    assert "Ring twice" not in told.subject + told.body


def test_what_is_over_is_not_changed(town: AskTown, asker: Actor) -> None:
    from handtag.errands.actions.taking_back import withdraw_ask

    ask = town.ask(asker)
    withdraw_ask(by=asker, ask_id=ask.id)
    with pytest.raises(TooLate):
        change_ask(by=asker, ask_id=ask.id, wish=town.wish())
    with pytest.raises(TooLate):
        tell_more(by=asker, ask_id=ask.id, need="x", know="")


def test_a_change_walks_through_the_same_steps(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker, need="One bag", address="Storgatan 1")
    client = town.client(asker)
    base = f"/{town.slug}/mina-fragor/{ask.id}/andra/"
    assert "One bag" in client.get(base).content.decode()
    client.post(f"{base}nar/", {"when": "day", "day": "2026-11-27", "part": "morning", "wanted": "1"})
    client.post(f"{base}skicka/", {"accepted": "on", "submission": "one"})
    assert open_times(town, ask) == [datetime(2026, 11, 27, 7, tzinfo=UTC)]
    assert AskPlace.objects.get(ask=ask).words == "Storgatan 1"
    assert Ask.objects.of(town.id).get().need == "One bag"


def test_changing_one_leaves_an_unfinished_new_one_alone(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker)
    client = town.client(asker)
    client.post(f"/{town.slug}/be-om-hjalp/vad/", {"service": str(town.service("library").id)})
    client.post(f"/{town.slug}/mina-fragor/{ask.id}/andra/mer/", {"need": "Changed"})
    page = client.get(f"/{town.slug}/be-om-hjalp/vad/").context["form"]
    assert page.initial["service"] == str(town.service("library").id)
    assert Ask.objects.of(town.id).get().need == ""
