"""Whether what is stored agrees with itself."""

from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from handtag.errands.queries import integrity as errands
from handtag.helpers import queries as helpers
from handtag.history import queries as history
from handtag.municipalities.models import Municipality
from handtag.permits import queries as permits

Examination = Callable[[], Iterator[str]]


def _database() -> Iterator[str]:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        yield from (str(row[0]) for row in cursor.fetchall() if row[0] != "ok")
        cursor.execute("PRAGMA foreign_key_check")
        yield from (f"{row[0]} row {row[1]} points to nothing in {row[2]}" for row in cursor.fetchall())


def _history() -> Iterator[str]:
    for municipality_id in history.chains():
        verdict = history.verify_chain(municipality_id)
        yield from (f"chain of {municipality_id}: {fault}" for fault in verdict.faults)


def _files() -> Iterator[str]:
    folder = Path(settings.DATA_DIR) / "files"
    known = set(Municipality.objects.exclude(logo="").values_list("logo", flat=True))
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    yield from (f"file {name} belongs to nothing" for name in sorted(there - known))
    yield from (f"file {name} is missing" for name in sorted(known - there))


def _permits() -> Iterator[str]:
    yield from (f"permit {one} is not what its decisions say" for one in permits.wrong_states())


def _postings() -> Iterator[str]:
    wrong = helpers.wrong_postings()
    yield from (f"{wrong[what]} postings are {what}: postings rebuild mends it" for what in sorted(wrong))


EXAMINATIONS: dict[str, Examination] = {
    "database": _database,
    "permits": _permits,
    "postings": _postings,
    "errands": errands.faults,
    "history": _history,
    "files": _files,
}


def verify() -> dict[str, list[str]]:
    """Every examination with the faults it found."""
    return {name: list(examination()) for name, examination in EXAMINATIONS.items()}
