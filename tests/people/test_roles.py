"""Roles are given and taken."""

import uuid
from typing import Any

import pytest

from handtag.history.models import Entry
from handtag.kernel.actor import Actor, Hat
from handtag.kernel.errors import NotAllowed, NotFound, Problem, TooLate
from handtag.kernel.rights import IN_PARTNERSHIP, ROLES, STAFF, Right, Role
from handtag.municipalities.queries import committees
from handtag.people import actions, queries
from handtag.people.actions import roles as roles_room
from handtag.people.models import Person, RoleHeld
from handtag.people.rules import giving
from tests.municipalities.ground import Town


def roles(town: Town, person_id: uuid.UUID) -> set[Role]:
    return {hat.role for hat in queries.hats(person_id, town.id)}


def test_a_role_counts_at_once(town: Town, coordinator: Actor, anna: Person) -> None:
    actions.give_role(by=coordinator, person_id=anna.id, role=Role.CASEWORKER)
    assert town.actor(anna).may(Right.DECIDE_PERMITS)
    entry = Entry.objects.get(verb="role.given", about_id=anna.id, facts__given_role="caseworker")
    assert entry.actor_id == coordinator.person


def test_a_role_may_be_narrowed_and_narrowed_anew(town: Town, coordinator: Actor, anna: Person) -> None:
    one, other = (committee.id for committee in committees(town.id))
    give: dict[str, Any] = {"by": coordinator, "person_id": anna.id, "role": Role.CASEWORKER}
    actions.give_role(**give, committees=[one])
    assert town.actor(anna).may(Right.DECIDE_PERMITS, committee_id=one)
    assert not town.actor(anna).may(Right.DECIDE_PERMITS, committee_id=other)
    actions.give_role(**give, committees=[other])
    assert town.actor(anna).may(Right.DECIDE_PERMITS, committee_id=other)
    assert RoleHeld.objects.of(town.id).filter(person=anna, role="caseworker").count() == 1


def test_the_table_of_who_gives_what() -> None:
    """Written out, so that a change of it is seen."""
    in_town = STAFF - IN_PARTNERSHIP
    assert giving.GIVES[Role.COORDINATOR] == in_town - {Role.PROTECTED_IDENTITY_OFFICER}
    assert giving.GIVES[Role.ADMINISTRATOR] == in_town
    assert set(giving.GIVES) == {Role.COORDINATOR, Role.ADMINISTRATOR, Role.SYSTEM}
    assert all(Right.GIVE_ROLES in ROLES[role] for role in giving.GIVES)


@pytest.mark.parametrize("role", [*sorted(IN_PARTNERSHIP), Role.PROTECTED_IDENTITY_OFFICER, Role.SYSTEM])
def test_a_coordinator_gives_no_role_beyond_the_table(coordinator: Actor, anna: Person, role: Role) -> None:
    with pytest.raises(NotAllowed):
        actions.give_role(by=coordinator, person_id=anna.id, role=role)


def test_an_administrator_makes_an_officer(town: Town, administrator: Actor, anna: Person) -> None:
    actions.give_role(by=administrator, person_id=anna.id, role=Role.PROTECTED_IDENTITY_OFFICER)
    assert Role.PROTECTED_IDENTITY_OFFICER in roles(town, anna.id)


def test_nobody_gives_a_role_to_themselves(administrator: Actor) -> None:
    with pytest.raises(Problem) as refusal:
        actions.give_role(
            by=administrator, person_id=administrator.person, role=Role.PROTECTED_IDENTITY_OFFICER
        )
    assert refusal.value.field == "role"


def test_a_narrowed_giver_gives_no_wider_than_they_have(town: Town, anna: Person) -> None:
    own, other = (committee.id for committee in committees(town.id))
    narrow = Actor(uuid.uuid4(), town.id, (Hat(Role.COORDINATOR, committees=frozenset([own])),))
    for wider in ((), (other,), (own, other)):
        with pytest.raises(NotAllowed):
            actions.give_role(by=narrow, person_id=anna.id, role=Role.CASEWORKER, committees=wider)
    actions.give_role(by=narrow, person_id=anna.id, role=Role.CASEWORKER, committees=[own])


def test_what_a_role_may_be_narrowed_to() -> None:
    """Only that which its rights are asked about; written out, so that a change of it is seen."""
    by_service = {Role.COORDINATOR, Role.CASEWORKER, Role.SERVICE_POINT_HOST, Role.ADMINISTRATOR}
    by_service |= {Role.PROTECTED_IDENTITY_OFFICER}
    assert {
        role for role, kinds in giving.NARROWS.items() if kinds == ("services", "committees")
    } == by_service
    assert {role for role, kinds in giving.NARROWS.items() if "groups" in kinds} == {Role.GROUP_COORDINATOR}


@pytest.mark.parametrize(
    ("role", "kind"),
    [(Role.GROUP_COORDINATOR, "services"), (Role.CASEWORKER, "groups"), (Role.AMBASSADOR, "committees")],
)
def test_a_narrowing_that_nothing_asks_about_is_refused(
    town: Town, coordinator: Actor, anna: Person, role: Role, kind: str
) -> None:
    one = queries.scopes(coordinator)[kind][0]
    narrowed: dict[str, Any] = {kind: [one.id]}
    with pytest.raises(Problem) as refusal:
        actions.give_role(by=coordinator, person_id=anna.id, role=role, **narrowed)
    assert refusal.value.field == kind
    assert roles(town, anna.id) == {Role.RESIDENT}


def test_a_role_is_narrowed_to_what_the_town_has(coordinator: Actor, neighbour: Town, anna: Person) -> None:
    theirs = queries.scopes(neighbour.product)
    for role, kind in ((Role.CASEWORKER, "services"), (Role.GROUP_COORDINATOR, "groups")):
        for one in (theirs[kind][0].id, uuid.uuid4()):
            narrowed: dict[str, Any] = {kind: [one]}
            with pytest.raises(NotFound):
                actions.give_role(by=coordinator, person_id=anna.id, role=role, **narrowed)


def test_what_it_is_narrowed_to_is_written_down(town: Town, coordinator: Actor, anna: Person) -> None:
    one = queries.scopes(coordinator)["services"][0].id
    actions.give_role(by=coordinator, person_id=anna.id, role=Role.CASEWORKER, services=[one])
    assert Entry.objects.get(verb="role.given", about_id=anna.id, facts__given_role="caseworker").facts == {
        "given_role": "caseworker",
        "services": [str(one)],
    }


def test_a_narrowed_giver_offers_what_is_within_their_own(town: Town, coordinator: Actor) -> None:
    one, other = queries.scopes(coordinator)["services"][:2]
    narrow = town.staff(Role.COORDINATOR, "Moa", services=[one.id])
    assert [each.id for each in queries.offered(narrow)["services"]] == [one.id]
    assert {one.id, other.id} <= {each.id for each in queries.offered(coordinator)["services"]}
    assert queries.bound(narrow) == {"services"}
    # An ambassador's role counts for the whole town: wider than the giver's own.
    assert Role.AMBASSADOR not in queries.givable(narrow)
    assert Role.CASEWORKER in queries.givable(narrow)


def test_a_narrowed_giver_leaves_a_wider_role_alone(town: Town, coordinator: Actor, anna: Person) -> None:
    one, other = queries.scopes(coordinator)["services"][:2]
    narrow = town.staff(Role.COORDINATOR, "Moa", services=[one.id])
    actions.give_role(by=coordinator, person_id=anna.id, role=Role.CASEWORKER, services=[other.id])
    with pytest.raises(Problem):
        actions.give_role(by=narrow, person_id=anna.id, role=Role.CASEWORKER, services=[one.id])
    with pytest.raises(NotAllowed):
        actions.take_role(by=narrow, person_id=anna.id, role=Role.CASEWORKER)
    assert not next(line for line in queries.staff(narrow) if line.person_id == anna.id).may_take
    assert town.actor(anna).may(Right.DECIDE_PERMITS, service_id=other.id)
    actions.give_role(by=coordinator, person_id=anna.id, role=Role.CASEWORKER, services=[one.id])
    actions.take_role(by=narrow, person_id=anna.id, role=Role.CASEWORKER)


def test_a_colleague_may_be_appointed_narrowly(town: Town, coordinator: Actor) -> None:
    one = queries.scopes(coordinator)["services"][0].id
    new: dict[str, Any] = {"email": "ny@example.se", "given_name": "Ny", "role": "caseworker"}
    held = actions.appoint(by=coordinator, **new, services=[one])
    assert queries.hats(held.person_id, town.id)[0].services == {one}
    assert actions.appoint(by=coordinator, **new, services=[one]).services == [str(one)]


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.CASEWORKER, Role.AMBASSADOR, Role.EVALUATOR])
def test_without_the_right_nobody_gives(town: Town, anna: Person, role: Role) -> None:
    by = Actor(uuid.uuid4(), town.id, (Hat(role),))
    with pytest.raises(NotAllowed):
        actions.give_role(by=by, person_id=anna.id, role=Role.AMBASSADOR)
    with pytest.raises(NotAllowed):
        actions.appoint(by=by, email="x@example.se", given_name="X", role=Role.AMBASSADOR)
    with pytest.raises(NotAllowed):
        actions.take_role(by=by, person_id=anna.id, role=Role.RESIDENT)


def test_who_is_not_here_gets_no_role(
    neighbour: Town, coordinator: Actor, bjuv_coordinator: Actor, anna: Person, hidden: Person
) -> None:
    for by, person_id in (
        (bjuv_coordinator, anna.id),
        (coordinator, hidden.id),
        (coordinator, uuid.uuid4()),
    ):
        with pytest.raises(NotFound):
            actions.give_role(by=by, person_id=person_id, role=Role.AMBASSADOR)


def test_a_role_that_is_none_is_not_found(coordinator: Actor, anna: Person) -> None:
    with pytest.raises(NotFound):
        actions.give_role(by=coordinator, person_id=anna.id, role="king")
    with pytest.raises(NotFound):
        actions.take_role(by=coordinator, person_id=anna.id, role="king")


def test_twice_is_once(town: Town, coordinator: Actor, anna: Person) -> None:
    for _again in range(2):
        actions.give_role(by=coordinator, person_id=anna.id, role=Role.AMBASSADOR)
    assert RoleHeld.objects.of(town.id).filter(person=anna, role="ambassador").count() == 1
    assert Entry.objects.filter(verb="role.given", facts__given_role="ambassador").count() == 1


def test_a_new_colleague_is_known_as_staff_alone(town: Town, coordinator: Actor) -> None:
    held = actions.appoint(
        by=coordinator, email=" Ny@Example.se", given_name="Ny", family_name="Kollega", role="caseworker"
    )
    assert held.person.email == "ny@example.se"
    assert roles(town, held.person_id) == {Role.CASEWORKER}
    again = actions.appoint(by=coordinator, email="ny@example.se", given_name="", role="ambassador")
    assert again.person_id == held.person_id


def test_a_colleague_needs_an_address_and_a_name(coordinator: Actor) -> None:
    with pytest.raises(Problem) as refusal:
        actions.appoint(by=coordinator, email=" ", given_name="X", role="caseworker")
    assert refusal.value.field == "email"
    with pytest.raises(Problem) as refusal:
        actions.appoint(by=coordinator, email="x@example.se", given_name=" ", role="caseworker")
    assert refusal.value.field == "given_name"


def test_appointing_says_nothing_of_who_is_hidden(coordinator: Actor, hidden: Person) -> None:
    with pytest.raises(Problem) as refusal:
        actions.appoint(by=coordinator, email=hidden.email, given_name="", role="ambassador")
    assert refusal.value.field == "given_name"
    held = actions.appoint(by=coordinator, email=hidden.email, given_name="N", role="ambassador")
    assert held.person_id != hidden.id


def test_a_role_is_taken_at_once(town: Town, coordinator: Actor, anna: Person) -> None:
    actions.give_role(by=coordinator, person_id=anna.id, role=Role.AMBASSADOR)
    actions.take_role(by=coordinator, person_id=anna.id, role=Role.AMBASSADOR)
    actions.take_role(by=coordinator, person_id=anna.id, role=Role.AMBASSADOR)
    assert roles(town, anna.id) == {Role.RESIDENT}
    assert Entry.objects.filter(verb="role.taken").count() == 1


def test_one_lays_down_ones_own(town: Town, caseworker: Actor) -> None:
    actions.take_role(by=caseworker, person_id=caseworker.person, role=Role.CASEWORKER)
    assert roles(town, caseworker.person) == {Role.RESIDENT}


def test_what_one_may_not_give_one_may_not_take(coordinator: Actor, officer: Actor) -> None:
    with pytest.raises(NotAllowed):
        actions.take_role(by=coordinator, person_id=officer.person, role=Role.PROTECTED_IDENTITY_OFFICER)


def test_the_neighbours_roles_stay(town: Town, bjuv_coordinator: Actor, caseworker: Actor) -> None:
    with pytest.raises(NotFound):
        actions.take_role(by=bjuv_coordinator, person_id=caseworker.person, role=Role.CASEWORKER)
    assert Role.CASEWORKER in roles(town, caseworker.person)


def test_a_role_that_was_never_held_is_not_found(coordinator: Actor, anna: Person) -> None:
    with pytest.raises(NotFound):
        actions.take_role(by=coordinator, person_id=anna.id, role=Role.EVALUATOR)


def test_the_last_coordinator_stays(town: Town, coordinator: Actor, administrator: Actor) -> None:
    for by in (coordinator, administrator):
        with pytest.raises(Problem):
            actions.take_role(by=by, person_id=coordinator.person, role=Role.COORDINATOR)
    second = town.staff(Role.COORDINATOR, "Moa")
    actions.take_role(by=second, person_id=coordinator.person, role=Role.COORDINATOR)
    assert Role.COORDINATOR not in roles(town, coordinator.person)


def test_the_neighbours_coordinator_does_not_count(coordinator: Actor, bjuv_coordinator: Actor) -> None:
    with pytest.raises(Problem):
        actions.take_role(by=coordinator, person_id=coordinator.person, role=Role.COORDINATOR)


@pytest.mark.race
def test_two_coordinators_take_each_other_at_the_same_moment(at_once, town: Town) -> None:
    one, other = town.staff(Role.COORDINATOR, "Maria"), town.staff(Role.COORDINATOR, "Moa")
    at_once(
        lambda: actions.take_role(by=one, person_id=other.person, role=Role.COORDINATOR),
        lambda: actions.take_role(by=other, person_id=one.person, role=Role.COORDINATOR),
    )
    assert RoleHeld.objects.of(town.id).filter(role="coordinator", until=None).count() == 1


@pytest.mark.race
def test_the_same_role_at_the_same_moment_is_one(at_once, town: Town) -> None:
    person = town.resident("Bo")
    outcomes = at_once(
        *[lambda: actions.give_role(by=town.product, person_id=person.id, role="ambassador")] * 4
    )
    assert all(isinstance(one, RoleHeld | TooLate) for one in outcomes)
    assert RoleHeld.objects.of(town.id).filter(person=person, role="ambassador", until=None).count() == 1


def test_rooms_above_hear_of_it(coordinator: Actor, anna: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[Role, bool]] = []
    listen = [lambda by, change: heard.append((change.role, change.given))]
    monkeypatch.setattr(roles_room, "AFTER_ROLE", listen)
    actions.give_role(by=coordinator, person_id=anna.id, role=Role.AMBASSADOR)
    actions.take_role(by=coordinator, person_id=anna.id, role=Role.AMBASSADOR)
    assert heard == [(Role.AMBASSADOR, True), (Role.AMBASSADOR, False)]


def test_the_table_on_screen_leaves_out_who_is_hidden(
    town: Town, coordinator: Actor, administrator: Actor, hidden: Person, officer: Actor
) -> None:
    actions.give_role(by=town.product, person_id=hidden.id, role=Role.AMBASSADOR)
    assert hidden.id not in {line.person_id for line in queries.staff(coordinator)}
    both = Actor(administrator.person, town.id, (*administrator.hats, *officer.hats))
    assert hidden.id in {line.person_id for line in queries.staff(both)}
    assert [line.name for line in queries.staff(administrator) if line.role == Role.COORDINATOR] == [
        "Maria Stab"
    ]


def test_all_of_ones_own_roles(town: Town, neighbour: Town, anna: Person) -> None:
    actions.become_resident(by=Actor(anna.id, neighbour.id), person_id=anna.id)
    held = queries.roles_of(anna.id)
    assert [(one.role, one.municipality_id) for one in held] == [
        (Role.RESIDENT, town.id),
        (Role.RESIDENT, neighbour.id),
    ]
    assert held[0].hat == queries.hats(anna.id, town.id)[0]
