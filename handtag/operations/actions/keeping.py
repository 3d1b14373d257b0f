"""Backing up to one file and restoring from it, on SQLite and PostgreSQL alike."""

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypedDict

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from handtag.helpers import actions as helpers
from handtag.kernel import clock
from handtag.kernel.errors import Problem
from handtag.operations.queries import state

FORMAT = 1


class Manifest(TypedDict):
    """What a backup says of itself."""

    format: int
    made_at: str
    migrations: list[str]
    counts: dict[str, int]
    digest: str


Say = Callable[[str], None]


def _silent(_words: str) -> None:
    """Say nothing."""


def backup(file: Path, *, say: Say = _silent) -> Manifest:
    """Write everything to one zip file; killed in the middle, an earlier file of that name still stands."""
    partial = file.with_name(file.name + ".partial")
    state.begin_snapshot()
    try:
        manifest = _write(partial, say)
    finally:
        state.end_snapshot()
    partial.replace(file)
    return manifest


def _write(partial: Path, say: Say) -> Manifest:
    counts: dict[str, int] = {}
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for model in state.tables():
            label = model._meta.label_lower
            say(label)
            counts[label] = 0
            with archive.open(f"tables/{label}.jsonl", "w", force_zip64=True) as out:
                for row in state.rows(model):
                    out.write(state.line(row).encode() + b"\n")
                    counts[label] += 1
        for file in _files():
            archive.write(file, f"files/{file.relative_to(_folder())}")
        manifest: Manifest = {
            "format": FORMAT,
            "made_at": clock.now().isoformat(),
            "migrations": _migrations(),
            "counts": counts,
            "digest": state.digest(),
        }
        archive.writestr("manifest.json", json.dumps(manifest, indent=1))
    return manifest


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "files"


def _files() -> list[Path]:
    return sorted(path for path in _folder().rglob("*") if path.is_file()) if _folder().exists() else []


def _migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def restore(file: Path, *, say: Say = _silent) -> Manifest:
    """Fill an empty, migrated database from a backup: all of it or, killed in the middle, nothing.

    Raises Problem where the file is no backup, was made by another version, or the database holds data.
    """
    manifest = _manifest(file)
    if not state.is_empty():
        raise Problem("The database is not empty. Restore into a new one.")
    missing = sorted(set(_own(manifest["migrations"])) ^ set(_own(_migrations())))
    if missing:
        raise Problem(
            f"The backup was made by another version; these migrations differ: {', '.join(missing)}"
        )
    with zipfile.ZipFile(file) as archive, transaction.atomic():
        for model in state.tables():
            say(model._meta.label_lower)
            _load(model, archive)
        helpers.rebuild_postings()
        _reset_sequences()
        if state.digest() != manifest["digest"]:
            raise Problem("The backup is damaged: what it holds is not what was written.")
        # Before the commit: killed here, the database is still empty and the restore can be run again.
        _put_files(archive)
    return manifest


def _manifest(file: Path) -> Manifest:
    try:
        with zipfile.ZipFile(file) as archive:
            manifest: Manifest = json.loads(archive.read("manifest.json"))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as fault:
        raise Problem(f"{file} is not a backup of Handtag.") from fault
    return manifest


def _own(migrations: list[str]) -> list[str]:
    return [name for name in migrations if not name.startswith(("contenttypes.", "sessions.", "auth."))]


def _load(model: type[models.Model], archive: zipfile.ZipFile) -> None:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    with archive.open(f"tables/{model._meta.label_lower}.jsonl") as lines:
        made = (
            model(**{name: _value(fields[name], value) for name, value in json.loads(text).items()})
            for text in lines
        )
        for batch in _batches(made, min(500, state.at_a_time(model))):
            model._base_manager.bulk_create(batch)


def _reset_sequences() -> None:
    """Let numbered rows go on after the highest number that was restored (PostgreSQL)."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), state.tables()):
            cursor.execute(sql)


def _value(field: "models.Field[object, object]", value: object) -> object:
    return value if isinstance(field, models.JSONField) else field.to_python(value)


def _batches(items: Iterator[models.Model], size: int) -> Iterator[list[models.Model]]:
    while batch := list(islice(items, size)):
        yield batch


def _put_files(archive: zipfile.ZipFile) -> None:
    for name in archive.namelist():
        if name.startswith("files/") and not name.endswith("/"):
            target = (_folder() / name.removeprefix("files/")).resolve()
            if not target.is_relative_to(_folder().resolve()):
                raise Problem("The backup is damaged: a file would land outside its folder.")
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as source, target.open("wb") as out:
                shutil.copyfileobj(source, out)
