"""What the worker does for mandates, every hour."""

from datetime import timedelta

from handtag.jobs.actions import duty
from handtag.mandates import actions


@duty("mandates.pass_time", every=timedelta(hours=1))
def pass_time() -> None:
    """Let what has had its last day end, and ask about what soon has."""
    actions.lapse_due()
    actions.ask_renewal()
    actions.remind()
