"""Tables of the heart: the ask, the meeting, and what was said."""

from handtag.errands.models.asks import Ask, AskGroup, AskPlace, Draft, Occasion, Series
from handtag.errands.models.meetings import Errand, Invitation, Offer, Outlay, Receipt, Told
from handtag.errands.models.words import Feed, Feedback, Message

__all__ = [
    "Ask",
    "AskGroup",
    "AskPlace",
    "Draft",
    "Errand",
    "Feed",
    "Feedback",
    "Invitation",
    "Message",
    "Occasion",
    "Offer",
    "Outlay",
    "Receipt",
    "Series",
    "Told",
]
