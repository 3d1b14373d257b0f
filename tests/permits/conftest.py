"""A small town with a caseworker and some people, and its neighbour."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from handtag.kernel import ids
from handtag.kernel.actor import Actor, Hat, system
from handtag.kernel.rights import Role
from handtag.login.models import User
from handtag.municipalities.actions import set_committee_decision
from handtag.municipalities.models import Committee, Municipality
from handtag.notices.models import Notice
from handtag.people.actions import NewPerson, give_role, register
from handtag.permits.models import Service
from tests.ground import a_town


def frozen(narrowed: dict[str, Any]) -> dict[str, Any]:
    return {name: frozenset(ids) for name, ids in narrowed.items()}


@dataclass
class Town:
    """A municipality and how to act in it."""

    municipality: Municipality

    @property
    def id(self) -> UUID:
        return self.municipality.id

    def service(self, kind: str) -> Service:
        return Service.objects.of(self.id).get(kind=kind)

    def person(self, name: str, age: str = "adult", **more: Any) -> Actor:
        """Somebody living here, with an e-mail address."""
        new = NewPerson(given_name=name, email=f"{ids.token(10)}@example.se", age=age, **more)
        made = register(by=system(self.id), new=new)
        return Actor(made.id, self.id, (Hat(Role.RESIDENT),))

    def staff(self, role: Role = Role.CASEWORKER, name: str = "Johan", **narrowed: Any) -> Actor:
        """Somebody on the staff, perhaps narrowed to services or committees."""
        person = self.person(name)
        held = give_role(by=system(self.id), person_id=person.person, role=role, **narrowed)
        return Actor(person.person_id, self.id, (Hat(Role.RESIDENT), Hat(role, held.id, **frozen(narrowed))))

    def client_of(self, actor: Actor) -> Client:
        """A browser in which this person is logged in."""
        user, _new = User.objects.get_or_create(
            person_id=actor.person, defaults={"email": f"{actor.person}@x.se"}
        )
        client = Client()
        client.force_login(user, backend="handtag.login.middleware.sessions.Backend")
        return client

    def url(self, name: str, *args: Any) -> str:
        """The address of a page here."""
        return reverse(name, args=[self.municipality.slug, *args])

    def letters(self) -> QuerySet[Notice]:
        """What people were told about permits."""
        return Notice.objects.of(self.id).filter(kind__startswith="permit.")

    def allow_automatic(self) -> None:
        """The committees have decided that published rules may decide by themselves."""
        for committee in Committee.objects.of(self.id):
            set_committee_decision(
                by=system(self.id), committee_id=committee.id, on=date(2026, 1, 7), reference="§ 41"
            )


@pytest.fixture
def town(db: None) -> Town:
    return Town(a_town())


@pytest.fixture
def neighbour(db: None) -> Town:
    return Town(a_town("1260"))


@pytest.fixture
def helper(town: Town) -> Actor:
    return town.person("Nadja")


@pytest.fixture
def caseworker(town: Town) -> Actor:
    return town.staff()


@pytest.fixture
def coordinator(town: Town) -> Actor:
    return town.staff(Role.COORDINATOR, "Maria")


@pytest.fixture
def losses() -> Any:
    """What was told to the rooms above: permits lost, in their order."""
    from handtag.permits.actions import AFTER_LOSS

    told: list[UUID] = []

    def tell(by: Actor, permit: Any) -> None:
        told.append(permit.id)

    AFTER_LOSS.append(tell)
    yield told
    AFTER_LOSS.remove(tell)


@pytest.fixture
def meets(caseworker: Actor) -> Callable[..., None]:
    """Let somebody meet demands, seen by the caseworker."""
    from handtag.permits.actions import record_check

    def meet(person: Actor, *kinds: str, service: Service | None = None, **more: Any) -> None:
        for kind in kinds:
            record_check(
                by=caseworker,
                person_id=person.person,
                kind=kind,
                service_id=service.id if service else None,
                name="children" if kind == "training" else "",
                adult=kind == "identity",
                **more,
            )

    return meet
