"""What the worker does for the desk."""

from datetime import timedelta

from handtag.desk import actions
from handtag.jobs.actions import duty


@duty("desk.follow_up", every=timedelta(minutes=10))
def follow_up() -> None:
    """Put follow-up calls on the list."""
    actions.follow_up_due()
