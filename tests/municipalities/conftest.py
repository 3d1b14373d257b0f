"""A town and its neighbour, with somebody to set them up."""

from collections.abc import Callable

import pytest
from django.test import Client

from handtag.kernel.actor import Actor
from handtag.kernel.rights import Role
from tests.municipalities import ground
from tests.municipalities.ground import Town


@pytest.fixture
def town(db: None) -> Town:
    """Helsingborg, with four areas."""
    return ground.town("1283")


@pytest.fixture
def neighbour(db: None) -> Town:
    """Bjuv."""
    return ground.town("1260")


@pytest.fixture
def coordinator(town: Town) -> Actor:
    """Who sets Helsingborg up."""
    return town.staff(Role.COORDINATOR, "Maria")


@pytest.fixture
def resident(town: Town) -> Actor:
    """Who lives there and may set up nothing."""
    return town.actor(town.resident())


@pytest.fixture
def bjuv_coordinator(neighbour: Town) -> Actor:
    """Who sets Bjuv up."""
    return neighbour.staff(Role.COORDINATOR, "Bodil")


@pytest.fixture
def browser() -> Callable[[Actor], Client]:
    """A browser in which somebody has logged in."""
    return ground.logged_in
