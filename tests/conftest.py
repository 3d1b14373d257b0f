"""What every test stands on: a folder and a database of its own, and no way to another machine."""

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection, connections, transaction
from django.test import Client, TransactionTestCase
from hypothesis import settings as hypothesis

from handtag.kernel import clock
from handtag.login.rules import mark
from tests.settings import FOLDER
from tools import tables

Deed = Callable[[], Any]

# How long an example takes says how busy the machine is, not whether the code is right.
hypothesis.register_profile("house", deadline=None)
hypothesis.load_profile("house")


def pytest_configure() -> None:
    """Make the folder for this process's data."""
    FOLDER.mkdir(exist_ok=True)
    TransactionTestCase._fixture_teardown = _emptied


def _emptied(_case: TransactionTestCase) -> None:
    """Empty the tables after a test whose rows were committed: Django's own way rewrites every table's file.

    What is one and the same for every test, the names of tables and rights, stays.
    """
    stays = {"django_content_type", "auth_permission"}
    rows = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - stays
    with connection.constraint_checks_disabled(), transaction.atomic(), connection.cursor() as cursor:
        for table in sorted(rows):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(FOLDER, ignore_errors=True)


def pytest_itemcollected(item: pytest.Item) -> None:
    """A race needs rows that its other threads can see."""
    if item.get_closest_marker("race"):
        item.add_marker(pytest.mark.django_db(transaction=True))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what hangs on a database runs: the rest was seen on SQLite."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return
    fixtures = {"db", "transactional_db", "live_server"}
    chosen = [
        item
        for item in items
        if not item.get_closest_marker("on_sqlite")
        and (item.get_closest_marker("django_db") or fixtures & set(getattr(item, "fixturenames", ())))
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The tables were made at once; the next step is taken from here."""
    with django_db_blocker.unblock():
        tables.count_as_migrated()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """What a process keeps in memory for a while is not kept from one test to the next."""
    for name in ("memory", "template_fragments"):
        caches[name].clear()


@pytest.fixture(autouse=True)
def _let_in_surely(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whom a test lets in by force has shown just now who they are; how that is shown has its own tests."""

    def enter(client: Client, request: Any) -> None:
        mark(request.session, clock.now())
        request.session.save()
        let_in(client, request)

    let_in = Client._set_login_cookies
    monkeypatch.setattr(Client, "_set_login_cookies", enter)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder of the whole product."""
    return Path(settings.BASE_DIR)


@pytest.fixture
def data_dir(tmp_path: Path, settings: Any) -> Path:
    """A DATA_DIR for one test."""
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def on_postgres() -> bool:
    """Whether this run is on PostgreSQL."""
    return connection.vendor == "postgresql"


@pytest.fixture
def at_once() -> Callable[..., list[Any]]:
    """Do several things at the same moment, each in its own thread and connection.

    `at_once(deed, deed, …)` returns what each gave back, or the exception it raised, in the order given.
    """

    def run(*deeds: Deed) -> list[Any]:
        start = Barrier(len(deeds))

        def one(deed: Deed) -> Any:
            try:
                connection.ensure_connection()
                start.wait(30)
                return deed()
            except Exception as refusal:
                return refusal
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(deeds)) as threads:
            return list(threads.map(one, deeds))

    return run
