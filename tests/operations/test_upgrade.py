"""A town with data under the first version moves forward: nothing is lost; a second run changes nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
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
from tools import tables

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


def test_every_step_from_nothing_leads_to_the_tables_that_are_made_at_once() -> None:
    at_once = shape()
    with connection.cursor() as cursor, connection.constraint_checks_disabled():
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'DROP TABLE "{table}" {"CASCADE" if connection.vendor == "postgresql" else ""}')
    assert tables.are_missing()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    assert shape() == at_once


# Of Django's own, and used by nothing: its first steps number the rows with fewer bits on PostgreSQL.
NOT_OURS = "auth_group_permissions"
Shape = dict[str, tuple[list[tuple[object, ...]], list[tuple[object, ...]]]]


def shape() -> Shape:
    """Every table: its columns, and its indexes, keys and conditions, in whatever order they came."""
    seen: Shape = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table == NOT_OURS:
                continue
            columns = connection.introspection.get_table_description(cursor, table)
            rules = connection.introspection.get_constraints(cursor, table)
            seen[table] = (
                sorted((each.name, each.type_code, each.null_ok, each.internal_size) for each in columns),
                sorted(named(name, rule) for name, rule in rules.items()),
            )
    return seen


def named(name: str, rule: Mapping[str, Any]) -> tuple[object, ...]:
    """An index or condition by what it holds; SQLite numbers those that have no name."""
    own = "" if name.startswith(("__", "fk_")) or "autoindex" in name else name
    kinds = [kind for kind in ("primary_key", "unique", "check", "index", "foreign_key") if rule[kind]]
    return (own, tuple(sorted(rule["columns"] or ())), tuple(kinds), str(rule["foreign_key"]))


def test_a_second_run_changes_nothing(town: None) -> None:
    before = state.digest()
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    forward()
    assert state.digest() == before
