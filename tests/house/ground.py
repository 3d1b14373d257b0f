"""Where the rules of the house look: rooms, floors, files, syntax trees and routes."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent.parent
HANDTAG = ROOT / "handtag"
FREE = ("kernel", "matching", "geo", "papers")  # rooms without shelves
SHELVES = (
    *("urls", "management", "views", "middleware", "forms", "templatetags", "actions", "messages"),
    *("gateways", "queries", "models", "rules", "apps", "migrations", "templates", "static", "tasks"),
)
CLOSED = ("views", "forms", "urls", "templatetags", "middleware", "management", "messages", "gateways")


@cache
def pyproject() -> dict[str, Any]:
    """The project's one file of tool settings."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def contract(identity: str) -> dict[str, Any]:
    """One contract of import-linter."""
    contracts = pyproject()["tool"]["importlinter"]["contracts"]
    return next(one for one in contracts if one["id"] == identity)


@cache
def floors() -> dict[str, int]:
    """The floor of every room, the lowest first."""
    layers = reversed(contract("floors")["layers"])
    return {room.strip(" ()"): floor for floor, line in enumerate(layers) for room in line.split("|")}


def rooms() -> list[str]:
    """The rooms that are built."""
    return sorted(path.name for path in HANDTAG.iterdir() if (path / "__init__.py").exists())


def shelved() -> list[str]:
    """The rooms with shelves."""
    return [room for room in rooms() if room not in FREE]


def modules(folder: Path = HANDTAG, *, migrations: bool = False) -> Iterator[Path]:
    """Every Python file, without what Django wrote itself."""
    for file in sorted(folder.rglob("*.py")):
        if migrations or "migrations" not in file.parts:
            yield file


def templates() -> list[Path]:
    """Every page and piece of a page."""
    found = [*(ROOT / "templates").rglob("*.html"), *HANDTAG.glob("*/templates/**/*.html")]
    return sorted(found)


def room_of(file: Path) -> str:
    """The room a file lies in."""
    return file.relative_to(HANDTAG).parts[0]


def shelf_of(file: Path) -> str:
    """The shelf a file lies on."""
    parts = file.relative_to(HANDTAG).parts
    return Path(parts[1]).stem if len(parts) > 1 else ""


@cache
def tree(file: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def shown(file: Path) -> str:
    """A file's name for a finding."""
    return file.relative_to(ROOT).as_posix()


def listed(findings: list[str]) -> str:
    """All findings, one on a line: pytest alone would show the first."""
    return "\n" + "\n".join(findings)


@dataclass(frozen=True)
class Route:
    """One address of the site and the view behind it."""

    path: str
    name: str
    view: Any


def routes(patterns: list[Any] | None = None, before: str = "/") -> Iterator[Route]:
    """Every address of the site."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        path = f"{before}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, path)
        elif isinstance(one, URLPattern):
            yield Route(path, one.name or "", one.callback)
