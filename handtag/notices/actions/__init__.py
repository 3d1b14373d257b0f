"""Telling people: into the outbox with the deed, out of it afterwards, and what comes back."""

from handtag.notices.actions.choosing import Wish, choose_channels, open_line
from handtag.notices.actions.gathering import gather_due
from handtag.notices.actions.incoming import AFTER_INCOMING, Heard, receive
from handtag.notices.actions.reporting import note_report
from handtag.notices.actions.sending import send_due
from handtag.notices.actions.subscribing import Device, subscribe, unsubscribe
from handtag.notices.actions.telling import cancel, enqueue, put_aside, tell
from handtag.notices.messages import Letter

__all__ = [
    "AFTER_INCOMING",
    "Device",
    "Heard",
    "Letter",
    "Wish",
    "cancel",
    "choose_channels",
    "enqueue",
    "gather_due",
    "note_report",
    "open_line",
    "put_aside",
    "receive",
    "send_due",
    "subscribe",
    "tell",
    "unsubscribe",
]
