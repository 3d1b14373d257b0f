"""What the worker does for logins: forgets those never used, and renews our keys towards directories."""

from datetime import timedelta

from handtag.jobs.actions import duty
from handtag.login import actions


@duty("login.forget_unused", every=timedelta(hours=1))
def forget_unused() -> None:
    """An address somebody wrote once is not kept."""
    actions.forget_unused()
    actions.forget_gone()


@duty("login.turn_keys", every=timedelta(hours=1))
def turn_keys() -> None:
    """Renew our keys towards directories well before they run out."""
    actions.turn_keys()
