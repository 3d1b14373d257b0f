"""A small stage for tests of meeting: one town, one service, helpers around, and asks to take."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client

from handtag.errands.actions import meeting
from handtag.errands.models import Ask, AskPlace, Errand, Occasion
from handtag.helpers.actions import rebuild_postings
from handtag.helpers.models import HelperLanguage, HelperProfile, HelperService
from handtag.kernel import clock
from handtag.kernel.actor import Actor, Hat
from handtag.kernel.rights import Role
from handtag.municipalities.models import Municipality
from handtag.people.models import Person, RoleHeld
from handtag.permits.models import Permit, Service, Side
from tests.ground import a_town

LON, LAT = 12.7440, 56.1005  # Ödåkra
_HERE = {"longitude": LON, "latitude": LAT}


@dataclass
class Stage:
    """Everybody on it by name."""

    town: Municipality
    service: Service
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, name: str, *, role: Role = Role.RESIDENT, **columns: Any) -> Person:
        """Somebody with a role in this town."""
        person = Person.objects.create(
            given_name=name.capitalize(),
            family_name="Exempel",
            email=f"{name}@example.org",
            phone="+46701740610",
            age=Person.Age.ADULT,
            **columns,
        )
        RoleHeld.objects.create(person=person, municipality=self.town, role=role.value)
        self.people[name] = person
        return person

    def helper(
        self, name: str, *, km: float = 0.5, speaks: tuple[str, ...] = ("sv",), **columns: Any
    ) -> Actor:
        """A helper so many km north of the place where help is wanted, with the permit, free at any time."""
        person = self.people.get(name) or self.person(name)
        profile = HelperProfile.objects.create(
            municipality=self.town,
            person=person,
            longitude=LON,
            latitude=LAT + km / 111.195,
            **{"reach": 5000, **columns},
        )
        HelperService.objects.create(profile=profile, service=self.service)
        for language in speaks:
            HelperLanguage.objects.create(profile=profile, language=language)
        rebuild_postings()
        self.permit(person)
        return self.actor(name)

    def profile(self, name: str) -> HelperProfile:
        """A helper's profile."""
        return HelperProfile.objects.of(self.town.id).get(person=self.people[name])

    def permit(self, person: Person, side: Side = Side.PERFORM, service: Service | None = None) -> Permit:
        """A permit that holds."""
        return Permit.objects.create(
            municipality=self.town,
            person=person,
            service=service or self.service,
            side=side,
            state=Permit.State.GRANTED,
        )

    def actor(self, name: str) -> Actor:
        """Somebody as who acts, with the hats they hold."""
        person = self.people[name]
        held = RoleHeld.objects.of(self.town.id).filter(person=person, until=None)
        hats = tuple(Hat(Role(row.role)) for row in held)
        return Actor(person.id, self.town.id, hats)

    def browser(self, name: str) -> Client:
        """Somebody's browser, logged in."""
        browser = Client()
        login, _made = get_user_model().objects.get_or_create(
            person=self.people[name], defaults={"email": f"{name}@example.org"}
        )
        browser.force_login(login, backend="handtag.login.middleware.sessions.Backend")
        return browser

    def errand(self, *, helper: str = "leila", **columns: Any) -> Errand:
        """An ask that this helper has said yes to."""
        ask = self.ask(**columns)
        by = self.actor(helper) if helper in self.people else self.helper(helper)
        return meeting.make_offer(by=by, occasion_id=self.occasion(ask).id).errand

    def ask(
        self,
        asker: str = "asker",
        *,
        start: datetime | None = None,
        dates: int = 1,
        wanted: int = 1,
        **columns: Any,
    ) -> Ask:
        """An ask by somebody, for the day after tomorrow at 14–16 if nothing else is said."""
        person = self.people.get(asker) or self.person(asker)
        first = start or clock.at(clock.today() + timedelta(days=2), datetime(2026, 1, 1, 14).time())
        ask = Ask.objects.create(
            municipality=self.town,
            asker=person,
            responsibility="Ni hjälper varandra som grannar.",
            responsibility_accepted_at=clock.now(),
            **{
                "announce_at": clock.now(),
                "service": self.service,
                "agreement": "first",
                "need": "En kasse mat",
                **_HERE,
                **columns,
            },
        )
        AskPlace.objects.create(
            ask=ask, words="Exempelvägen 4", door="Portkod 2580", longitude=LON, latitude=LAT
        )
        for week in range(dates):
            day = clock.local(first).date() + timedelta(weeks=week)
            begins = clock.at(day, clock.local(first).time())
            Occasion.objects.create(
                municipality=self.town,
                ask=ask,
                starts_at=begins,
                ends_at=begins + timedelta(hours=2),
                wanted=wanted,
            )
        return ask

    def occasion(self, ask: Ask, number: int = 0) -> Occasion:
        """One date of an ask."""
        return Occasion.objects.of(self.town.id).filter(ask=ask).order_by("starts_at")[number]


def build(code: str = "1283") -> Stage:
    """A town with its services; helpers of shopping stand in the middle of it."""
    town = a_town(code)
    service = Service.objects.of(town.id).get(kind="shopping")
    Service.objects.of(town.id).filter(id=service.id).update(agreement="first")
    return Stage(town, service)
