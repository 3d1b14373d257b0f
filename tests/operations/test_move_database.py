"""A town moves from SQLite to PostgreSQL and back: the digest is the same on either side."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from handtag.errands.models import Receipt
from handtag.history import actions as history
from handtag.kernel.actor import Via, system
from handtag.municipalities import actions as municipalities
from handtag.operations.actions import keeping
from handtag.operations.queries import state
from handtag.permits.models import Service
from tests.errands import stage as stages

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _both_databases(on_postgres: bool) -> None:
    if not on_postgres:
        pytest.skip("needs PostgreSQL beside SQLite")


@pytest.fixture
def town(data_dir: Path) -> None:
    """Something in many tables: areas, places, rules, people, an errand, a receipt, a chained book."""
    made = municipalities.add(by=system(None, Via.COMMAND), code="1283", sample=True)
    stage = stages.Stage(made, Service.objects.of(made.id).get(kind="shopping"))
    errand = stage.errand(agreement="first", outlay_ceiling=300, outlay_how="cash", languages=["sv", "ar"])
    stage.ask("olle", dates=3)
    Receipt.objects.create(municipality=made, errand=errand, photo=bytes(range(256)), digest="d")
    history.seal()


def on_sqlite(repository: Path, folder: Path, *words: str) -> str:
    """What a command says in a process of its own, on the SQLite of a folder of its own."""
    folder.mkdir(exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=repository,
        env={**kept, "SAMPLE": "1", "DATA_DIR": str(folder)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout.strip()


def test_to_sqlite_and_back_the_digest_is_the_same(town: None, repository: Path, tmp_path: Path) -> None:
    before = state.digest()
    there, back, sqlite = tmp_path / "there.zip", tmp_path / "back.zip", tmp_path / "sqlite"
    keeping.backup(there)
    on_sqlite(repository, sqlite, "restore", str(there))
    assert on_sqlite(repository, sqlite, "digest") == before
    on_sqlite(repository, sqlite, "backup", str(back))
    call_command("flush", interactive=False, verbosity=0)
    assert state.is_empty()
    keeping.restore(back)
    assert state.digest() == before


def test_what_began_on_sqlite_goes_on_on_postgresql(data_dir: Path, repository: Path, tmp_path: Path) -> None:
    file, sqlite = tmp_path / "backup.zip", tmp_path / "sqlite"
    add = ["municipality", "add", "1283", "--coordinator", "karin@example.org"]
    for words in (["migrate", "-v0"], ["createcachetable"], add):
        on_sqlite(repository, sqlite, *words)
    on_sqlite(repository, sqlite, "backup", str(file))
    keeping.restore(file)
    assert state.digest() == on_sqlite(repository, sqlite, "digest")
    municipalities.add(by=system(None, Via.COMMAND), code="1260")
    assert state.digest() != on_sqlite(repository, sqlite, "digest")
