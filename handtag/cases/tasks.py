"""What the worker does for cases."""

from datetime import timedelta

from handtag.cases import actions
from handtag.jobs.actions import duty


@duty("cases.fall_back", every=timedelta(minutes=15))
def fall_back() -> None:
    """Give what nobody took in time back to the coordinators."""
    actions.fall_back_due()
