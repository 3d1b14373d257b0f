"""How tables refer to each other, and who may write them."""

import ast
import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from handtag.kernel.tenancy import TenantManager
from tests.house.ground import FREE, floors, listed, modules, room_of, shelf_of, shown, tree

WRITING = {
    *("save", "create", "get_or_create", "update_or_create", "delete"),
    *("bulk_create", "bulk_update", "asave", "acreate", "adelete", "aupdate"),
}
ACROSS = {"municipalities.Membership"}  # who is in a partnership is known to all its members
# Statements put together once for any table; who calls them is looked at as any other who writes.
PUT_TOGETHER = "handtag/kernel/prepared.py"
SQL = re.compile(r"\b(INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\b")


def tables() -> list[type[models.Model]]:
    """Every table of ours."""
    return [model for model in apps.get_models() if model.__module__.startswith("handtag.")]


def references() -> Iterator[tuple[type[models.Model], Any, str]]:
    """Every reference between two tables of ours, with the room it points to."""
    for model in tables():
        for field in (*model._meta.fields, *model._meta.many_to_many):
            target = field.related_model
            if isinstance(target, type) and target.__module__.startswith("handtag."):
                yield model, field, target._meta.app_label


def test_references_point_down() -> None:
    up = [
        f"{model._meta.label}.{field.name} → {room}"
        for model, field, room in references()
        if room != model._meta.app_label and floors()[room] >= floors()[model._meta.app_label]
    ]
    assert up == [], listed(up)


def test_references_that_leave_the_room_add_nothing_to_the_other() -> None:
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model, field, room in references()
        if room != model._meta.app_label and not field.remote_field.hidden
    ]
    assert wrong == [], 'these need related_name="+"'


def test_history_refers_to_nothing() -> None:
    """A row of history outlives what it tells of."""
    inside = [(field, room) for model, field, room in references() if model._meta.app_label == "history"]
    assert [str(field) for field, room in inside if room != "history"] == []


def test_a_tenant_table_has_the_tenant_manager() -> None:
    wrong = [
        model._meta.label
        for model in tables()
        if any(field.name == "municipality" for field in model._meta.fields)
        and not isinstance(model._default_manager, TenantManager)
        and model._meta.label not in ACROSS
    ]
    assert wrong == [], listed(wrong)


def test_no_table_writes_behind_ones_back() -> None:
    wrong = [
        f"{shown(file)}: {node.name}.{item.name}"
        for file in modules()
        if shelf_of(file) == "models"
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ClassDef)
        for item in node.body
        if isinstance(item, ast.FunctionDef) and item.name in ("save", "delete", "clean", "__del__")
    ]
    assert wrong == [], listed(wrong)


def test_only_actions_write() -> None:
    wrong = [
        f"{shown(file)}:{node.lineno}: {ast.unparse(node)[:60]}"
        for file in modules()
        if room_of(file) not in FREE and shelf_of(file) != "actions"
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and _writes(node)
    ]
    assert wrong == [], listed(wrong)


def test_no_sql_writes_outside_actions() -> None:
    wrong = [
        f"{shown(file)}:{node.lineno}"
        for file in modules()
        if shelf_of(file) != "actions" and shown(file) != PUT_TOGETHER
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value)
    ]
    assert wrong == [], listed(wrong)


def _writes(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Name):
        return call.func.id in ("insert", "update_each")
    if not isinstance(call.func, ast.Attribute) or "session" in ast.unparse(call.func.value):
        return False
    if call.func.attr == "update":  # a dict's takes a dict, a table's takes names
        return bool(call.keywords) and not call.args
    return call.func.attr in WRITING
