"""What the contact centre does: the only writers of calls, and of what callers say through staff."""

from handtag.desk.actions.acting import as_caller, open_caller
from handtag.desk.actions.calls import log, write_note
from handtag.desk.actions.carrying import DEEDS, carry_out
from handtag.desk.actions.following import follow_up_due
from handtag.desk.actions.handing import hand_on
from handtag.desk.actions.helping import change_helping
from handtag.desk.actions.leaving import after_protect, forget_person
from handtag.desk.actions.ringing import (
    bring,
    note_outcome,
    put_back,
    say_how_it_went,
    take,
    take_letter,
    want_ring_back,
)
from handtag.desk.actions.taking_down import (
    NewCaller,
    change,
    check,
    continue_with,
    file_ask,
    prepare,
    register_caller,
)
from handtag.desk.actions.verifying import verify
from handtag.desk.actions.ways import choose_way, stop_telling
from handtag.people.actions import ReasonNeeded

__all__ = [
    "DEEDS",
    "NewCaller",
    "ReasonNeeded",
    "after_protect",
    "as_caller",
    "bring",
    "carry_out",
    "change",
    "change_helping",
    "check",
    "choose_way",
    "continue_with",
    "file_ask",
    "follow_up_due",
    "forget_person",
    "hand_on",
    "log",
    "note_outcome",
    "open_caller",
    "prepare",
    "put_back",
    "register_caller",
    "say_how_it_went",
    "stop_telling",
    "take",
    "take_letter",
    "verify",
    "want_ring_back",
    "write_note",
]
