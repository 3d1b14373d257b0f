"""A town with an ambassador of the home care, and somebody whom she meets."""

from typing import Any, Self

import pytest

from handtag.ambassadors.actions import take_on
from handtag.ambassadors.rules import NewHelped
from handtag.kernel.actor import Actor, Hat
from handtag.kernel.rights import Role
from handtag.mandates.models import Mandate
from handtag.people.models import Person
from tests.ground import laid_out
from tests.mandates.conftest import MandateTown


class NearTown(MandateTown):
    """A town where staff ask for those they meet."""

    def cast(self) -> Self:
        """The contact centre, an ambassador, and her colleague."""
        super().cast()
        self.vera, self.lars = self.staff(Role.AMBASSADOR, "Vera"), self.staff(Role.AMBASSADOR, "Lars")
        return self

    def take_on(self, by: Actor | None = None, **said: Any) -> Mandate:
        usual: dict[str, Any] = {
            "given_name": "Rune",
            "family_name": "Palm",
            "phone": "042-400 04 20",
            "consent_how": "in_person",
        }
        return take_on(by=by or self.vera, said=NewHelped(**{**usual, **said}))

    def helped(self, mandate: Mandate) -> Person:
        return Person.objects.get(pk=mandate.helped_id)

    def proxy(self, mandate: Mandate, by: Actor | None = None) -> Actor:
        """The ambassador in the name of the helped."""
        who = by or self.vera
        return Actor(who.person_id, self.id, (Hat(Role.RESIDENT),)).in_name_of(mandate.helped_id)

    def url(self, path: str) -> str:
        return f"/{self.slug}/ambassador/{path}"


@pytest.fixture
def town(db: None) -> NearTown:
    return laid_out(NearTown.with_cast)


@pytest.fixture
def neighbour(db: None) -> NearTown:
    return laid_out(NearTown.with_cast, "1260")
