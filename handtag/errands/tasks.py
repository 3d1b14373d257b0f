"""What the worker does for errands: telling helpers, closing what time has closed."""

from datetime import timedelta

from handtag.errands.actions import announcing, drafting, taking_back
from handtag.jobs.actions import duty, in_turn


@duty("errands.announce", every=timedelta(seconds=30))
def announce() -> None:
    """Tell the helpers whose turn it is."""
    announcing.announce_due()


@duty("errands.close", every=timedelta(seconds=60))
def close() -> None:
    """Close what nobody took in time, and ask how it went where nobody has said."""
    in_turn(taking_back.expire_due, announcing.close_due)


@duty("errands.forget_drafts", every=timedelta(hours=24))
def forget_drafts() -> None:
    """Forget questions that were begun and never sent."""
    drafting.forget_drafts()
