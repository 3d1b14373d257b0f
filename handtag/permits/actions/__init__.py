"""The deeds of this room: applying, checking, deciding, and setting what is demanded."""

from handtag.permits.actions.after import AFTER_LOSS
from handtag.permits.actions.applying import apply, take_up
from handtag.permits.actions.checking import note_proved, record_check, withdraw_check
from handtag.permits.actions.deciding import decide, reinstate, revoke, suspend
from handtag.permits.actions.leaving import forget_person
from handtag.permits.actions.passing import lapse_expired, settle_waiting, warn_before
from handtag.permits.actions.reading import ReasonNeeded, open_case, open_person, preview
from handtag.permits.actions.reviewing import ask_review
from handtag.permits.actions.settings import (
    ServiceWish,
    change_service,
    furnish,
    make_service,
    move_service,
    set_rule,
    switch_service,
)

__all__ = [
    "AFTER_LOSS",
    "ReasonNeeded",
    "ServiceWish",
    "apply",
    "ask_review",
    "change_service",
    "decide",
    "forget_person",
    "furnish",
    "lapse_expired",
    "make_service",
    "move_service",
    "note_proved",
    "open_case",
    "open_person",
    "preview",
    "record_check",
    "reinstate",
    "revoke",
    "set_rule",
    "settle_waiting",
    "suspend",
    "switch_service",
    "take_up",
    "warn_before",
    "withdraw_check",
]
