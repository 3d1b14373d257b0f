"""Telling people: into the outbox with the deed, out of it afterwards, and what comes back."""

from handtag.notices.actions.calling import (
    AFTER_DIAL,
    ask_for_call,
    go_on,
    note_answer,
    note_call_end,
    place_due,
    take_call,
)
from handtag.notices.actions.choosing import Wish, choose_channels, start_texts, stop_texts
from handtag.notices.actions.gathering import gather_due
from handtag.notices.actions.incoming import AFTER_INCOMING, Heard, receive
from handtag.notices.actions.letters import (
    open_batch,
    post_letters,
    print_letters,
    put_back,
    ring_instead,
    told_instead,
)
from handtag.notices.actions.lines import Opened, count_refused, open_line
from handtag.notices.actions.phoning import Missed, ToRing, note_phoned, open_missed
from handtag.notices.actions.previewing import Preview, previews
from handtag.notices.actions.reporting import note_report
from handtag.notices.actions.ringing import AFTER_BRING, told_by_phone
from handtag.notices.actions.sending import send_due
from handtag.notices.actions.subscribing import Device, end_push, subscribe, unsubscribe
from handtag.notices.actions.telling import cancel, enqueue, put_aside, tell
from handtag.notices.messages import EVERY_TEXT, Letter, Sample, answer

__all__ = [
    "AFTER_BRING",
    "AFTER_DIAL",
    "AFTER_INCOMING",
    "EVERY_TEXT",
    "Device",
    "Heard",
    "Letter",
    "Missed",
    "Opened",
    "Preview",
    "Sample",
    "ToRing",
    "Wish",
    "answer",
    "ask_for_call",
    "cancel",
    "choose_channels",
    "count_refused",
    "end_push",
    "enqueue",
    "gather_due",
    "go_on",
    "note_answer",
    "note_call_end",
    "note_phoned",
    "note_report",
    "open_batch",
    "open_line",
    "open_missed",
    "place_due",
    "post_letters",
    "previews",
    "print_letters",
    "put_aside",
    "put_back",
    "receive",
    "ring_instead",
    "send_due",
    "start_texts",
    "stop_texts",
    "subscribe",
    "take_call",
    "tell",
    "told_by_phone",
    "told_instead",
    "unsubscribe",
]
