"""A municipality's own list of addresses."""

import pytest

from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, Problem
from handtag.municipalities import actions, queries
from handtag.municipalities.models import Place
from tests.municipalities.ground import Town

HEAD = "adress;lon;lat\n"
TWO = (HEAD + "Storgatan 1, Ödåkra;12,745;56,102\nStorgatan 3, Ödåkra;12,746;56,102\n").encode()


def found(town: Town, words: str) -> list[str]:
    return [row.name for row in queries.find_places(town.id, words, kind="address")]


def test_addresses_are_found_by_how_they_begin(town: Town, coordinator: Actor) -> None:
    assert actions.upload_addresses(by=coordinator, text=TWO) == 2
    assert found(town, "storgatan") == ["Storgatan 1, Ödåkra", "Storgatan 3, Ödåkra"]
    assert found(town, "gatan") == []
    (row, _other) = queries.find_places(town.id, "Storg")
    assert row.area == next(place.area for place in queries.places(town.id) if place.name == "Ödåkra")
    assert queries.address_count(town.id) == 2


def test_they_are_no_villages(town: Town, coordinator: Actor) -> None:
    before = queries.places(town.id)
    actions.upload_addresses(by=coordinator, text=TWO)
    assert queries.places(town.id) == before


def test_a_new_list_takes_the_place_of_the_old(town: Town, coordinator: Actor) -> None:
    actions.upload_addresses(by=coordinator, text=TWO)
    kept = queries.find_places(town.id, "storgatan 1")[0].id
    newer = (HEAD + "Storgatan 1, Ödåkra;12.745;56.102\nStorgatan 5, Ödåkra;12.747;56.102\n").encode()
    actions.upload_addresses(by=coordinator, text=newer)
    assert found(town, "storgatan") == ["Storgatan 1, Ödåkra", "Storgatan 5, Ödåkra"]
    assert queries.find_places(town.id, "storgatan 1")[0].id == kept
    assert Place.objects.of(town.id).filter(sought="storgatan 3, ödåkra").exists()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("Storgatan 1;12.7;56.1\nStorgatan 2;twelve;56.1\n", "3"),
        ("Storgatan 1;12.7;56.1\nSTORGATAN  1;12.8;56.1\n", "STORGATAN 1"),
        ("", "address"),
    ],
)
def test_a_bad_file_names_the_line_and_changes_nothing(
    town: Town, coordinator: Actor, lines: str, said: str
) -> None:
    actions.upload_addresses(by=coordinator, text=TWO)
    with pytest.raises(Problem, match=said):
        actions.upload_addresses(by=coordinator, text=(HEAD + lines).encode())
    assert len(found(town, "storgatan")) == 2


def test_a_resident_may_not(resident: Actor) -> None:
    with pytest.raises(NotAllowed):
        actions.upload_addresses(by=resident, text=TWO)


def test_the_neighbours_list_stays(town: Town, neighbour: Town, bjuv_coordinator: Actor) -> None:
    actions.upload_addresses(by=town.product, text=TWO)
    actions.upload_addresses(by=bjuv_coordinator, text=TWO)
    actions.upload_addresses(by=bjuv_coordinator, text=(HEAD + "Gatan 1;12.9;56.1\n").encode())
    assert queries.address_count(town.id) == 2
    assert queries.address_count(neighbour.id) == 1


@pytest.mark.race
def test_two_lists_at_the_same_moment_leave_one_of_them(at_once, town: Town) -> None:
    other = (HEAD + "Annan gata 9;12.7;56.05\n").encode()
    outcomes = at_once(
        lambda: actions.upload_addresses(by=town.product, text=TWO),
        lambda: actions.upload_addresses(by=town.product, text=other),
    )
    assert sorted(outcomes) == [1, 2]
    assert queries.address_count(town.id) in (1, 2)
