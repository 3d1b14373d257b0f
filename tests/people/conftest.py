"""A town and its neighbour, and everybody who looks at people there."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Role
from handtag.people.actions import mark_protected
from handtag.people.models import Person
from tests.municipalities import ground
from tests.municipalities.ground import Town


@pytest.fixture
def town(db: None) -> Town:
    """Helsingborg."""
    return ground.town("1283")


@pytest.fixture
def neighbour(db: None) -> Town:
    """Bjuv."""
    return ground.town("1260")


@pytest.fixture
def anna(town: Town) -> Person:
    """Somebody who lives in Helsingborg."""
    return town.resident("Anna", family_name="Ek", phone="070-174 06 05")


@pytest.fixture
def coordinator(town: Town) -> Actor:
    return town.staff(Role.COORDINATOR, "Maria")


@pytest.fixture
def caseworker(town: Town) -> Actor:
    return town.staff(Role.CASEWORKER, "Johan")


@pytest.fixture
def officer(town: Town) -> Actor:
    return town.staff(Role.PROTECTED_IDENTITY_OFFICER, "Olle")


@pytest.fixture
def administrator(town: Town) -> Actor:
    return town.staff(Role.ADMINISTRATOR, "Adam")


@pytest.fixture
def bjuv_coordinator(neighbour: Town) -> Actor:
    return neighbour.staff(Role.COORDINATOR, "Bodil")


@pytest.fixture
def hidden(town: Town, officer: Actor) -> Person:
    """Somebody protected, known to neighbours as Kim."""
    person = town.resident("Zelda", family_name="Hemlig", phone="070-174 06 33", place_id=None)
    return mark_protected(
        by=officer, person_id=person.id, kind="secrecy_mark", reason="Visat beslut", chosen_name="Kim"
    )


@pytest.fixture
def browser() -> Callable[[Actor], Client]:
    """A browser in which somebody has logged in."""
    return ground.logged_in


@pytest.fixture
def later_by() -> Callable[..., object]:
    """A while later than now."""
    return lambda **later: clock.travelling(clock.now() + timedelta(**later))
