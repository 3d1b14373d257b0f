"""A town with a contact centre: an agent, a colleague, callers, and who helps."""

from typing import Any, Self

import pytest
from django.test import Client

from handtag.desk import actions
from handtag.desk.queries.reading import to_read
from handtag.desk.rules.calls import Reading, Way
from handtag.errands.models import Ask
from handtag.kernel.actor import Actor, Hat, system
from handtag.kernel.rights import Role
from handtag.people.actions import mark_protected
from handtag.people.models import Person
from handtag.permits.models import Service
from tests.ground import laid_out
from tests.mandates.conftest import MandateTown


class DeskTown(MandateTown):
    """The town with Petra at the desk, her colleague Olle, and Berta of 84 with a landline."""

    def cast(self) -> Self:
        super().cast()
        Service.objects.of(self.id).filter(kind="shopping").update(agreement="first")
        self.agent = self.staff(Role.CONTACT_CENTRE_AGENT, "Petronella")
        self.colleague = self.staff(Role.CONTACT_CENTRE_AGENT, "Olle")
        self.berta = self.caller("Berta")
        return self

    def caller(self, name: str, **more: Any) -> Actor:
        """Somebody with a landline, and nothing else."""
        said = {"phone": "042-400 04 84", "address": "Storgatan 8", "place_id": self.place().id, **more}
        by = self.person(name, **said)
        Person.objects.filter(pk=by.person).update(email="")
        return by

    def file(
        self, agent: Actor | None = None, caller: Actor | None = None, way: str = "ring", **said: Any
    ) -> Ask:
        """An ask filed for a caller."""
        by, whom = agent or self.agent, caller or self.berta
        wish = self.wish(**said)
        read = to_read(by, wish, person_id=whom.person)
        return actions.file_ask(
            by=by, person_id=whom.person, wish=wish, reading=Reading(read.digest), way=Way(way)
        )

    def officer(self) -> Actor:
        """Who keeps the protected."""
        return self.staff(Role.PROTECTED_IDENTITY_OFFICER, "Per")

    def protect(self, person: Actor) -> None:
        """From now on nobody but the officers knows of them."""
        mark_protected(
            by=system(self.id), person_id=person.person, kind="secrecy_mark", reason="Visat beslut"
        )

    def path(self, rest: str = "") -> str:
        """An address of the desk."""
        return f"/{self.slug}/telefon/{rest}"

    def browser(self, by: Actor) -> Client:
        """A browser in which they are logged in."""
        return self.client(by)


@pytest.fixture
def town(db: None) -> DeskTown:
    return laid_out(DeskTown.with_cast)


@pytest.fixture
def neighbour(db: None) -> DeskTown:
    return laid_out(DeskTown.with_cast, "1260")


@pytest.fixture
def stranger(neighbour: DeskTown) -> Actor:
    """The agent of the neighbouring town."""
    return neighbour.agent


def resident(by: Actor) -> Actor:
    """The same person without any office."""
    return Actor(by.person_id, by.municipality_id, (Hat(Role.RESIDENT),))
