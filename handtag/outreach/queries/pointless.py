"""What need not be sent any more of what this room writes: once somebody has said yes, or the ask is gone."""

from typing import Final
from uuid import UUID

from handtag.errands.models import Ask

KINDS: Final = frozenset({"ask.other_time", "ask.urgent"})


def is_pointless(kind: str, about_id: UUID) -> bool:
    """Whether a notice of this kind about this ask would tell of what is no more."""
    return kind in KINDS and not Ask.objects.everywhere().filter(id=about_id, state=Ask.State.OPEN).exists()
