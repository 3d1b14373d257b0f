"""Telling people: into the outbox with the deed, out of it afterwards, and what comes back."""

from handtag.notices.actions.choosing import Wish, choose_channels, open_line
from handtag.notices.actions.incoming import AFTER_INCOMING, Heard, receive
from handtag.notices.actions.reporting import note_report
from handtag.notices.actions.ringing import AFTER_BRING, told_by_phone
from handtag.notices.actions.sending import send_due
from handtag.notices.actions.telling import cancel, enqueue, put_aside, tell
from handtag.notices.messages import Letter

__all__ = [
    "AFTER_BRING",
    "AFTER_INCOMING",
    "Heard",
    "Letter",
    "Wish",
    "cancel",
    "choose_channels",
    "enqueue",
    "note_report",
    "open_line",
    "put_aside",
    "receive",
    "send_due",
    "tell",
    "told_by_phone",
]
