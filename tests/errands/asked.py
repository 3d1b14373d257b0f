"""A small town in which people ask for help, for the tests of asking."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.test import Client

from handtag.errands.actions.asking import open_ask
from handtag.errands.actions.meeting import make_offer
from handtag.errands.models import Ask, Errand, Occasion
from handtag.errands.rules.asks import Wish
from handtag.helpers.actions import rebuild_postings
from handtag.helpers.models import HelperProfile, HelperService
from handtag.kernel import clock
from handtag.kernel.actor import Actor, Hat, system
from handtag.kernel.rights import Role
from handtag.login.models import User
from handtag.municipalities.models import Municipality, Place
from handtag.people.actions import NewPerson, register
from handtag.permits.models import Permit, Service
from tests.ground import a_town

THURSDAY = date(2026, 11, 26)  # for those whose clock stands at 21 November


def next_thursday() -> date:
    """The first Thursday at least two days ahead, whatever day it is."""
    soon = clock.today() + timedelta(days=2)
    return soon + timedelta(days=(3 - soon.weekday()) % 7)


class AskTown:
    """A municipality, its people and what they ask for; made through the product's own actions."""

    def __init__(self, code: str = "1283") -> None:
        self.municipality: Municipality = a_town(code)
        self.id: UUID = self.municipality.id
        self.slug: str = self.municipality.slug

    def service(self, kind: str = "shopping") -> Service:
        return Service.objects.of(self.id).get(kind=kind)

    def place(self) -> Place:
        found = Place.objects.of(self.id).filter(retired_at=None, kind="village").order_by("sought").first()
        assert found is not None
        return found

    def person(self, name: str = "Gun-Britt", **more: Any) -> Actor:
        new = NewPerson(
            given_name=name, family_name="Berg", email=f"{abs(hash(name))}@example.se", age="adult", **more
        )
        made = register(by=system(self.id), new=new)
        return Actor(made.id, self.id, (Hat(Role.RESIDENT),))

    def staff(self, role: Role, name: str = "Maria") -> Actor:
        return Actor(self.person(name).person_id, self.id, (Hat(Role.RESIDENT), Hat(role)))

    def wish(self, **said: Any) -> Wish:
        usual: dict[str, Any] = {
            "service_id": self.service().id,
            "day": next_thursday(),
            "from_time": time(14),
            "to_time": time(16),
            "place_id": self.place().id,
            "accepted": True,
        }
        return Wish(**{**usual, **said})

    def ask(self, by: Actor, **said: Any) -> Ask:
        return open_ask(by=by, wish=self.wish(**said))

    def helper(self, name: str = "Leila", service: Service | None = None) -> Actor:
        """Somebody who may help with a service, at any time and anywhere in the town."""
        by, service, place = self.person(name), service or self.service(), self.place()
        profile = HelperProfile.objects.create(
            municipality=self.municipality,
            person_id=by.person,
            longitude=place.longitude,
            latitude=place.latitude,
            reach=50_000,
        )
        HelperService.objects.create(profile=profile, service=service)
        rebuild_postings()
        Permit.objects.create(
            municipality=self.municipality,
            person_id=by.person,
            service=service,
            side="perform",
            state="granted",
        )
        return by

    def agree(self, ask: Ask, helper: Actor, number: int = 0) -> Errand:
        """The helper says yes to one date of it."""
        occasion = Occasion.objects.of(self.id).filter(ask=ask, state="open").order_by("starts_at")[number]
        make_offer(by=helper, occasion_id=occasion.pk)
        return Errand.objects.of(self.id).filter(occasion=occasion).latest("agreed_at")

    def client(self, by: Actor) -> Client:
        """A browser in which this person is logged in."""
        user = User.objects.filter(person_id=by.person).first()
        if user is None:
            user = User.objects.create(email=f"{by.person}@example.se", person_id=by.person)
        client = Client()
        client.force_login(user, backend="handtag.login.middleware.sessions.Backend")
        return client
