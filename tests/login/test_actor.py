"""Who acts: built of the session and the roles in force, in few queries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from handtag.kernel import clock, ids
from handtag.kernel.actor import Actor, Hat
from handtag.kernel.rights import STAFF, Role
from handtag.login import middleware, rules
from handtag.login.models import User
from handtag.people.actions import erase_person, give_role, take_role
from handtag.people.models import RoleHeld
from handtag.people.queries import scopes
from tests.login.conftest import Town

BACKEND = "handtag.login.middleware.sessions.Backend"
Enter = Callable[[Actor], Client]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What a page was handed last."""
    from handtag.login.views import onward

    last: dict[str, Any] = {}

    def spy(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        last.update(actor=request.actor, name=request.person_name, roles=request.roles_here)
        return HttpResponse("seen")

    monkeypatch.setattr("handtag.login.views.welcome._join", spy)
    monkeypatch.setattr("handtag.login.views.welcome._elsewhere", lambda request, town: "")
    assert onward
    return last


def look(client: Client, town: Town) -> None:
    assert client.get(f"/{town.slug}/valkommen/").status_code == 200


def test_a_resident_acts_as_one(town: Town, client_of: Enter, seen: dict[str, Any]) -> None:
    asker = town.person("Gun-Britt", family_name="Ek")
    look(client_of(asker), town)
    assert (seen["actor"].person_id, seen["actor"].municipality_id) == (asker.person_id, town.id)
    assert seen["actor"].role == Role.RESIDENT
    assert seen["name"] == "Gun-Britt Ek"


def test_a_coordinator_has_the_hat_on_and_is_a_resident_too(
    town: Town, client_of: Enter, seen: dict[str, Any]
) -> None:
    look(client_of(town.person("Maria", "coordinator")), town)
    assert [hat.role for hat in seen["actor"].hats] == [Role.RESIDENT, Role.COORDINATOR]


def test_one_staff_hat_is_on_at_a_time_and_can_be_changed(
    town: Town, client_of: Enter, seen: dict[str, Any]
) -> None:
    maria = town.person("Maria", "coordinator", "caseworker")
    client = client_of(maria)
    look(client, town)
    assert seen["actor"].role == Role.COORDINATOR
    chosen = RoleHeld.objects.of(town.id).get(role="caseworker")
    assert client.post("/byt-roll/", {"hat": str(chosen.id)})["Location"] == f"/{town.slug}/"
    look(client, town)
    assert seen["actor"].role == Role.CASEWORKER
    assert not seen["actor"].may(next(iter(STAFF and {_right("give_roles")})))
    assert seen["roles"] == 3


def test_choosing_to_be_a_resident_takes_the_hat_off(
    town: Town, client_of: Enter, seen: dict[str, Any]
) -> None:
    client = client_of(town.person("Maria", "coordinator"))
    resident = RoleHeld.objects.of(town.id).get(role="resident")
    client.post("/byt-roll/", {"hat": str(resident.id)})
    look(client, town)
    assert not seen["actor"].is_staff


def test_a_hat_of_somebody_else_cannot_be_put_on(town: Town, client_of: Enter, seen: dict[str, Any]) -> None:
    town.person("Maria", "coordinator")
    theirs = RoleHeld.objects.of(town.id).get(role="coordinator")
    client = client_of(town.person("Nils"))
    assert client.post("/byt-roll/", {"hat": str(theirs.id)}).status_code == 200
    look(client, town)
    assert not seen["actor"].is_staff


def test_in_another_town_one_is_nobody(
    town: Town, neighbour: Town, client_of: Enter, seen: dict[str, Any]
) -> None:
    look(client_of(town.person("Maria", "coordinator")), neighbour)
    assert seen["actor"].hats == ()
    assert seen["actor"].rights == frozenset()


def test_a_role_that_was_taken_is_off_at_once(town: Town, client_of: Enter, seen: dict[str, Any]) -> None:
    town.person("Anna", "coordinator")
    maria = town.person("Maria", "coordinator")
    client = client_of(maria)
    look(client, town)
    take_role(by=town.product, person_id=maria.person, role="coordinator")
    assert client.get("/mina-inloggningar/").status_code == 302  # logged out everywhere
    client.force_login(User.objects.get(person_id=maria.person), backend=BACKEND)
    look(client, town)
    assert seen["actor"].role == Role.RESIDENT


def test_a_role_that_has_run_out_is_off(town: Town, client_of: Enter, seen: dict[str, Any]) -> None:
    client = client_of(town.person("Maria", "caseworker"))
    RoleHeld.objects.of(town.id).filter(role="caseworker").update(until=clock.now() - timedelta(seconds=1))
    look(client, town)
    assert not seen["actor"].is_staff


def test_whoever_is_erased_is_nobody(town: Town, client_of: Enter) -> None:
    nils = town.person("Nils")
    client = client_of(nils)
    erase_person(by=town.product, person_id=nils.person)
    assert nils.person_id is not None
    assert str(nils.person_id).encode() not in client.get("/mina-inloggningar/").content


def test_a_narrowed_role_keeps_its_narrowing(town: Town, client_of: Enter, seen: dict[str, Any]) -> None:
    nils, group = town.person("Nils"), scopes(town.product)["groups"][0].id
    give_role(by=town.product, person_id=nils.person, role="group_coordinator", groups=[group])
    look(client_of(nils), town)
    assert seen["actor"].hat.groups == {group}


def test_a_visitor_costs_nothing_and_who_is_logged_in_three(
    town: Town, client_of: Enter, django_assert_num_queries: Any
) -> None:
    client = client_of(town.person("Maria", "coordinator", "caseworker"))
    known = middleware.actor(lambda request: HttpResponse())
    request: Any = RequestFactory().get(f"/{town.slug}/")
    request.municipality = town.municipality
    with django_assert_num_queries(3):
        _through(request, client, known)
    assert request.actor.is_staff
    visitor: Any = RequestFactory().get(f"/{town.slug}/")
    visitor.municipality, visitor.user = town.municipality, AnonymousUser()
    with django_assert_num_queries(0):
        _through(visitor, Client(), known)
    assert visitor.actor.person_id is None


def _through(request: Any, client: Client, known: Any) -> None:
    from django.contrib.auth.middleware import AuthenticationMiddleware
    from django.contrib.sessions.middleware import SessionMiddleware

    request.COOKIES = {key: morsel.value for key, morsel in client.cookies.items()}
    SessionMiddleware(lambda _request: HttpResponse()).process_request(request)
    AuthenticationMiddleware(lambda _request: HttpResponse()).process_request(request)
    known(request)


def test_a_personal_page_is_kept_by_no_browser(town: Town, client_of: Enter) -> None:
    page = client_of(town.person("Maria")).get("/mina-inloggningar/")
    assert page["Cache-Control"] == "private, no-store"


def _right(name: str) -> Any:
    from handtag.kernel.rights import Right

    return Right(name)


roles = st.sampled_from([role for role in Role if role != Role.SYSTEM])
held = st.lists(roles, max_size=6, unique=True).map(
    lambda some: [rules.Held(Hat(role, ids.new()), None) for role in some]
)


@given(held, st.integers(0, 6))
def test_never_more_than_one_staff_hat_and_never_one_not_held(some: list[rules.Held], pick: int) -> None:
    chosen = str(some[pick].hat.id) if pick < len(some) else "nonsense"
    worn = rules.wear(some, chosen)
    assert set(worn.hats) <= {each.hat for each in some}
    staff = [hat for hat in worn.hats if hat.role in STAFF]
    assert len(staff) <= 1
    wanted = some[pick].hat if pick < len(some) else None
    assert wanted is None or wanted in worn.hats
