"""The worker's part of the outbox."""

from datetime import timedelta

from handtag.jobs.actions import duty
from handtag.notices import actions


@duty("notices.send", every=timedelta(seconds=1))
def send() -> None:
    """Send what is due."""
    actions.send_due()
