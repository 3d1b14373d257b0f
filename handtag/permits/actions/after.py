"""What must happen above this room, in the same transaction, when a permit is lost."""

from collections.abc import Callable
from typing import Final

from handtag.kernel.actor import Actor
from handtag.permits.models import Permit

AFTER_LOSS: Final[list[Callable[[Actor, Permit], None]]] = []
"""Run when a permit in force is paused, withdrawn or runs out; upper rooms add to it in `apps.ready()`."""
