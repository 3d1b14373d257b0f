"""What a municipality says of itself to the public: as it wrote it, or in ready words."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from handtag.geo import municipalities as listed
from handtag.municipalities.models import Municipality


@dataclass(frozen=True, slots=True)
class StatementView:
    """The accessibility statement as it is shown."""

    actor: str
    service: str = "Handtag"
    conformity: str = "not_assessed"
    faults: tuple[str, ...] = ()
    reasons: str = ""
    assessed_on: date | None = None
    method: str = "self"
    contact: str = ""
    published_on: date | None = field(default=None)


def official_name(town: Municipality) -> str:
    """Its name as an authority: Helsingborgs kommun."""
    return listed.by_code(town.code).official


def statement(town: Municipality) -> StatementView:
    """What the municipality has published, or that it has not assessed anything yet."""
    kept: dict[str, Any] = dict(town.statement)
    if not kept:
        return StatementView(actor=official_name(town), published_on=town.created_at.date())
    kept["faults"] = tuple(line.strip() for line in kept["faults"].splitlines() if line.strip())
    for day in ("assessed_on", "published_on"):
        kept[day] = date.fromisoformat(kept[day]) if kept[day] else None
    return StatementView(**kept)


def paragraphs(text: str) -> list[str]:
    """A text as paragraphs: a blank line parts them."""
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
