"""Make database, words, static files and the sample town ready to be served; run inside .venv by dev.py."""

import fcntl
import hashlib
import importlib
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import OperationalError

from tools import messages, tables
from tools.ground import ROOT, step

STATIC_MARK = ROOT / ".cache" / "static-collected"


def main() -> int:
    """Do what is missing; done twice it changes nothing."""
    with messages.alone():
        messages.compile_all()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    turn = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print(f"  Another start is preparing {folder} just now; try again when it is done.", file=sys.stderr)
        return 1
    try:
        return _prepare(folder / "sample-unfinished")
    finally:
        os.close(turn)


def _prepare(unfinished: Path) -> int:
    if unfinished.exists():
        print("  The last start was stopped while the town was built: building it anew")
        _forget()
    with step("Bringing the database up to date"):
        if settings.SAMPLE and tables.are_missing():
            tables.make()
        else:
            call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
    _collect_static()
    if settings.SAMPLE and _is_empty():
        unfinished.touch()
        print("  Building the sample town, 60 days of its life (once; up to 90 s)", flush=True)
        call_command("sample")
    unfinished.unlink(missing_ok=True)
    return 0


def _forget() -> None:
    """Empty the half-built database: a SQLite file is deleted, another is flushed."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        for ending in ("", "-wal", "-shm"):
            Path(f"{database['NAME']}{ending}").unlink(missing_ok=True)
    else:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("flush", verbosity=0, interactive=False)


def _is_empty() -> bool:
    models = importlib.import_module("handtag.municipalities.models")
    return not models.Municipality.objects.exists()


def _collect_static() -> None:
    """Collecting compresses every file, which takes seconds: only when one has changed."""
    seen = _fingerprint()
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists() and STATIC_MARK.exists() and STATIC_MARK.read_text() == seen:
        return
    with step("Collecting styles, scripts and fonts"):
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    STATIC_MARK.parent.mkdir(exist_ok=True)
    STATIC_MARK.write_text(seen)


def _fingerprint() -> str:
    files = [*(ROOT / "static").rglob("*"), *(ROOT / "handtag").glob("*/static/**/*")]
    packages = (ROOT / ".venv" / "handtag-ready").read_text()
    lines = [f"{file} {file.stat().st_mtime_ns} {file.stat().st_size}" for file in sorted(files)]
    return hashlib.sha256("\n".join([packages, *lines]).encode()).hexdigest()


def plainly() -> int:
    """Do it; what a person can mend is told in a sentence, not by a traceback."""
    try:
        return main()
    except ImproperlyConfigured as fault:
        print(f"\n  The settings are wrong: {fault}", file=sys.stderr)
    except OperationalError as fault:
        print(f"\n  The database cannot be used (DATABASE_URL, DATA_DIR): {fault}", file=sys.stderr)
    except OSError as fault:
        print(f"\n  A file cannot be used: {fault}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(plainly())
