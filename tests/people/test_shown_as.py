"""What somebody is called: every role, every protection, near and far, over all of them at once."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handtag.kernel import ids
from handtag.kernel.actor import Actor, Hat
from handtag.kernel.rights import ROLES, Right, Role
from handtag.people.models import Person
from handtag.people.queries import contact_of, names, shown_as
from tests.municipalities.ground import Town

HERE = UUID(int=1)


@dataclass(frozen=True)
class Somebody:
    """A row with the columns of a person."""

    id: UUID
    given_name: str
    family_name: str
    chosen_name: str
    protection: str
    erased_at: datetime | None
    phone: str = "+46701740605"
    email: str = "anna@example.se"


words = st.text("abcdefghåäö", min_size=3, max_size=8)
people = st.builds(
    Somebody,
    id=st.uuids(),
    given_name=words.map(lambda word: f"G{word}"),
    family_name=words.map(lambda word: f"F{word}"),
    chosen_name=st.one_of(st.just(""), words.map(lambda word: f"C{word}")),
    protection=st.sampled_from(Person.Protection.values),
    erased_at=st.one_of(st.none(), st.none(), st.just(datetime(2026, 1, 1, tzinfo=UTC))),
)
hats = st.lists(st.sampled_from(list(Role)), max_size=3).map(lambda roles: tuple(Hat(one) for one in roles))


def reader(person: Somebody, worn: tuple[Hat, ...], relation: str, other: UUID) -> Actor:
    """Somebody with these hats who is the person, acts for them, is another, or is nobody."""
    by = {"self": person.id, "nobody": None}.get(relation, other)
    return Actor(by, HERE, worn, behalf_of=person.id if relation == "proxy" else None)


@given(people, hats, st.sampled_from(["self", "proxy", "other", "nobody"]), st.booleans(), st.uuids())
def test_a_name_is_told_to_whom_it_may(
    person: Somebody, worn: tuple[Hat, ...], relation: str, close: bool, other: UUID
) -> None:
    """The table of law.md, as properties that hold for every combination."""
    to = reader(person, worn, relation, other)
    shown = shown_as(person, to=to, close=close)
    contact = contact_of(person, to=to, close=close)
    rights = {right for hat in worn for right in ROLES[hat.role]}
    own = relation in ("self", "proxy")
    officer = Right.KEEP_PROTECTED in rights

    assert shown
    if person.erased_at is not None:
        assert person.given_name not in shown
        assert (contact.phone, contact.email) == ("", "")
    elif own:
        assert shown == f"{person.given_name} {person.family_name}"
    elif person.protection != "none" and not officer:
        assert person.given_name not in shown
        assert person.family_name not in shown
        assert shown == (person.chosen_name or shown)
        assert (contact.phone, contact.email) == ("", "")
    elif not (officer or close or Right.SEE_PEOPLE in rights):
        assert person.family_name not in shown
        assert (contact.phone, contact.email) == ("", "")
    else:
        assert shown == f"{person.given_name} {person.family_name}"


@given(
    people, st.booleans(), st.sampled_from([role for role in Role if Right.KEEP_PROTECTED not in ROLES[role]])
)
def test_all_without_the_role_see_a_protected_person_alike(person: Somebody, close: bool, role: Role) -> None:
    stranger = shown_as(person, to=Actor(ids.new(), HERE, (Hat(Role.RESIDENT),)))
    if person.protection != "none":
        assert shown_as(person, to=Actor(ids.new(), HERE, (Hat(role),)), close=close) == stranger


def test_whom_only_one_name_is_known_of() -> None:
    nameless = Somebody(ids.new(), "", "", "", "none", None)
    assert shown_as(nameless, to=Actor(ids.new(), HERE))
    first = Somebody(ids.new(), "Anna", "", "", "none", None)
    assert shown_as(first, to=Actor(ids.new(), HERE), close=True) == "Anna"


def test_many_names_cost_one_query(
    town: Town, anna: Person, hidden: Person, coordinator: Actor, officer: Actor, django_assert_num_queries
) -> None:
    both = [anna.id, hidden.id]
    with django_assert_num_queries(1):
        assert names(coordinator, both) == {anna.id: "Anna Ek", hidden.id: "Kim"}
    assert names(officer, both) == {anna.id: "Anna Ek", hidden.id: "Zelda Hemlig"}
    assert names(town.actor(hidden), both) == {anna.id: "Anna", hidden.id: "Zelda Hemlig"}


def test_the_neighbours_staff_learn_no_name(anna: Person, bjuv_coordinator: Actor) -> None:
    shown = names(bjuv_coordinator, [anna.id])
    assert set(shown) == {anna.id}
    assert "Anna" not in shown[anna.id]


def test_asking_for_nobody_asks_nothing(coordinator: Actor, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert names(coordinator, []) == {}


@pytest.mark.parametrize("number", ["+46701740605"])
def test_a_number_is_shown_as_it_is_read(number: str) -> None:
    person = Somebody(ids.new(), "Anna", "Ek", "", "none", None, phone=number)
    assert contact_of(person, Actor(person.id, HERE)).phone_shown == "070-174 06 05"
