"""The worker's part of the pages made of several rooms."""

from datetime import timedelta

from handtag.front.actions import what_if
from handtag.jobs.actions import duty


@duty("front.what_if", every=timedelta(seconds=2))
def play() -> None:
    """Play a town of a question that waits."""
    what_if.play_due()
