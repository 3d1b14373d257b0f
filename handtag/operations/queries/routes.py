"""Every address of the site with what stands on its door."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.checks import CheckMessage, Error
from django.urls import URLPattern, URLResolver, get_resolver

from handtag.kernel.doors import Door
from handtag.kernel.rights import ROLES

TOWN = "<slug:town>/"


@dataclass(frozen=True, slots=True)
class Route:
    """One address: its path, its name, and its door where it has one."""

    path: str
    name: str
    door: Door | None

    def as_json(self) -> dict[str, object]:
        """As `manage.py routes --json` prints it."""
        door = self.door
        return {
            "path": self.path,
            "methods": list(door.methods) if door else [],
            "name": self.name,
            "right": door.right.value if door and door.right else None,
            "public_because": door.public_because if door else "",
            "tenant": self.path.startswith("/" + TOWN),
            "personal_data": bool(door and door.personal),
        }


def routes() -> list[Route]:
    """Every route, in the order in which addresses are looked up."""
    return list(_walk(get_resolver().url_patterns, "/", ""))


def _walk(patterns: list[URLPattern | URLResolver], prefix: str, names: str) -> Iterator[Route]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{names}{pattern.namespace}:" if pattern.namespace else names
            yield from _walk(pattern.url_patterns, path, inner)
        else:
            yield Route(path, names + (pattern.name or ""), getattr(pattern.callback, "door", None))


def undeclared(**_options: object) -> list[CheckMessage]:
    """A fault for each route without a declaration; a check that Django runs before it serves."""
    return [
        Error(f"{route.path} says neither which right it needs nor why it is public", id="handtag.E001")
        for route in routes()
        if route.door is None
    ]


def permissions() -> dict[str, list[str]]:
    """Each role with its rights."""
    return {role.value: sorted(right.value for right in rights) for role, rights in ROLES.items()}
