"""Why somebody is asked: facts about the two, as codes with at most one value, the three that matter most."""

from dataclasses import dataclass
from typing import Final, NamedTuple

MOST: Final = 3
NEAR_KM: Final = 2.0
TAKEN_FOR_GRANTED: Final = "sv"  # nobody in Sweden needs to be told that Swedish is asked for


class Reason(NamedTuple):
    """One reason: `near`, `day` (weekday), `language` (code), `first`, `service`, `group` (name), `before`,
    `free`.
    """

    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true of a helper and an ask."""

    km: float
    weekday: int | None = None  # the day, where it lies in the helper's own hours
    language: str = ""  # the first language they share of those the ask names
    group: str = ""  # a group of the helper's in which the ask is shown
    did_service: bool = False
    came_before: bool = False
    is_first: bool = False  # nobody has asked this helper before
    is_free: bool = True


def reasons(facts: Facts) -> tuple[Reason, ...]:
    """The reasons worth showing, the strongest first."""
    found = [
        (facts.came_before, Reason("before")),
        (facts.language not in ("", TAKEN_FOR_GRANTED), Reason("language", facts.language)),
        (facts.is_first, Reason("first")),
        (facts.km < NEAR_KM, Reason("near")),
        (facts.weekday is not None, Reason("day", str(facts.weekday))),
        (facts.did_service, Reason("service")),
        (bool(facts.group), Reason("group", facts.group)),
        (facts.is_free and facts.weekday is None, Reason("free")),
    ]
    return tuple(reason for holds, reason in found if holds)[:MOST]
