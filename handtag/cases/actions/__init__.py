"""Opening cases and handling them: the only writers of cases."""

from handtag.cases.actions.handing import accept, fall_back_due, hand_on
from handtag.cases.actions.handling import add_reader, close, note, open_page, reopen, take_in_hand
from handtag.cases.actions.opening import (
    forget_person,
    from_feedback,
    from_report,
    from_silence,
    from_text,
    open_case,
)

__all__ = [
    "accept",
    "add_reader",
    "close",
    "fall_back_due",
    "forget_person",
    "from_feedback",
    "from_report",
    "from_silence",
    "from_text",
    "hand_on",
    "note",
    "open_case",
    "open_page",
    "reopen",
    "take_in_hand",
]
