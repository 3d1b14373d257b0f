"""RING by text: whoever wants to be rung stands on the list of those to ring, not among what is read."""

from typing import Final

from handtag.desk import messages
from handtag.desk.actions.ringing import wants_call
from handtag.kernel.actor import Actor
from handtag.notices.actions import Heard
from handtag.notices.rules.heard import Word

_MOST: Final = 300


def from_text(by: Actor, heard: Heard) -> str | None:
    """Somebody texts RING, perhaps with what it is about; None where another word was meant."""
    if heard.word != Word.RING:
        return None
    wants_call(by=by, words=heard.text.strip()[:_MOST])
    return messages.we_ring()
