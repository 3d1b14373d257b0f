"""Making, changing and closing groups; the group of each area."""

from collections.abc import Callable

import pytest
from django.test import Client

from handtag.groups import queries
from handtag.groups.actions import (
    NewGroup,
    change_group,
    close_group,
    follow_areas,
    give_area_groups,
    join,
    make_group,
)
from handtag.groups.models import Group
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, NotFound, Problem
from handtag.municipalities.actions import AreasChanged
from handtag.municipalities.models import Area
from handtag.municipalities.queries import Areas
from tests.login.conftest import Town

Enter = Callable[[Actor], Client]


def test_a_new_town_has_a_group_for_each_area(town: Town) -> None:
    areas = {area.id for area in Area.objects.of(town.id).filter(retired_at=None)}
    assert areas
    assert {row.area_id for row in queries.open_groups(town.id)} == areas


def test_area_groups_are_made_once(town: Town) -> None:
    give_area_groups(town.municipality, town.product)
    assert Group.objects.of(town.id).count() == Area.objects.of(town.id).count()


def test_groups_follow_the_areas(town: Town) -> None:
    old = Area.objects.of(town.id)[0]
    new = Area.objects.create(municipality_id=town.id, name="Norr", geometry=old.geometry)
    follow_areas(town.product, AreasChanged(town.id, (new.id,), (), (old.id,), Areas.of(town.id)))
    assert [row.name for row in queries.open_groups(town.id)] == ["Norr"]


def test_a_name_is_taken_once(town: Town) -> None:
    maria = town.person("Maria", "coordinator")
    make_group(by=maria, new=NewGroup(name="Odlarna"))
    with pytest.raises(Problem):
        make_group(by=maria, new=NewGroup(name="  Odlarna "))
    with pytest.raises(Problem):
        make_group(by=maria, new=NewGroup(name="  "))


def test_a_closed_groups_name_is_free_again(town: Town) -> None:
    maria = town.person("Maria", "coordinator")
    first = make_group(by=maria, new=NewGroup(name="Odlarna"))
    close_group(by=maria, group_id=first.id)
    assert make_group(by=maria, new=NewGroup(name="Odlarna")).id != first.id


def test_in_a_closed_group_is_nobody(town: Town) -> None:
    nils, maria = town.person("Nils"), town.person("Maria", "coordinator")
    odlarna = make_group(by=maria, new=NewGroup(name="Odlarna"))
    join(by=nils, group_id=odlarna.id)
    close_group(by=maria, group_id=odlarna.id)
    assert queries.of_person(town.id, nils.person) == set()
    with pytest.raises(NotFound):
        join(by=nils, group_id=odlarna.id)
    with pytest.raises(NotFound):
        close_group(by=maria, group_id=odlarna.id)


def test_a_resident_makes_none(town: Town) -> None:
    nils = town.person("Nils")
    with pytest.raises(NotAllowed):
        make_group(by=nils, new=NewGroup(name="Odlarna"))


def test_another_towns_group_is_neither_changed_nor_closed(town: Town, neighbour: Town) -> None:
    theirs = make_group(by=neighbour.product, new=NewGroup(name="Bjuvs odlare"))
    maria = town.person("Maria", "coordinator")
    with pytest.raises(NotFound):
        change_group(by=maria, group_id=theirs.id, new=NewGroup(name="Våra"))
    with pytest.raises(NotFound):
        close_group(by=maria, group_id=theirs.id)


def test_by_the_pages_a_group_is_made_changed_and_closed(town: Town, client_of: Enter) -> None:
    client = client_of(town.person("Maria", "coordinator"))
    said = {"name": "Odlarna", "kind": "association", "joining": "approval", "about": "Vi odlar."}
    group = client.post(f"/{town.slug}/grupper/skotsel/", said)["Location"]
    assert "Odlarna" in client.get(group).content.decode()
    client.post(f"{group}andra/", {**said, "name": "Skördarna"})
    assert "Skördarna" in client.get(f"/{town.slug}/grupper/skotsel/").content.decode()
    again = client.post(f"/{town.slug}/grupper/skotsel/", {**said, "name": "Skördarna"})
    assert 'value="Skördarna"' in again.content.decode()
    client.post(f"{group}stang/")
    assert client.get(group).status_code == 404


def test_by_the_pages_who_asks_gets_an_answer(town: Town, client_of: Enter) -> None:
    nils, maria = town.person("Nils"), town.person("Maria", "coordinator")
    closed = make_group(by=town.product, new=NewGroup(name="Odlarna", joining="approval"))
    asked = join(by=nils, group_id=closed.id)
    client, page = client_of(maria), f"/{town.slug}/grupper/{closed.id}/"
    assert "Nils" in client.get(page).content.decode()
    client.post(f"{page}svara/{asked.id}/", {"answer": "approve"})
    assert queries.of_person(town.id, nils.person) == {closed.id}
