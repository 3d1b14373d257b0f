"""The first page of a town: two doors for residents, the day's work for who works there."""

import pytest
from django.test import Client

from handtag.kernel.rights import Role
from handtag.login.models import User
from tests.errands import stage
from tests.errands.stage import Stage
from tests.ground import a_town

BEGINS = {
    Role.COORDINATOR: "oversikt/",
    Role.CASEWORKER: "behorigheter/",
    Role.GROUP_COORDINATOR: "grupper/skotsel/",
    Role.CONTACT_CENTRE_AGENT: "telefon/",
    Role.SERVICE_POINT_HOST: "behorigheter/disken/",
    Role.AMBASSADOR: "ambassador/",
    Role.EVALUATOR: "siffror/",
    Role.PROTECTED_IDENTITY_OFFICER: "oversikt/",
    Role.ADMINISTRATOR: "siffror/",
}


@pytest.fixture
def town(db: None) -> Stage:
    return stage.build()


def browser(town: Stage, name: str) -> Client:
    client = Client()
    user = User.objects.create(email=f"{name}@example.org", person=town.people[name])
    client.force_login(user, backend="handtag.login.middleware.sessions.Backend")
    return client


@pytest.mark.parametrize(("role", "path"), BEGINS.items())
def test_who_works_here_begins_with_what_waits(town: Stage, role: Role, path: str) -> None:
    town.person("colleague", role=role)
    answer = browser(town, "colleague").get(f"/{town.town.slug}/", follow=True)
    assert answer.redirect_chain == [(f"/{town.town.slug}/{path}", 302)]
    assert answer.status_code == 200


def test_residents_and_visitors_see_the_doors(town: Stage) -> None:
    town.person("resident")
    for client in (browser(town, "resident"), Client()):
        page = client.get(f"/{town.town.slug}/")
        assert (page.status_code, b'class="doors"' in page.content) == (200, True)


def test_who_is_not_with_the_town_is_asked_in(town: Stage) -> None:
    town.person("resident")
    next_door = a_town("1260").slug
    page = browser(town, "resident").get(f"/{next_door}/hjalpa-till/")
    assert page.status_code == 403
    assert f"/{next_door}/valkommen/?next=/{next_door}/hjalpa-till/" in page.content.decode()
