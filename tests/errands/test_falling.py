"""Asks fall into the areas drawn anew."""

from typing import Any

import pytest

from handtag.errands.actions.taking_back import withdraw_ask
from handtag.errands.models import Ask, AskPlace
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Role
from handtag.municipalities import queries as towns
from handtag.municipalities.actions import upload_areas
from handtag.people.models import Person
from tests.errands.asked import AskTown
from tests.municipalities.test_upload_areas import HALVES, SPLIT


@pytest.fixture
def town(db: None, time_machine: Any) -> AskTown:
    time_machine.move_to("2026-11-21T12:40Z", tick=False)
    return AskTown()


@pytest.fixture
def coordinator(town: AskTown) -> Actor:
    return town.staff(Role.COORDINATOR)


def area_of(ask: Ask) -> str | None:
    ask.refresh_from_db()
    return ask.area.name if ask.area else None


def half_of(ask: Ask) -> str:
    return "Väst" if AskPlace.objects.get(ask=ask).longitude < SPLIT else "Öst"


def test_an_ask_going_on_gets_the_area_its_place_lies_in(town: AskTown, coordinator: Actor) -> None:
    ask = town.ask(town.person())
    assert area_of(ask) not in (None, "Väst", "Öst")
    upload_areas(by=coordinator, text=HALVES)
    assert area_of(ask) == half_of(ask)


def test_the_exact_place_decides_and_not_its_square(town: AskTown, coordinator: Actor) -> None:
    ask = town.ask(town.person())
    AskPlace.objects.filter(ask=ask).update(longitude=SPLIT - 0.0001)
    Ask.objects.of(town.id).filter(pk=ask.pk).update(longitude=SPLIT + 0.004)
    upload_areas(by=coordinator, text=HALVES)
    assert area_of(ask) == "Väst"


def test_an_ask_of_the_past_keeps_its_area(town: AskTown, coordinator: Actor) -> None:
    asker = town.person()
    ask = town.ask(asker)
    before = area_of(ask)
    withdraw_ask(by=asker, ask_id=ask.id)
    upload_areas(by=coordinator, text=HALVES)
    assert area_of(ask) == before


def test_the_ask_of_a_protected_person_falls_into_none(town: AskTown, coordinator: Actor) -> None:
    asker = town.person()
    ask = town.ask(asker)
    Person.objects.filter(pk=asker.person).update(protection=Person.Protection.SECRECY_MARK)
    Ask.objects.of(town.id).filter(pk=ask.pk).update(area=None)
    upload_areas(by=coordinator, text=HALVES)
    assert area_of(ask) is None


def test_the_neighbours_asks_stay(town: AskTown, coordinator: Actor) -> None:
    neighbour = AskTown("1260")
    ask = neighbour.ask(neighbour.person("Sture"))
    before = area_of(ask)
    upload_areas(by=coordinator, text=HALVES)
    assert area_of(ask) == before
    assert "Öst" not in {area.name for area in towns.areas(neighbour.id)}
