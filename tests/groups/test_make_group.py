"""Making, changing and closing groups; the group of each area."""

from collections.abc import Callable
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
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


def test_an_areas_group_takes_the_next_name_that_is_free(town: Town) -> None:
    old = Area.objects.of(town.id)[0]
    name = "N" * 80
    for taken in (name, f"{name[:76]} (2)"):
        make_group(by=town.product, new=NewGroup(name=taken))
    new = Area.objects.create(municipality_id=town.id, name=name, geometry=old.geometry)
    follow_areas(town.product, AreasChanged(town.id, (new.id,), (), (), Areas.of(town.id)))
    assert Group.objects.of(town.id).get(area=new).name == f"{name[:76]} (3)"


@pytest.fixture
def three_make_groups(
    town: Town, monkeypatch: pytest.MonkeyPatch, on_postgres: bool
) -> list[Callable[[], Any]]:
    """Two who give the areas their groups and one who makes a group of such a name: all wait, then write."""
    Group.objects.of(town.id).delete()
    together, write = Barrier(3, timeout=2 if on_postgres else 0.01), QuerySet.bulk_create

    def bulk_create(*rows: Any, **named: Any) -> Any:
        with suppress(BrokenBarrierError):
            together.wait()
        return write(*rows, **named)

    def by_hand() -> None:
        with suppress(BrokenBarrierError):
            together.wait()
        make_group(by=town.product, new=NewGroup(name=name))

    name = Area.objects.of(town.id).order_by("id")[0].name
    monkeypatch.setattr(QuerySet, "bulk_create", bulk_create)
    by_areas = transaction.atomic(lambda: give_area_groups(town.municipality, town.product))
    return [by_areas, by_areas, by_hand]


def groups_of_areas(town: Town) -> list[UUID]:
    return sorted(row.area_id for row in queries.open_groups(town.id) if row.area_id)


@pytest.mark.race
def test_at_the_same_moment_each_area_gets_one_group(
    town: Town, at_once: Callable[..., list[Any]], three_make_groups: list[Callable[[], Any]]
) -> None:
    *by_areas, by_hand = at_once(*three_make_groups)
    assert by_areas == [None, None]
    assert by_hand is None or isinstance(by_hand, Problem)
    assert groups_of_areas(town) == sorted(Area.objects.of(town.id).values_list("id", flat=True))


@pytest.mark.race
def test_control_where_a_taken_name_is_not_minded_one_is_a_fault(
    at_once: Callable[..., list[Any]],
    three_make_groups: list[Callable[[], Any]],
    on_postgres: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not on_postgres:
        pytest.skip("SQLite has one writer at a time")
    write = QuerySet.bulk_create
    monkeypatch.setattr(
        QuerySet, "bulk_create", lambda *rows, ignore_conflicts=False, **named: write(*rows, **named)
    )
    assert IntegrityError in {type(answer) for answer in at_once(*three_make_groups)}
