"""Housekeeping that no other room does for itself."""

from datetime import timedelta

from django.core.management import call_command

from handtag.jobs.actions import duty
from handtag.once import actions as once


@duty("once.forget", every=timedelta(hours=1))
def forget_sent_forms() -> None:
    """Forget submission ids after a day."""
    once.forget_old()


@duty("sessions.clear", every=timedelta(hours=24))
def clear_sessions() -> None:
    """Throw away sessions that have run out."""
    call_command("clearsessions")
