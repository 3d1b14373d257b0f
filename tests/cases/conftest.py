"""A town in which an errand was agreed, and people of every kind around it."""

from dataclasses import dataclass

import pytest
from django.test import Client

from handtag.errands.actions.meeting import make_offer
from handtag.errands.models import Errand
from handtag.kernel.actor import Actor, Hat
from handtag.kernel.rights import Role
from handtag.login.models import User
from handtag.municipalities.models import Committee
from handtag.people.models import Person
from handtag.permits.models import Service
from tests.errands import stage
from tests.errands.stage import Stage


@dataclass
class Desk:
    """The stage, the errand on it, and who works there."""

    stage: Stage
    errand: Errand

    def actor(self, name: str) -> Actor:
        """Somebody by name."""
        return self.stage.actor(name)

    def client(self, name: str) -> Client:
        """A browser in which they are logged in."""
        person = self.stage.people[name]
        user, _ = User.objects.get_or_create(email=person.email, person=person)
        client = Client()
        Person.objects.filter(pk=person.pk).update(language="en")
        client.force_login(user, backend="handtag.login.middleware.sessions.Backend")
        return client

    def path(self, rest: str) -> str:
        """An address in the town."""
        return f"/{self.stage.town.slug}/{rest}"

    def put_under_social_services(self) -> Committee:
        """Let the errand's service fall under the social services' frame; returns its committee."""
        committee = Committee.objects.of(self.stage.town.id).get(name="Socialnämnden")
        Service.objects.of(self.stage.town.id).filter(pk=self.stage.service.pk).update(
            frame="social", committee=committee
        )
        return committee

    def of_committee(self, name: str, committee: Committee) -> Actor:
        """The same person with a role that names the committee."""
        actor = self.actor(name)
        hats = tuple(Hat(hat.role, hat.id, committees=frozenset({committee.id})) for hat in actor.hats)
        return Actor(actor.person_id, actor.municipality_id, hats)


@pytest.fixture
def desk(db: None) -> Desk:
    """An asker, a helper who said yes, and staff: coordinator, caseworker, officer, evaluator."""
    town = stage.build()
    helper = town.helper("helper")
    town.person("asker")
    for name in ("coordinator", "caseworker", "evaluator"):
        town.person(name, role=Role(name))
    town.person("officer", role=Role.PROTECTED_IDENTITY_OFFICER)
    ask = town.ask("asker")
    offer = make_offer(by=helper, occasion_id=town.occasion(ask).id)
    return Desk(town, Errand.objects.of(town.town.id).get(offer=offer))
