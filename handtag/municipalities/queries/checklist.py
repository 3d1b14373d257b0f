"""What a new municipality has left to set up: one list that several rooms write on."""

from collections.abc import Callable
from dataclasses import dataclass

from handtag.kernel.actor import Actor
from handtag.kernel.errors import Words


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to set up: what it is, why, where it is done, and whether it is."""

    key: str
    title: Words
    hint: Words
    href: str
    is_done: bool
    order: int = 100


# Rooms above add what they know of (the first coordinator, a first service) in their apps.ready().
CHECKLIST: list[Callable[[Actor], list[Step]]] = []


def checklist(by: Actor) -> list[Step]:
    """Every step, in the order they are best taken."""
    return sorted((step for steps in CHECKLIST for step in steps(by)), key=lambda step: step.order)
