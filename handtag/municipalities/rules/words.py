"""What forms hand to the actions of the tenant: plain values, frozen."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

FONTS = {
    "atkinson": '"Atkinson Hyperlegible Next", "Noto Sans Arabic", system-ui, sans-serif',
    "system": "system-ui, sans-serif",
}


@dataclass(frozen=True, slots=True)
class SetUp:
    """What the settings page asks for."""

    phone: str
    hours: str
    email: str
    accent: str
    font: str
    languages: tuple[str, ...]
    welcome: str


@dataclass(frozen=True, slots=True)
class Statement:
    """The accessibility statement, as the law wants it said."""

    actor: str
    service: str
    conformity: str
    faults: str
    reasons: str
    assessed_on: date | None
    method: str
    contact: str
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place to be added: its name, and a point of its own or another place that it lies beside."""

    name: str
    kind: str = "village"
    longitude: float | None = None
    latitude: float | None = None
    beside: UUID | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody told about accessibility, and where an answer shall go if they want one."""

    words: str
    answer_to: str = ""
