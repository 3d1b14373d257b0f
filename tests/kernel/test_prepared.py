"""A question put together once gives what the query set itself would give, whatever stands in its holes."""

from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, F, Value
from django.db.models.functions import Coalesce
from django.test.utils import CaptureQueriesContext

from handtag.kernel import clock
from handtag.kernel.actor import Via, system
from handtag.kernel.planned import OneOf
from handtag.kernel.prepared import (
    Prepared,
    a_list,
    a_moment,
    a_number,
    a_text,
    an_id,
    ids,
    insert,
    update_each,
)
from handtag.kernel.tenancy import TenantNotSaid
from handtag.municipalities.actions import add
from handtag.municipalities.models import Area, Municipality, Place

pytestmark = pytest.mark.django_db

NEARER = Prepared(
    lambda: (
        Place.objects.of(an_id("town"))
        .filter(latitude__range=(a_number("south"), a_number("north")))
        .order_by("name")
        .values_list("id", "name", "latitude")
    )
)


@pytest.fixture
def towns() -> list[Municipality]:
    """Two towns with their places."""
    return [add(by=system(None, Via.COMMAND), code=code) for code in ("1283", "1260")]


def test_rows_come_as_from_the_query_set(towns: list[Municipality]) -> None:
    for town in towns:
        direct = Place.objects.of(town.id).filter(latitude__range=(55.0, 56.1)).order_by("name")
        asked = NEARER.ask(town=town.id, south=55.0, north=56.1)
        assert asked == list(direct.values_list("id", "name", "latitude"))
    assert NEARER.ask(town=uuid4(), south=55.0, north=57.0) == []


def test_objects_come_whole_with_those_they_bring_and_what_is_counted(towns: list[Municipality]) -> None:
    asked = Prepared(
        lambda: (
            Place.objects.of(an_id("town"))
            .select_related("area", "municipality")
            .annotate(twice=F("latitude") * 2)
        )
    )
    for place in asked.ask(town=towns[0].id):
        assert place == Place.objects.of(towns[0].id).get(id=place.id)
        with CaptureQueriesContext(connection) as seen:
            assert place.municipality == towns[0]
            assert place.area is None or place.area.municipality_id == towns[0].id
        assert len(seen) == 0
        assert place.twice == place.latitude * 2


def test_the_sql_is_put_together_once_for_each_shape(towns: list[Municipality]) -> None:
    built: list[int] = []

    def build(count: int) -> object:
        built.append(count)
        return Municipality.objects.filter(id__in=ids("towns", count)).order_by("code")

    asked = Prepared(build)  # type: ignore[arg-type]  # what it builds is counted here
    assert asked.ask(2, towns=[town.id for town in towns]) == sorted(towns, key=lambda town: town.code)
    assert asked.ask(2, towns=[towns[0].id, uuid4()]) == [towns[0]]
    assert asked.ask(1, towns=[towns[1].id]) == [towns[1]]
    assert asked.ask(0, towns=[]) == []
    assert built == [2, 1, 0]


def test_moments_and_texts_fill_their_holes(towns: list[Municipality]) -> None:
    asked = Prepared(
        lambda: Municipality.objects.filter(slug=a_text("slug"), created_at__lte=a_moment("now"))
    )
    assert asked.first(slug="bjuv", now=clock.now()) == towns[1]
    assert asked.first(slug="bjuv", now=clock.now() - timedelta(days=1)) is None
    assert asked.first(slug="' or 1=1 --", now=clock.now()) is None


def test_a_hole_with_nothing_in_it_is_a_fault(towns: list[Municipality]) -> None:
    with pytest.raises(KeyError):
        NEARER.ask(town=towns[0].id, south=55.0)


def test_the_walls_stand_here_too() -> None:
    with pytest.raises(TenantNotSaid):
        Prepared(lambda: Area.objects.filter(name=a_text("name"))).ask(name="Norr")


def test_what_is_grouped_is_counted(towns: list[Municipality]) -> None:
    asked = Prepared(
        lambda: (
            Place.objects.of(an_id("town")).order_by("kind").values_list("kind").annotate(many=Count("id"))
        )
    )
    assert sum(many for _kind, many in asked.ask(town=towns[0].id)) == Place.objects.of(towns[0].id).count()


def test_a_row_written_is_the_row_that_is_read(towns: list[Municipality]) -> None:
    with CaptureQueriesContext(connection) as seen:
        made = insert(Area(municipality=towns[0], name="Norra", geometry={"type": "Polygon"}))
    assert len(seen) == 1
    found = Area.objects.of(towns[0].id).get(pk=made.pk)
    for field in Area._meta.concrete_fields:
        assert getattr(found, field.attname) == getattr(made, field.attname)
    made.name = "Södra"
    made.save()
    assert Area.objects.of(towns[0].id).get(pk=made.pk).name == "Södra"


def test_a_row_that_stands_already_is_refused_and_the_deed_with_it(towns: list[Municipality]) -> None:
    made = insert(Area(municipality=towns[0], name="Norra", geometry={}))

    @transaction.atomic
    def deed() -> None:
        with suppress(IntegrityError):
            insert(Area(id=made.pk, municipality=towns[0], name="Norra", geometry={}))
        Area.objects.of(towns[0].id).exists()  # nothing more is asked: the deed is to be undone

    with pytest.raises(transaction.TransactionManagementError):
        deed()


def test_a_row_whose_id_the_database_gives_is_refused() -> None:
    with pytest.raises(TypeError):
        insert(Permission(name="x"))


def test_each_row_gets_values_of_its_own(towns: list[Municipality]) -> None:
    areas = [insert(Area(municipality=towns[0], name=name, geometry={})) for name in "ABC"]
    update_each(Area, ("name", "note"), {area.pk: (area.name * 2, "n") for area in areas[:2]})
    rows = Area.objects.of(towns[0].id).filter(pk__in=[area.pk for area in areas]).order_by("name")
    assert list(rows.values_list("name", "note")) == [("AA", "n"), ("BB", "n"), ("C", "")]
    update_each(Area, ("name",), {})


@pytest.mark.django_db(transaction=True)
def test_rows_are_held_in_a_transaction_alone(towns: list[Municipality]) -> None:
    held = Prepared(lambda: Place.objects.of(an_id("town")).select_for_update())
    with transaction.atomic():
        assert held.ask(town=towns[0].id)
    with pytest.raises(transaction.TransactionManagementError):
        held.ask(town=towns[0].id)


def _near(kinds: int) -> Any:
    """A list given whole, the same thing given twice, a percent sign, a number, and a joined table."""
    town = an_id("town")
    return (
        Place.objects.of(town)
        .filter(OneOf(F("id"), a_list("places")), municipality_id=town)
        .exclude(name__contains="%")
        .annotate(times=F("latitude") * kinds, words=Coalesce("area__name", Value("")))
        .order_by("name")
        .values_list("id", "name", "latitude", "times", "words", "municipality__slug")
    )


def test_a_kept_plan_gives_what_the_query_set_gives(towns: list[Municipality]) -> None:
    kept, other = Prepared(_near, is_planned=True), Prepared(_near)
    for town in towns:
        chosen = list(Place.objects.of(town.id).values_list("id", flat=True)[:7])
        for places in (chosen, chosen[:1], []):
            for _each in range(8):  # PostgreSQL thinks anew the first five times
                found = kept.ask(2, town=town.id, places=places)
                assert found == other.ask(2, town=town.id, places=places)
                assert {row[0] for row in found} <= set(places)
    assert len(kept.ask(3, town=towns[0].id, places=chosen)) == 0
    assert len(kept.ask(3, town=towns[1].id, places=chosen)) > 1


def test_a_kept_plan_outlives_a_rollback_and_is_counted_as_a_question(towns: list[Municipality]) -> None:
    kept, town = Prepared(_near, is_planned=True), towns[0].id
    chosen = list(Place.objects.of(town).values_list("id", flat=True)[:3])
    for _each in range(3):
        with suppress(ZeroDivisionError), transaction.atomic():
            assert len(kept.ask(2, town=town, places=chosen)) > 0
            raise ZeroDivisionError
    with CaptureQueriesContext(connection) as seen:
        kept.ask(2, town=town, places=chosen)
    assert len(seen) == 1


def test_a_list_of_numbers_is_given_whole() -> None:
    found = Prepared(
        lambda: Permission.objects.filter(OneOf(F("id"), a_list("ids"))).order_by("id").values_list("id"),
        is_planned=True,
    )
    known = list(Permission.objects.order_by("id").values_list("id", flat=True)[:40])
    assert found.ask(ids=known[::3]) == [(each,) for each in known[::3]]
    assert found.ask(ids=[-1]) == []
