"""What the worker does for errands: closing what time has closed."""

from datetime import timedelta

from handtag.errands.actions import closing, drafting, taking_back
from handtag.jobs.actions import duty, in_turn


@duty("errands.close", every=timedelta(seconds=60))
def close() -> None:
    """Close what nobody took in time, and ask how it went where nobody has said."""
    in_turn(taking_back.expire_due, closing.close_due)


@duty("errands.forget_drafts", every=timedelta(hours=24))
def forget_drafts() -> None:
    """Forget questions that were begun and never sent."""
    drafting.forget_drafts()
