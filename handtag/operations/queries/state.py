"""The business state, table by table: what a backup holds and what the digest covers."""

import base64
import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from django.apps import apps
from django.db import connection, models

# What is made anew by itself, or belongs to one machine or one moment.
LEFT_OUT = frozenset({"jobs.duty", "jobs.heartbeat", "once.sent", "helpers.posting"})
OTHERS = ("account.emailaddress", "mfa.authenticator")
Row = dict[str, object]


def tables() -> list[type[models.Model]]:
    """Every table of the business state, each after those it points to."""
    wanted = [model for model in apps.get_models() if model.__module__.startswith("handtag.")]
    wanted += [apps.get_model(label) for label in OTHERS]
    left = {model._meta.label_lower: model for model in wanted if model._meta.label_lower not in LEFT_OUT}
    ordered: list[type[models.Model]] = []
    while left:
        ready = [label for label in sorted(left) if not (_points_to(left[label]) & left.keys() - {label})]
        ordered += [left.pop(label) for label in ready or sorted(left)[:1]]
    return ordered


def _points_to(model: type[models.Model]) -> set[str]:
    return {
        field.related_model._meta.label_lower
        for field in model._meta.concrete_fields
        if field.is_relation and isinstance(field.related_model, type)
    }


def rows(model: type[models.Model], municipality_id: UUID | None = None) -> Iterator[Row]:
    """A table's rows in the order of their keys; of one municipality where the table belongs to one."""
    found = model._base_manager.order_by("pk")
    if municipality_id is not None:
        path = _path_to_town(model)
        if path is None:
            return
        found = found.filter(**{path: municipality_id})
    columns = [field.attname for field in model._meta.concrete_fields]
    for row in found.values(*columns).iterator(chunk_size=at_a_time(model)):
        yield {name: plain(value) for name, value in row.items()}


def at_a_time(model: type[models.Model]) -> int:
    """How many rows to hold in memory at once: fewer where each carries a photo."""
    heavy = any(isinstance(field, models.BinaryField) for field in model._meta.concrete_fields)
    return 20 if heavy else 2000


def _path_to_town(model: type[models.Model], depth: int = 3) -> str | None:
    """The lookup that leads from a row to its municipality, or None for what no town owns."""
    if model._meta.label_lower == "municipalities.municipality":
        return "id"
    names = {field.attname for field in model._meta.concrete_fields}
    if "municipality_id" in names:
        return "municipality_id"
    for field in model._meta.concrete_fields if depth else ():
        if field.is_relation and isinstance(field.related_model, type) and field.related_model is not model:
            further = _path_to_town(field.related_model, depth - 1)
            if further not in (None, "id"):
                return f"{field.name}__{further}"
    return None


def plain(value: object) -> object:
    """A database value as JSON holds it, alike on SQLite and PostgreSQL, nothing rounded."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode("ascii")
    return value


def line(row: Row) -> str:
    """A row as one line of canonical JSON."""
    return json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(municipality_id: UUID | None = None) -> str:
    """SHA-256 of the business state: the same for the same state, on either database, on any machine."""
    total = hashlib.sha256()
    for model in tables():
        total.update(f"# {model._meta.label_lower}\n".encode())
        for row in rows(model, municipality_id):
            total.update(line(row).encode() + b"\n")
    return total.hexdigest()


def is_empty() -> bool:
    """Whether no municipality and no person has been entered yet."""
    people = apps.get_model("people.Person")._base_manager
    towns = apps.get_model("municipalities.Municipality")._base_manager
    return not (people.exists() or towns.exists())


def begin_snapshot() -> None:
    """Let all reads that follow see one moment, without holding up writers. End it with `end_snapshot`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "BEGIN ISOLATION LEVEL REPEATABLE READ" if connection.vendor == "postgresql" else "BEGIN DEFERRED"
        )


def end_snapshot() -> None:
    """End what `begin_snapshot` began."""
    with connection.cursor() as cursor:
        cursor.execute("COMMIT")
