"""A town and its neighbour, and people in them who act and who log in."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.test import Client

from handtag.kernel.actor import Actor, Hat, Via, system
from handtag.kernel.rights import Role
from handtag.login.models import User
from handtag.municipalities.models import Municipality
from handtag.people.actions import NewPerson, give_role, register
from handtag.people.models import Person
from handtag.people.queries import hats
from tests.ground import a_town


@dataclass
class Town:
    """A municipality and how to be somebody in it."""

    municipality: Municipality

    @property
    def id(self) -> UUID:
        return self.municipality.id

    @property
    def slug(self) -> str:
        return self.municipality.slug

    @property
    def product(self) -> Actor:
        """The product itself at work here."""
        return system(self.id, Via.COMMAND)

    def fresh(self) -> Municipality:
        """The row as it stands now."""
        return Municipality.objects.get(pk=self.id)

    def resident(self, name: str = "Nadja", **more: Any) -> Person:
        """Somebody who lives here."""
        more.setdefault("email", f"{name.lower()}-{self.slug}@example.se")
        return register(by=self.product, new=NewPerson(given_name=name, **more))

    def actor(self, person: Person) -> Actor:
        """Somebody as they act here just now."""
        return Actor(person.id, self.id, hats(person.id, self.id))

    def staff(self, role: Role, name: str = "", **narrowed: Any) -> Actor:
        """Somebody with a staff role and no other."""
        person = self.resident(name or role.value.title().replace("_", ""), family_name="Stab")
        give_role(by=self.product, person_id=person.id, role=role, **narrowed)
        held = [hat for hat in hats(person.id, self.id) if hat.role == role]
        return Actor(person.id, self.id, (Hat(Role.RESIDENT), *held))

    def url(self, path: str = "") -> str:
        """An address in this town."""
        return f"/{self.slug}/{path}"


def town(code: str) -> Town:
    """One of the 290, made live."""
    return Town(a_town(code, sample=True))


def logged_in(actor: Actor) -> Client:
    """A browser in which somebody has logged in."""
    person = Person.objects.get(pk=actor.person)
    login, _made = User.objects.get_or_create(email=person.email, defaults={"person": person})
    client = Client()
    client.force_login(login, backend="handtag.login.middleware.sessions.Backend")
    return client
