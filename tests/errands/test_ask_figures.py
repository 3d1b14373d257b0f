"""The figure told to a resident: true, or none."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from handtag.errands.models import Ask
from handtag.errands.queries.figures import typical_wait
from handtag.kernel.actor import Actor
from handtag.people.models import Person
from tests.errands.asked import AskTown

NOW = datetime(2026, 11, 21, 12, 40, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def today(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def town(db: None) -> AskTown:
    return AskTown()


def past(
    town: AskTown, asker: Actor, waits: list[timedelta | None], *, area: UUID | None, ago: int = 10
) -> None:
    """Asks that were filled after so long, or expired."""
    service = town.service()
    opened = NOW - timedelta(days=ago)
    Ask.objects.bulk_create(
        Ask(
            municipality_id=town.id,
            asker_id=asker.person,
            service=service,
            area_id=area,
            agreement="first",
            longitude=12.7,
            latitude=56.0,
            responsibility="",
            responsibility_accepted_at=opened,
            opened_at=opened,
            state="expired" if wait is None else "done",
            filled_at=None if wait is None else opened + wait,
        )
        for wait in waits
    )


@pytest.fixture
def asker(town: AskTown) -> Actor:
    return town.person()


@pytest.fixture
def areas(town: AskTown) -> list[UUID]:
    from handtag.municipalities.queries import areas

    return [area.id for area in areas(town.id)]


def test_it_is_the_median_of_the_same_service_and_area(
    town: AskTown, asker: Actor, areas: list[UUID]
) -> None:
    past(town, asker, [HOUR * number for number in range(1, 22)], area=areas[0])
    assert typical_wait(town.id, town.service().id, areas[0]) == 11 * HOUR


def test_with_19_there_nothing_is_said(town: AskTown, asker: Actor, areas: list[UUID]) -> None:
    past(town, asker, [HOUR] * 19, area=areas[0])
    assert typical_wait(town.id, town.service().id, areas[0]) is None


def test_else_it_is_the_municipalitys(town: AskTown, asker: Actor, areas: list[UUID]) -> None:
    past(town, asker, [HOUR] * 19, area=areas[0])
    past(town, asker, [3 * HOUR] * 21, area=None)
    assert typical_wait(town.id, town.service().id, areas[0]) == 3 * HOUR


def test_what_is_older_than_90_days_does_not_count(town: AskTown, asker: Actor, areas: list[UUID]) -> None:
    past(town, asker, [HOUR] * 30, area=areas[0], ago=91)
    assert typical_wait(town.id, town.service().id, areas[0]) is None


def test_another_service_and_another_town_do_not_count(
    town: AskTown, asker: Actor, areas: list[UUID]
) -> None:
    past(town, asker, [HOUR] * 30, area=areas[0])
    neighbour = AskTown("1260")
    assert typical_wait(town.id, town.service("library").id, areas[0]) is None
    assert typical_wait(neighbour.id, neighbour.service().id, None) is None


def test_where_most_were_never_taken_nothing_is_promised(
    town: AskTown, asker: Actor, areas: list[UUID]
) -> None:
    past(town, asker, [HOUR] * 10 + [None] * 15, area=areas[0])
    assert typical_wait(town.id, town.service().id, areas[0]) is None


def test_those_never_taken_weigh_on_the_median(town: AskTown, asker: Actor, areas: list[UUID]) -> None:
    past(town, asker, [HOUR] * 10 + [5 * HOUR] * 6 + [None] * 5, area=areas[0])
    assert typical_wait(town.id, town.service().id, areas[0]) == 5 * HOUR


def test_protected_persons_are_in_no_figure(town: AskTown, asker: Actor, areas: list[UUID]) -> None:
    past(town, asker, [HOUR] * 19, area=None)
    hidden = town.person("Kim")
    past(town, hidden, [HOUR] * 19, area=None)
    assert typical_wait(town.id, town.service().id, None) == HOUR
    Person.objects.filter(pk=hidden.person).update(protection=Person.Protection.SECRECY_MARK)
    assert typical_wait(town.id, town.service().id, None) is None
