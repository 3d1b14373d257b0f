"""A town with a resident who has left traces, two who keep the records, and a neighbour."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest

from handtag.kernel import clock
from handtag.kernel.actor import Actor, Hat, Via, system
from handtag.kernel.rights import Role
from handtag.notices import actions as notices
from handtag.people import actions as people
from tests.ground import a_town


@dataclass(frozen=True)
class Town:
    """A town and who is in it."""

    id: UUID
    slug: str

    def register(self, name: str, email: str = "") -> UUID:
        """Somebody new."""
        new = people.NewPerson(given_name=name, family_name="Test", email=email, age="adult")
        return people.register(by=system(self.id, Via.COMMAND), new=new).id

    def as_(self, person_id: UUID, *roles: Role) -> Actor:
        """Somebody with these roles."""
        return Actor(person_id, self.id, tuple(Hat(role) for role in roles))


def add(code: str) -> Town:
    made = a_town(code)
    return Town(made.id, made.slug)


@pytest.fixture
def town(db: None) -> Town:
    return add("1283")


@pytest.fixture
def neighbour(db: None) -> Town:
    return add("1260")


@pytest.fixture
def resident(town: Town) -> UUID:
    """Somebody who was sent three old notices and one new."""
    person = town.register("Greta", "greta@example.org")
    for days in (200, 150, 120, 1):
        with clock.travelling(clock.now() - timedelta(days=days)):
            notices.tell(
                municipality_id=town.id,
                person_id=person,
                kind="test",
                write=lambda: notices.Letter("Something", "Words to Greta"),
            )
    return person


@pytest.fixture
def keeper(town: Town) -> Actor:
    return town.as_(town.register("Keeper"), Role.ADMINISTRATOR)


@pytest.fixture
def second_keeper(town: Town) -> Actor:
    return town.as_(town.register("Second"), Role.ADMINISTRATOR)
