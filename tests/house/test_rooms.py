"""Which rooms there are, what stands on their shelves, and by which doors one room enters another."""

import ast
import re
import sys
from pathlib import Path

import grimp
import pytest

from tests.house.ground import (
    CLOSED,
    FREE,
    HANDTAG,
    ROOT,
    SHELVES,
    contract,
    floors,
    listed,
    modules,
    rooms,
    shelf_of,
    shelved,
    shown,
    tree,
)

KERNEL = {
    *(
        "actor",
        "asked",
        "clock",
        "doors",
        "egress",
        "errors",
        "ids",
        "mending",
        "numbers",
        "phones",
        "picks",
        "planned",
        "prepared",
    ),
    *("rights", "sealing", "senders", "small", "spoken", "tenancy", "tongues", "vapid"),
}


@pytest.fixture(scope="session")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("handtag", cache_dir=None)


def test_every_room_has_its_floor() -> None:
    assert set(rooms()) <= set(floors())


def test_every_room_has_the_shelves_contract() -> None:
    """Only the rooms named free are spared, so that a new room cannot forget itself."""
    held = {name.removeprefix("handtag.") for name in contract("shelves")["containers"]}
    assert held == set(shelved())


def test_nothing_stands_beside_the_shelves() -> None:
    allowed = {*SHELVES, "__init__", "__pycache__"}
    stray = [
        shown(path)
        for room in shelved()
        for path in (HANDTAG / room).iterdir()
        if path.stem not in allowed or path.suffix not in ("", ".py")
    ]
    assert stray == [], listed(stray)


def test_the_kernel_is_closed() -> None:
    """What all rooms lean on grows only on purpose: add a name here and say why in the commit."""
    assert {file.stem for file in modules(HANDTAG / "kernel")} - {"__init__"} <= KERNEL


def test_nobody_enters_by_another_rooms_inner_doors(graph: grimp.ImportGraph) -> None:
    """Lower rooms are met at their actions, queries, models and rules."""
    wrong = [
        f"{importer} → {imported}"
        for importer, imported in edges(graph)
        if room(importer) != room(imported) and shelf(imported) in CLOSED
    ]
    assert wrong == [], listed(wrong)


def test_another_rooms_tables_are_read_by_models_queries_and_actions_alone() -> None:
    """A name that only a type needs is imported under TYPE_CHECKING."""
    graph = grimp.build_graph("handtag", cache_dir=None, exclude_type_checking_imports=True)
    wrong = [
        f"{importer} → {imported}"
        for importer, imported in edges(graph)
        if room(importer) != room(imported)
        and shelf(imported) == "models"
        and shelf(importer) not in ("models", "queries", "actions")
    ]
    assert wrong == [], listed(wrong)


def test_rules_know_only_python_and_the_kernel() -> None:
    wrong = [
        f"{shown(file)}: {name}"
        for name, file in _imports_of("rules")
        if name.partition(".")[0] not in sys.stdlib_module_names
        and not name.startswith(("handtag.kernel", f"handtag.{file.relative_to(HANDTAG).parts[0]}.rules"))
    ]
    assert wrong == [], listed(wrong)


def test_there_is_no_room_for_odds_and_ends() -> None:
    names = {"utils", "util", "helpers_misc", "common", "core", "misc", "signals", "admin"}
    assert [shown(file) for file in modules() if file.stem in names or file.parent.name in names] == []


def test_no_signals_and_no_thread_locals() -> None:
    words = re.compile(r"django\.(db\.models\.|core\.|test\.)?(signals|dispatch)|threading\.local\(")
    assert [shown(file) for file in modules() if words.search(file.read_text())] == []


def test_the_plan_on_paper_is_the_plan_that_is_held() -> None:
    """docs/house.md names the same rooms, floor by floor, as the contract."""
    block = (ROOT / "docs" / "house.md").read_text().partition("## Floors")[2].split("```")[1]
    drawn = [
        {name for name in re.split(r"[ |]+", re.split(r"  +", line.strip())[0]) if name}
        for line in block.strip().splitlines()
    ]
    held = [{name for name in re.split(r"[ |()]+", line) if name} for line in contract("floors")["layers"]]
    assert drawn == held


def edges(graph: grimp.ImportGraph) -> list[tuple[str, str]]:
    """Every direct import inside handtag."""
    return sorted(
        (importer, imported)
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
    )


def room(module: str) -> str:
    """`handtag.errands.models.asks` is in errands."""
    return [*module.split("."), ""][1]


def shelf(module: str) -> str:
    """`handtag.errands.models.asks` is on models; in a room without shelves there is none."""
    return "" if room(module) in FREE else [*module.split("."), "", ""][2]


def _imports_of(shelf_name: str) -> list[tuple[str, Path]]:
    found = []
    for file in modules():
        if file.relative_to(HANDTAG).parts[0] in FREE or shelf_of(file) != shelf_name:
            continue
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Import):
                found += [(alias.name, file) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                found.append((node.module or "", file))
    return found
