"""The worker's part of the book."""

from datetime import timedelta

from handtag.history import actions
from handtag.jobs.actions import duty


@duty("history.seal", every=timedelta(seconds=5))
def seal() -> None:
    """Chain what was committed since last time."""
    actions.seal()
