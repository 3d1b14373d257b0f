"""What stays of somebody's asks when they are protected, or when their details are destroyed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from handtag.errands.actions.drafting import forget_drafts, keep
from handtag.errands.actions.meeting import place
from handtag.errands.models import Ask, AskPlace, Draft, Errand
from handtag.errands.queries.drafts import Where
from handtag.kernel.actor import NOBODY, Actor, system
from handtag.kernel.rights import Role
from handtag.people.actions import erase_person, mark_protected
from handtag.people.models import Person
from tests.errands.asked import AskTown

NOW = datetime(2026, 11, 21, 12, 40, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def town(db: None) -> AskTown:
    return AskTown()


@pytest.fixture
def asker(town: AskTown) -> Actor:
    return town.person("Kanariefågel")


def protect(town: AskTown, who: Actor) -> None:
    officer = town.staff(Role.PROTECTED_IDENTITY_OFFICER, "Olga")
    mark_protected(by=officer, person_id=who.person, kind="secrecy_mark", reason="Decision seen")


def test_a_protected_persons_open_ask_keeps_no_place_and_waits_for_an_officer(
    town: AskTown, asker: Actor
) -> None:
    ask = town.ask(asker, address="Hemliga gatan 7", door="Kanariefågel")
    errand = town.agree(ask, town.helper())
    keep(by=asker, where=Where(town.id), step="whom", answers={"for_whom": "self"})
    protect(town, asker)
    where, found = AskPlace.objects.get(ask=ask), Ask.objects.of(town.id).get()
    assert (where.place_id, where.words, where.door) == (None, "", "")
    assert (found.state, found.area_id, found.announce_at) == ("open", None, None)
    assert (where.longitude, where.latitude) == (found.longitude, found.latitude)
    assert Errand.objects.of(town.id).get(pk=errand.pk).state == "cancelled_by_asker"
    assert not Draft.objects.of(town.id).exists()


def test_the_officer_may_place_the_same_helper_again(town: AskTown, asker: Actor) -> None:
    ask, helper = town.ask(asker), town.helper()
    before = town.agree(ask, helper)
    protect(town, asker)
    officer = town.staff(Role.PROTECTED_IDENTITY_OFFICER)
    again = place(by=officer, occasion_id=before.occasion_id, person_id=helper.person)
    before.refresh_from_db()
    assert (before.state, again.state) == ("cancelled_by_asker", "agreed")


def test_a_protected_asker_still_sees_their_own_page(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker)
    protect(town, asker)
    page = town.client(asker).get(f"/{town.slug}/mina-fragor/{ask.id}/")
    assert page.status_code == 200
    coordinator = town.client(town.staff(Role.COORDINATOR))
    assert coordinator.get(f"/{town.slug}/mina-fragor/{ask.id}/").status_code == 404


def test_who_leaves_takes_the_words_along(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker, need="Milk", know="The dog", for_whom="household", for_name="Bo", address="Storg 1")
    errand = town.agree(ask, town.helper())
    erase_person(by=system(town.id), person_id=asker.person)
    found, where = Ask.objects.of(town.id).get(), AskPlace.objects.get(ask=ask)
    assert (found.need, found.know, found.for_name, where.words) == ("", "", "", "")
    assert found.state == "withdrawn"
    assert Errand.objects.of(town.id).get(pk=errand.pk).state == "cancelled_by_asker"
    assert Person.objects.get(pk=asker.person).erased_at == NOW


def test_drafts_are_forgotten_in_time(town: AskTown, asker: Actor, time_machine: Any) -> None:
    keep(by=asker, where=Where(town.id), step="whom", answers={"for_whom": "self"})
    keep(by=NOBODY, where=Where(town.id), step="whom", answers={"for_whom": "self"})
    time_machine.move_to(NOW + timedelta(days=8), tick=False)
    assert forget_drafts() == 1
    assert Draft.objects.of(town.id).get().person_id == asker.person
    time_machine.move_to(NOW + timedelta(days=91), tick=False)
    assert forget_drafts() == 1
