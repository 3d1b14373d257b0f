"""A backup restored elsewhere has the same digest; a damaged or misplaced one changes nothing."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command

from handtag.errands.models import Receipt
from handtag.groups.models import Group
from handtag.history import actions as history
from handtag.kernel.actor import Via, system
from handtag.kernel.errors import Problem
from handtag.municipalities import actions as municipalities
from handtag.municipalities.models import Municipality
from handtag.operations.actions import keeping
from handtag.operations.queries import state
from handtag.permits.models import Service
from tests.errands import stage as stages

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town() -> Municipality:
    made = municipalities.add(by=system(None, Via.COMMAND), code="1283", sample=True)
    history.seal()
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.zip"


@pytest.fixture
def logo(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path / "data"
    kept = settings.DATA_DIR / "files" / "logos" / "1283.svg"
    kept.parent.mkdir(parents=True)
    kept.write_text("<svg/>")
    return Path(kept)


def empty_the_database() -> None:
    call_command("flush", interactive=False, verbosity=0)


def test_restored_on_an_empty_database_the_digest_is_the_same(town: Municipality, file: Path) -> None:
    before = state.digest()
    manifest = keeping.backup(file)
    assert manifest["digest"] == before
    empty_the_database()
    assert state.digest() != before
    keeping.restore(file)
    assert state.digest() == before
    assert Municipality.objects.get(code="1283").created_at == town.created_at


def test_only_what_makes_itself_anew_is_left_out() -> None:
    every = {
        model._meta.label_lower for model in apps.get_models() if model.__module__.startswith("handtag.")
    }
    kept = {model._meta.label_lower for model in state.tables()}
    assert every - kept == {"helpers.posting", "jobs.duty", "jobs.heartbeat", "once.sent"}
    assert kept - every == {"account.emailaddress", "mfa.authenticator"}


def test_a_photo_of_a_receipt_comes_back_to_the_letter(town: Municipality, file: Path) -> None:
    errand = stages.Stage(town, Service.objects.of(town.id).get(kind="shopping")).errand(
        agreement="first", outlay_ceiling=300, outlay_how="cash"
    )
    photo = bytes(range(256)) * 3
    Receipt.objects.create(municipality=town, errand=errand, photo=photo, digest="d")
    before = state.digest()
    keeping.backup(file)
    empty_the_database()
    keeping.restore(file)
    assert bytes(Receipt.objects.of(town.id).get().photo) == photo
    assert state.digest() == before
    Receipt.objects.of(town.id).update(photo=photo + b"x")
    assert state.digest() != before


def test_files_come_back_too(town: Municipality, file: Path, logo: Path) -> None:
    keeping.backup(file)
    empty_the_database()
    logo.unlink()
    keeping.restore(file)
    assert logo.read_text() == "<svg/>"


def test_where_the_files_cannot_be_put_back_nothing_is_restored(
    town: Municipality, file: Path, logo: Path
) -> None:
    keeping.backup(file)
    empty_the_database()
    logo.unlink()
    logo.mkdir()
    with pytest.raises(IsADirectoryError):
        keeping.restore(file)
    assert state.is_empty()
    logo.rmdir()
    keeping.restore(file)
    assert logo.read_text() == "<svg/>"


def test_a_file_that_would_land_outside_its_folder_is_refused(
    town: Municipality, file: Path, logo: Path, tmp_path: Path
) -> None:
    keeping.backup(file)
    empty_the_database()
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("files/../../outside", "x")
    with pytest.raises(Problem, match="outside"):
        keeping.restore(file)
    assert not (tmp_path / "outside").exists()
    assert state.is_empty()


def test_numbered_rows_go_on_after_a_restore(town: Municipality, file: Path) -> None:
    keeping.backup(file)
    empty_the_database()
    keeping.restore(file)
    again = system(None, Via.COMMAND)
    municipalities.add(by=again, code="1260")


def test_a_database_with_data_is_left_alone(town: Municipality, file: Path) -> None:
    keeping.backup(file)
    with pytest.raises(Problem, match="not empty"):
        keeping.restore(file)


def test_a_file_that_is_no_backup_is_refused(file: Path) -> None:
    file.write_text("something else")
    with pytest.raises(Problem, match="not a backup"):
        keeping.restore(file)


def test_a_damaged_backup_changes_nothing(town: Municipality, file: Path, tmp_path: Path) -> None:
    keeping.backup(file)
    empty_the_database()
    damaged = tmp_path / "damaged.zip"
    with zipfile.ZipFile(file) as whole, zipfile.ZipFile(damaged, "w") as broken:
        for name in whole.namelist():
            data = whole.read(name)
            if name == "tables/municipalities.municipality.jsonl":
                data = data.replace(b"Helsingborg", b"Halsingborg")
            broken.writestr(name, data)
    with pytest.raises(Problem, match="damaged"):
        keeping.restore(damaged)
    assert state.is_empty()


def test_a_backup_of_another_version_is_refused(town: Municipality, file: Path, tmp_path: Path) -> None:
    keeping.backup(file)
    empty_the_database()
    older = tmp_path / "older.zip"
    with zipfile.ZipFile(file) as whole, zipfile.ZipFile(older, "w") as other:
        for name in whole.namelist():
            data = whole.read(name)
            if name == "manifest.json":
                manifest = json.loads(data)
                manifest["migrations"].append("errands.9999_later")
                data = json.dumps(manifest).encode()
            other.writestr(name, data)
    with pytest.raises(Problem, match="another version"):
        keeping.restore(older)


def test_a_killed_backup_leaves_the_earlier_one(
    town: Municipality, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping.backup(file)
    earlier = file.read_bytes()

    def die(_words: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        keeping.backup(file, say=die)
    assert file.read_bytes() == earlier


def test_a_municipalitys_digest_changes_with_it_alone(town: Municipality) -> None:
    other = municipalities.add(by=system(None, Via.COMMAND), code="1260")
    before = state.digest(town.id)
    Group.objects.create(municipality=other, name="New")
    assert state.digest(town.id) == before
    Group.objects.create(municipality=town, name="New")
    assert state.digest(town.id) != before
