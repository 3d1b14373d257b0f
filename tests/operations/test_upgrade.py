"""A town with data under the first version moves forward: nothing is lost; a second run changes nothing."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from handtag.errands.models import Ask, Errand
from handtag.history import actions as history
from handtag.kernel.actor import Via, system
from handtag.municipalities import actions as municipalities
from handtag.notices.models import Notice
from handtag.operations.queries import state
from handtag.permits.models import Service
from tests.errands import stage as stages

pytestmark = pytest.mark.django_db(transaction=True)

# The rooms of the first version; every other room came afterwards.
FIRST = ["cases", "errands", "groups", "helpers", "history", "jobs", "login", "municipalities", "notices"]
FIRST += ["once", "people", "permits", "privacy"]


@pytest.fixture
def town() -> Iterator[None]:
    """An errand, an open ask, notices and a chained book; whatever happens, the tables end as they were."""
    made = municipalities.add(by=system(None, Via.COMMAND), code="1283", sample=True)
    stage = stages.Stage(made, Service.objects.of(made.id).get(kind="shopping"))
    stage.errand(agreement="first")
    stage.ask("olle", dates=3)
    history.seal()
    yield
    forward()


def forward() -> None:
    """To the newest version, as `manage.py migrate` does."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def to_the_first() -> None:
    """Back to the tables of the first version, the rows of its tables kept."""
    executor = MigrationExecutor(connection)
    rooms = [room.label for room in apps.get_app_configs() if room.name.startswith("handtag.")]
    known = {app for app, _ in executor.loader.graph.nodes}
    later = [(room, None) for room in rooms if room not in FIRST and room in known]
    executor.migrate([*later, *((room, "0001_initial") for room in FIRST if room in known)])


def counts() -> tuple[int, int, int]:
    """How many asks, errands and notices there are, whoever's."""
    return (
        Ask.objects.everywhere().count(),
        Errand.objects.everywhere().count(),
        Notice.objects.everywhere().count(),
    )


def test_what_stood_under_the_first_version_stands_under_the_newest(town: None) -> None:
    before, there = state.digest(), counts()
    to_the_first()
    forward()
    assert counts() == there
    assert min(there) > 0
    assert state.digest() == before


def test_a_second_run_changes_nothing(town: None) -> None:
    before = state.digest()
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    forward()
    assert state.digest() == before
