"""What the worker does for logins: forgets those never used."""

from datetime import timedelta

from handtag.jobs.actions import duty
from handtag.login import actions


@duty("login.forget_unused", every=timedelta(hours=1))
def forget_unused() -> None:
    """An address somebody wrote once is not kept."""
    actions.forget_unused()
