"""What the worker does for permits, every hour."""

from datetime import timedelta

from handtag.jobs.actions import duty, in_turn
from handtag.permits import actions


@duty("permits.pass_time", every=timedelta(hours=1))
def pass_time() -> None:
    """Warn, let run out, and let rules decide what they now may."""
    in_turn(actions.lapse_expired, actions.warn_before, actions.settle_waiting)
