"""How the book is chained: each row's digest covers the row and the digest before it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

Cell = str | int | bool | None | datetime | UUID | dict[str, object]


def digest(before: str, number: int, cells: Mapping[str, Cell]) -> str:
    """SHA-256 over the digest before, the number, and the row in canonical JSON (RFC 8785 in spirit)."""
    words = json.dumps(
        {name: _plain(cell) for name, cell in cells.items()},
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )
    return hashlib.sha256(f"{before}\n{number}\n{words}".encode()).hexdigest()


def _plain(cell: Cell) -> object:
    if isinstance(cell, datetime):
        return int(cell.timestamp() * 1_000_000)
    return str(cell) if isinstance(cell, UUID) else cell
