"""What the room says, and to whom."""

from uuid import UUID

from handtag.errands.messages import asking, meeting, texting
from handtag.notices.actions import Sample

__all__ = ["samples"]


def samples(municipality_id: UUID, link: str) -> list[Sample]:
    """All of it, with invented values."""
    return [*asking.samples(link), *meeting.samples(link), *texting.samples(municipality_id, link)]
