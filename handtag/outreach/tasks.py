"""What the worker does for outreach: the next turn of every ask whose time has come."""

from datetime import timedelta

from handtag.jobs.actions import duty
from handtag.outreach.actions import waves


@duty("outreach.waves", every=timedelta(seconds=30))
def go_on() -> None:
    """Tell the helpers whose turn it is, and widen where nobody says yes."""
    waves.advance_due()
