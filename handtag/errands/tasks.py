"""What the worker does for errands: telling helpers, closing what time has closed."""

from datetime import timedelta

from handtag.errands.actions import announcing, taking_back
from handtag.jobs.actions import duty


@duty("errands.announce", every=timedelta(seconds=30))
def announce() -> None:
    """Tell the helpers whose turn it is."""
    announcing.announce_due()


@duty("errands.close", every=timedelta(seconds=60))
def close() -> None:
    """Close what nobody took in time, and ask how it went where nobody has said."""
    taking_back.expire_due()
    announcing.close_due()
