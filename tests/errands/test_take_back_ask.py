"""Taking an ask back, undoing it, and taking single dates out of a series."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from handtag.errands.actions.asking import change_ask
from handtag.errands.actions.taking_back import except_date, include_date, restore_ask, withdraw_ask
from handtag.errands.models import Ask, Errand, Occasion, Series
from handtag.history.models import Entry, Words
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, TooLate
from handtag.kernel.rights import Role
from handtag.notices.models import Notice
from handtag.permits.models import Permit
from handtag.permits.queries import NoPermit
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


def weekly(town: AskTown, asker: Actor, weeks: int = 3) -> Ask:
    return town.ask(asker, last_on=THURSDAY + timedelta(weeks=weeks - 1))


def dates(town: AskTown, ask: Ask) -> list[Occasion]:
    return list(Occasion.objects.of(town.id).filter(ask=ask).order_by("starts_at"))


def test_it_is_closed_with_its_occasions(town: AskTown, asker: Actor) -> None:
    ask = withdraw_ask(by=asker, ask_id=town.ask(asker).id)
    assert (ask.state, ask.ended_at, ask.announce_at) == ("withdrawn", NOW, None)
    assert [date.state for date in dates(town, ask)] == ["withdrawn"]
    assert Entry.objects.filter(object_id=ask.id, verb="ask.withdrawn").count() == 1


def test_who_had_agreed_is_free_and_hears_it(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker)
    helper = town.helper()
    errand = town.agree(ask, helper)
    withdraw_ask(by=asker, ask_id=ask.id)
    assert Errand.objects.of(town.id).get(pk=errand.pk).state == "cancelled_by_asker"
    assert Notice.objects.of(town.id).filter(person_id=helper.person, about_id=errand.pk).exists()


def test_twice_is_once(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker)
    withdraw_ask(by=asker, ask_id=ask.id)
    withdraw_ask(by=asker, ask_id=ask.id)
    assert Entry.objects.filter(object_id=ask.id, verb="ask.withdrawn").count() == 1


def test_strangers_find_nothing(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker)
    neighbour = AskTown("1260")
    for other in (town.person("Other"), town.staff(Role.CASEWORKER), neighbour.staff(Role.COORDINATOR)):
        with pytest.raises(NotFound):
            withdraw_ask(by=other, ask_id=ask.id)
        with pytest.raises(NotFound):
            restore_ask(by=other, ask_id=ask.id)
    assert Ask.objects.of(town.id).get().state == "open"


def test_the_municipality_can_with_a_reason_and_the_asker_is_told(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker)
    withdraw_ask(by=town.staff(Role.COORDINATOR), ask_id=ask.id, reason="Settled by phone")
    assert Notice.objects.of(town.id).get(kind="ask.withdrawn").person_id == asker.person_id
    entry = Entry.objects.get(object_id=ask.id, verb="ask.withdrawn")
    assert Words.objects.get(entry=entry).text == "Settled by phone"


def test_a_protected_askers_ask_is_not_there_for_a_coordinator(town: AskTown, asker: Actor) -> None:
    from handtag.people.models import Person

    ask = town.ask(asker)
    Person.objects.filter(pk=asker.person).update(protection="secrecy_mark")
    with pytest.raises(NotFound):
        withdraw_ask(by=town.staff(Role.COORDINATOR), ask_id=ask.id)
    withdraw_ask(by=town.staff(Role.PROTECTED_IDENTITY_OFFICER, "Olga"), ask_id=ask.id)


def test_it_can_be_undone_for_half_an_hour(town: AskTown, asker: Actor, time_machine: Any) -> None:
    ask = town.ask(asker)
    withdraw_ask(by=asker, ask_id=ask.id)
    time_machine.move_to(NOW + timedelta(minutes=30), tick=False)
    restored = restore_ask(by=asker, ask_id=ask.id)
    assert (restored.state, restored.ended_at) == ("open", None)
    assert restored.announce_at == NOW + timedelta(minutes=30)
    assert [date.state for date in dates(town, ask)] == ["open"]


def test_what_the_municipality_took_back_its_staff_put_out_again_and_the_asker_hears(
    town: AskTown, asker: Actor
) -> None:
    ask = town.ask(asker)
    withdraw_ask(by=town.staff(Role.COORDINATOR), ask_id=ask.id, reason="The wrong one")
    colleague = town.staff(Role.COORDINATOR, "Another")
    restored = restore_ask(by=colleague, ask_id=ask.id)
    assert (restored.state, [date.state for date in dates(town, ask)]) == ("open", ["open"])
    restore_ask(by=colleague, ask_id=ask.id)
    entry = Entry.objects.get(object_id=ask.id, verb="ask.restored")
    assert (entry.actor_id, entry.role, entry.about_id) == (colleague.person, "coordinator", asker.person)
    told = Notice.objects.of(town.id).filter(kind="ask.restored")
    assert [notice.person_id for notice in told] == [asker.person]


def test_the_asker_puts_it_out_again_too_and_needs_no_letter_about_it(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker)
    withdraw_ask(by=town.staff(Role.COORDINATOR), ask_id=ask.id)
    assert restore_ask(by=asker, ask_id=ask.id).state == "open"
    assert not Notice.objects.of(town.id).filter(kind="ask.restored").exists()


def test_what_the_asker_took_back_is_the_askers_own(town: AskTown, asker: Actor) -> None:
    ask, coordinator = town.ask(asker), town.staff(Role.COORDINATOR)
    withdraw_ask(by=coordinator, ask_id=ask.id)
    restore_ask(by=coordinator, ask_id=ask.id)
    withdraw_ask(by=asker, ask_id=ask.id)
    with pytest.raises(NotFound):
        restore_ask(by=coordinator, ask_id=ask.id)
    assert Ask.objects.of(town.id).get().state == "withdrawn"


def test_staff_too_have_half_an_hour(town: AskTown, asker: Actor, time_machine: Any) -> None:
    ask, coordinator = town.ask(asker), town.staff(Role.COORDINATOR)
    withdraw_ask(by=coordinator, ask_id=ask.id)
    time_machine.move_to(NOW + timedelta(minutes=31), tick=False)
    with pytest.raises(TooLate):
        restore_ask(by=coordinator, ask_id=ask.id)


def test_only_staff_who_could_take_it_back_put_it_out_again(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker)
    neighbour = AskTown("1260")
    withdraw_ask(by=town.staff(Role.COORDINATOR), ask_id=ask.id)
    for other in (town.person("Other"), town.staff(Role.CASEWORKER), neighbour.staff(Role.COORDINATOR)):
        with pytest.raises(NotFound):
            restore_ask(by=other, ask_id=ask.id)


def test_a_protected_askers_ask_is_put_out_again_by_officers_alone(town: AskTown, asker: Actor) -> None:
    from handtag.people.models import Person

    ask, coordinator = town.ask(asker), town.staff(Role.COORDINATOR)
    withdraw_ask(by=coordinator, ask_id=ask.id)
    Person.objects.filter(pk=asker.person).update(protection="secrecy_mark")
    with pytest.raises(NotFound):
        restore_ask(by=coordinator, ask_id=ask.id)
    restored = restore_ask(by=town.staff(Role.PROTECTED_IDENTITY_OFFICER, "Olga"), ask_id=ask.id)
    assert (restored.state, restored.announce_at) == ("open", None)


def test_who_may_ask_no_more_gets_no_ask_back(town: AskTown, asker: Actor) -> None:
    ask, coordinator = town.ask(asker), town.staff(Role.COORDINATOR)
    withdraw_ask(by=coordinator, ask_id=ask.id)
    Permit.objects.of(town.id).filter(person_id=asker.person, side="ask").update(state="revoked")
    for who in (asker, coordinator):
        with pytest.raises(NoPermit):
            restore_ask(by=who, ask_id=ask.id)


def test_later_it_cannot(town: AskTown, asker: Actor, time_machine: Any) -> None:
    ask = town.ask(asker)
    withdraw_ask(by=asker, ask_id=ask.id)
    time_machine.move_to(NOW + timedelta(minutes=31), tick=False)
    with pytest.raises(TooLate):
        restore_ask(by=asker, ask_id=ask.id)


def test_nor_when_the_window_has_begun(town: AskTown, asker: Actor, time_machine: Any) -> None:
    ask = town.ask(asker, day=NOW.date(), from_time=time(14), to_time=time(16))  # in twenty minutes
    withdraw_ask(by=asker, ask_id=ask.id)
    time_machine.move_to(NOW + timedelta(minutes=20), tick=False)
    with pytest.raises(TooLate):
        restore_ask(by=asker, ask_id=ask.id)


def test_an_undone_withdrawal_does_not_bring_back_who_was_told(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker)
    errand = town.agree(ask, town.helper())
    withdraw_ask(by=asker, ask_id=ask.id)
    restored = restore_ask(by=asker, ask_id=ask.id)
    assert restored.state == "open"
    assert dates(town, ask)[0].filled == 0
    assert Errand.objects.of(town.id).get(pk=errand.pk).state == "cancelled_by_asker"


def test_whoever_had_agreed_may_come_after_all(town: AskTown, asker: Actor) -> None:
    ask, helper = weekly(town, asker), town.helper()
    town.agree(ask, helper)
    first = dates(town, ask)[0]
    except_date(by=asker, ask_id=ask.id, occasion_id=first.id)
    include_date(by=asker, ask_id=ask.id, occasion_id=first.id)
    town.agree(ask, helper)
    withdraw_ask(by=asker, ask_id=ask.id)
    restore_ask(by=asker, ask_id=ask.id)
    town.agree(ask, helper)
    states = Errand.objects.of(town.id).values_list("state", flat=True)
    assert sorted(states) == ["agreed", "cancelled_by_asker", "cancelled_by_asker"]


def test_undo_leaves_what_a_change_replaced(town: AskTown, asker: Actor, time_machine: Any) -> None:
    ask = town.ask(asker)
    change_ask(by=asker, ask_id=ask.id, wish=town.wish(from_time=time(9), to_time=time(11)))
    time_machine.shift(60)
    withdraw_ask(by=asker, ask_id=ask.id)
    restore_ask(by=asker, ask_id=ask.id)
    assert [date.state for date in dates(town, ask)] == ["open", "withdrawn"]


def test_one_date_of_a_series_is_taken_out_and_put_back(town: AskTown, asker: Actor) -> None:
    ask = weekly(town, asker)
    middle = dates(town, ask)[1]
    except_date(by=asker, ask_id=ask.id, occasion_id=middle.pk)
    assert [date.state for date in dates(town, ask)] == ["open", "withdrawn", "open"]
    assert Series.objects.get(ask=ask).excepted == ["2026-12-03"]
    assert Ask.objects.of(town.id).get().state == "open"
    include_date(by=asker, ask_id=ask.id, occasion_id=middle.pk)
    assert [date.state for date in dates(town, ask)] == ["open", "open", "open"]
    assert Series.objects.get(ask=ask).excepted == []


def test_only_the_helper_of_that_date_is_freed(town: AskTown, asker: Actor) -> None:
    ask = weekly(town, asker)
    helper = town.helper()
    first, second = town.agree(ask, helper), town.agree(ask, helper)
    except_date(by=asker, ask_id=ask.id, occasion_id=first.occasion_id)
    states = dict(Errand.objects.of(town.id).values_list("pk", "state"))
    assert states == {first.pk: "cancelled_by_asker", second.pk: "agreed"}


def test_the_last_date_takes_the_ask_with_it_and_undo_brings_both_back(town: AskTown, asker: Actor) -> None:
    ask = weekly(town, asker, weeks=2)
    for date in dates(town, ask):
        except_date(by=asker, ask_id=ask.id, occasion_id=date.pk)
    assert Ask.objects.of(town.id).get().state == "withdrawn"
    restore_ask(by=asker, ask_id=ask.id)
    assert Ask.objects.of(town.id).get().state == "open"
    assert Series.objects.get(ask=ask).excepted == []
    assert [date.state for date in dates(town, ask)] == ["open", "open"]


def test_a_single_date_has_no_dates_to_take_out(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker)
    with pytest.raises(NotFound):
        except_date(by=asker, ask_id=ask.id, occasion_id=dates(town, ask)[0].pk)


def test_help_that_has_begun_is_not_taken_back(town: AskTown, asker: Actor, time_machine: Any) -> None:
    ask = town.ask(asker)
    errand = town.agree(ask, town.helper())
    time_machine.move_to(errand.starts_at, tick=False)
    Errand.objects.of(town.id).filter(pk=errand.pk).update(state="started")
    with pytest.raises(TooLate):
        withdraw_ask(by=asker, ask_id=ask.id)
    assert Ask.objects.of(town.id).get().state == "filled"


@pytest.mark.race
def test_taken_back_and_taken_at_the_same_moment_leaves_nobody_alone(at_once: Any) -> None:
    from handtag.errands.actions.meeting import make_offer

    town = AskTown()
    asker, helper = town.person(), town.helper()
    ask = town.ask(asker)
    occasion = dates(town, ask)[0]
    at_once(
        lambda: withdraw_ask(by=asker, ask_id=ask.id),
        lambda: make_offer(by=helper, occasion_id=occasion.pk),
    )
    errands = list(Errand.objects.of(town.id).values_list("state", flat=True))
    assert Ask.objects.of(town.id).get().state == "withdrawn"
    assert errands in ([], ["cancelled_by_asker"])
