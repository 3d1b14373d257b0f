"""Finding somebody: by what one knows of them, never by leafing."""

import pytest

from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed
from handtag.kernel.rights import Role
from handtag.people import actions, queries
from handtag.people.models import Person
from handtag.people.rules import seeking
from tests.municipalities.ground import Town


def found(by: Actor, words: str) -> list[str]:
    return [one.name for one in queries.search(by, words)]


@pytest.mark.parametrize(
    "words",
    [
        *("an", "ANNA", "ek", "anna ek", "Ek Anna", " anna  e "),
        *("0701740605", "070-174 06 05", "+46 70 174 06 05", "0046701740605", "0605"),
        *("anna-hels", "ANNA-helsingborg@example.se"),
    ],
)
def test_by_name_phone_or_address(coordinator: Actor, anna: Person, words: str) -> None:
    words = words if "hels" not in words or "@" in words else f"{words}ingborg@"
    assert found(coordinator, words) == ["Anna Ek"]


@pytest.mark.parametrize("words", ["", " ", "a", "a e", "060", "nna", "%", "an%", "_nna", "@", "a@"])
def test_too_little_or_a_trick_finds_nobody(coordinator: Actor, anna: Person, words: str) -> None:
    assert found(coordinator, words) == []


def test_swedish_letters_in_any_size(town: Town, coordinator: Actor) -> None:
    town.resident("Åsa", family_name="Öberg", email="")
    assert found(coordinator, "ÅSA") == found(coordinator, "öb") == ["Åsa Öberg"]
    assert found(coordinator, "asa") == []


def test_at_most_twenty(town: Town, coordinator: Actor) -> None:
    for number in range(seeking.MOST + 3):
        town.resident("Bo", family_name=f"Larsson{number:02}", email="")
    assert len(found(coordinator, "bo")) == seeking.MOST
    assert found(coordinator, "bo larsson22") == ["Bo Larsson22"]


def test_the_neighbour_finds_nobody_here(anna: Person, bjuv_coordinator: Actor) -> None:
    assert found(bjuv_coordinator, "anna") == []


def test_who_has_left_is_not_found(town: Town, coordinator: Actor, anna: Person) -> None:
    actions.erase_person(by=town.product, person_id=anna.id)
    assert found(coordinator, "anna") == []


@pytest.mark.parametrize("role", [Role.SERVICE_POINT_HOST, Role.EVALUATOR, Role.ADMINISTRATOR])
def test_not_everybody_searches(town: Town, role: Role) -> None:
    with pytest.raises(NotAllowed):
        queries.search(town.staff(role), "anna")


def test_one_query(coordinator: Actor, anna: Person, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        queries.search(coordinator, "anna")
