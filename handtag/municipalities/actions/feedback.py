"""Somebody says that a page could not be used: it becomes a case in the room above."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.history import actions as history
from handtag.kernel.actor import Actor
from handtag.kernel.errors import Problem
from handtag.municipalities.models import Municipality
from handtag.municipalities.rules.words import Feedback
from handtag.once.actions import take_turn

MOST, WITHIN = 5, timedelta(hours=1)
ENOUGH = _(
    "Several messages have come from where you are in the last hour, so this one was not sent. What you have "
    "written is still here: send it again in an hour, or call us."
)

# The room that keeps cases adds itself here in its apps.ready(); each feedback gets an answer there.
AFTER_FEEDBACK: list[Callable[[Actor, Feedback], None]] = []


@transaction.atomic
def send_feedback(*, by: Actor, municipality_id: UUID, feedback: Feedback, sender: str = "") -> None:
    """Take in feedback from anybody, logged in or not; from one sender no more than can be read.

    `sender` is where it came from, when that is known: the person, or the address of a visitor.
    """
    if not feedback.words.strip():
        raise Problem(_("Write what did not work, in your own words."), field="words")
    if sender:
        take_turn(deed="feedback.sent", sender=sender, most=MOST, within=WITHIN, words=ENOUGH)
    here = replace(by, municipality_id=Municipality.objects.get(pk=municipality_id).id)
    history.record(by=here, verb="feedback.sent", kind="municipality", object_id=municipality_id)
    for consequence in AFTER_FEEDBACK:
        consequence(here, feedback)
