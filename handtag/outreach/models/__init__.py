"""Tables of the room outreach."""

from handtag.outreach.models.waves import Attention, Chosen, Wave

__all__ = ["Attention", "Chosen", "Wave"]
