"""Somebody who wants help, somebody who helps them to ask, staff, and a town and its neighbour."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Self

import pytest
from django.test import Client

from handtag.kernel import clock
from handtag.kernel.actor import Actor, Hat, system
from handtag.kernel.rights import Role
from handtag.mandates.actions import make_mandate
from handtag.mandates.models import Mandate
from handtag.mandates.queries import within
from handtag.mandates.rules import CONSENT, NewMandate
from handtag.people.actions import give_role
from tests.errands.asked import AskTown
from tests.ground import laid_out


def new(**said: Any) -> NewMandate:
    """A mandate for a year, as it is most often made."""
    today = clock.today()
    usual: dict[str, Any] = {
        "kind": "relative",
        "evidence": "Körkort",
        "evidence_on": today,
        "consent": CONSENT,
        "consent_how": "by_phone",
        "consent_on": today,
        "starts_on": today,
        "ends_on": today + timedelta(days=300),
    }
    return NewMandate(**{**usual, **said})


class MandateTown(AskTown):
    """A town in which one acts for another."""

    def cast(self) -> Self:
        """Who wants help, her daughter, and the contact centre."""
        self.greta, self.anna = self.person("Greta"), self.person("Anna")
        self.petra = self.staff(Role.CONTACT_CENTRE_AGENT, "Petra")
        return self

    @classmethod
    def with_cast(cls, code: str = "1283") -> Self:
        """The town and everybody in it."""
        return cls(code).cast()

    def staff(self, role: Role, name: str = "Maria") -> Actor:
        """Somebody who holds the role, in the book too."""
        by = super().staff(role, name)
        give_role(by=system(self.id), person_id=by.person, role=role)
        return by

    def mandate(self, helped: Actor | None = None, proxy: Actor | None = None, **said: Any) -> Mandate:
        helped, proxy = helped or self.greta, proxy or self.anna
        return make_mandate(by=self.petra, helped_id=helped.person, proxy_id=proxy.person, new=new(**said))

    def acting(self, mandate: Mandate) -> Actor:
        """The proxy in the name of the helped, as the middleware lets them in."""
        proxy = Actor(mandate.proxy_id, self.id, (Hat(Role.RESIDENT),))
        return proxy.in_name_of(mandate.helped_id, within(mandate))

    def begin(self, mandate: Mandate) -> Client:
        """A browser in which the proxy has begun."""
        client = self.client(Actor(mandate.proxy_id, self.id, (Hat(Role.RESIDENT),)))
        answer = client.post(f"/{self.slug}/jag-hjalper-nagon/{mandate.id}/borja/")
        assert answer["Location"] == f"/{self.slug}/mina-fragor/"
        return client


@pytest.fixture
def town(db: None) -> MandateTown:
    return laid_out(MandateTown.with_cast)


@pytest.fixture
def neighbour(db: None) -> MandateTown:
    return laid_out(MandateTown.with_cast, "1260")


@pytest.fixture
def officer(town: MandateTown) -> Callable[[], Actor]:
    return lambda: town.staff(Role.PROTECTED_IDENTITY_OFFICER, "Per")
