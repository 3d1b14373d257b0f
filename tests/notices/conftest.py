"""A town with people who have a telephone, and a provider that carries text messages."""

from collections.abc import Callable, Iterator
from datetime import date, time
from typing import Any

import pytest

from handtag.kernel import clock, vapid
from handtag.kernel.actor import Actor, Hat
from handtag.kernel.rights import Role
from handtag.municipalities.models import Municipality
from handtag.notices import actions
from handtag.notices.messages import Letter
from handtag.notices.models import Notice
from handtag.people.models import Person, RoleHeld
from tests.ground import a_town
from tests.notices import pushes as push_services
from tests.notices.elks import Elks, running
from tests.notices.pushes import Browser, Pushes

NOON = clock.at(date(2026, 11, 26), time(12))
Make = Callable[..., Person]


@pytest.fixture
def elks(settings: Any) -> Iterator[Elks]:
    """The provider, known by its address alone, at noon."""
    with running() as server, clock.travelling(NOON):
        settings.SMS_URL = server.url
        yield server


@pytest.fixture
def pushes(settings: Any) -> Iterator[Pushes]:
    """A push service, and a key to sign with, at noon."""
    with push_services.running() as server, clock.travelling(NOON):
        allow_push(settings, server)
        server.now = NOON
        yield server


def allow_push(settings: Any, server: Pushes) -> None:
    """Settings as an operator with this push service has them."""
    settings.VAPID_PRIVATE_KEY = vapid.new()
    settings.EGRESS_ALLOW = ["127.0.0.1"]
    server.public_key = vapid.public_text(vapid.private_key(settings.VAPID_PRIVATE_KEY))


def turn_on(person: Person, town: Municipality, browser: Browser) -> Browser:
    """The person turns notices on in this browser."""
    actions.subscribe(by=as_(person, town), device=actions.Device(**browser.form))
    return browser


@pytest.fixture
def town(db: None) -> Municipality:
    return a_town("1283")


@pytest.fixture
def make(town: Municipality) -> Make:
    """Somebody who lives in the town."""

    def made(phone: str = "+46701740605", at: Municipality = town, **details: Any) -> Person:
        person = Person.objects.create(given_name="Test", phone=phone, **details)
        RoleHeld.objects.create(person=person, municipality=at, role="resident")
        return person

    return made


def as_(person: Person, town: Municipality) -> Actor:
    """The person at work in the town."""
    return Actor(person.id, town.id, (Hat(Role.RESIDENT),))


def tell(person: Person, town: Municipality | None = None, **more: Any) -> Notice:
    """Something happens that the person is told of."""
    question = more.pop("question", False)
    words = Letter("Något nytt", "Hemligt om Elsa", "https://x.example/a/", question)
    return actions.tell(
        municipality_id=town.id if town else None,
        person_id=person.id,
        kind=more.pop("kind", "errand.agreed"),
        write=lambda: words,
        **more,
    )


def again(notice: Notice) -> Notice:
    """The notice as it stands."""
    return Notice.objects.everywhere().get(pk=notice.pk)
