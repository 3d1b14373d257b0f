"""A town and its neighbour, and people in them with logins."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from handtag.kernel.actor import Actor, Via, system
from handtag.login.actions import make_user
from handtag.login.gateways import certificates
from handtag.login.models import User
from handtag.municipalities.models import Municipality, Place
from handtag.notices.models import Notice
from handtag.people.actions import NewPerson, give_role, register
from handtag.people.queries import hats
from tests.ground import a_town


@dataclass
class Town:
    """A municipality, and making people in it."""

    municipality: Municipality

    @property
    def id(self) -> UUID:
        return self.municipality.id

    @property
    def slug(self) -> str:
        return self.municipality.slug

    @property
    def product(self) -> Actor:
        return system(self.id, Via.COMMAND)

    def person(self, name: str, *roles: str, **more: Any) -> Actor:
        """Somebody living here, with staff roles if any are named."""
        new = NewPerson(given_name=name, email=f"{name.lower()}@example.se", age="adult", **more)
        made = register(by=self.product, new=new)
        for role in roles:
            give_role(by=self.product, person_id=made.id, role=role)
        return self.actor(made.id)

    def actor(self, person_id: UUID) -> Actor:
        return Actor(person_id, self.id, hats(person_id, self.id))

    def place(self) -> Place:
        return Place.objects.of(self.id).order_by("sought")[0]


@pytest.fixture(autouse=True)
def shared_cache(db: None) -> None:
    """Limits are counted in a table that is made at deployment."""
    call_command("createcachetable", verbosity=0)
    cache.clear()


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys towards directories are made as they are, but shorter: the long ones take half a second each."""
    monkeypatch.setattr(certificates, "BITS", 2048)


@pytest.fixture
def town(db: None) -> Town:
    return Town(a_town())


@pytest.fixture
def neighbour(db: None) -> Town:
    return Town(a_town("1260"))


@pytest.fixture
def login_of(town: Town) -> Callable[..., User]:
    """A login for somebody."""

    def make(actor: Actor, email: str = "", **more: Any) -> User:
        address = email or f"{actor.person}@example.se"
        return make_user(by=town.product, person_id=actor.person, email=address, **more)

    return make


@pytest.fixture
def client_of(login_of: Callable[..., User]) -> Callable[[Actor], Client]:
    """A browser in which somebody is logged in."""

    def enter(actor: Actor) -> Client:
        client = Client()
        client.force_login(login_of(actor), backend="handtag.login.middleware.sessions.Backend")
        return client

    return enter


def letters(kind: str = "") -> list[Notice]:
    """What lies in the outbox, oldest first."""
    found = Notice.objects.everywhere().order_by("created_at")
    return list(found.filter(kind=kind) if kind else found)
