"""The sample: the same from the same seed, built in the sample alone, and time led nowhere else."""

import ast
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import transaction

from handtag.errands.models import Ask, Errand
from handtag.front.actions.sample import building
from handtag.kernel.errors import Problem
from handtag.people.models import Person
from tests.house.conftest import MORNING
from tests.house.ground import HANDTAG, listed, modules, shown, tree

LED = {HANDTAG / "kernel" / "clock.py", HANDTAG / "kernel" / "ids.py"}


def built(moment: datetime) -> dict[str, set[UUID]]:
    """The ids that one seed gives at some moment; nothing is left behind."""
    with time_machine.travel(moment, tick=False), transaction.atomic():
        building.build(seed=3, people=0, days=2, say=lambda words: None)
        made: list[Any] = [Person.objects, Ask.objects.everywhere(), Errand.objects.everywhere()]
        found = {rows.model.__name__: set(rows.values_list("pk", flat=True)) for rows in made}
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_ids_and_the_same_cast_on_any_day() -> None:
    first = built(MORNING)
    assert all(first.values())
    assert built(MORNING) == first
    assert built(MORNING + timedelta(days=3))["Person"] == first["Person"]


@pytest.mark.django_db
def test_the_sample_is_built_nowhere_else(settings: Any) -> None:
    settings.SAMPLE = False
    with pytest.raises(Problem, match="SAMPLE=1"):
        building.build(seed=3, people=0, days=2, say=lambda words: None)


def test_time_and_ids_are_led_by_the_sample_alone() -> None:
    sample = HANDTAG / "front" / "actions" / "sample"
    others = [file for file in modules() if sample not in file.parents and file not in LED]
    wrong = [shown(file) for file in others if {"travelling", "seeded"} & said(file)]
    assert wrong == [], listed(wrong)


def said(file: Path) -> set[str]:
    """The names that a module uses."""
    nodes = list(ast.walk(tree(file)))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    return names | {node.attr for node in nodes if isinstance(node, ast.Attribute)}
