"""The worker's part of retention."""

from datetime import timedelta

from handtag.jobs.actions import duty
from handtag.privacy.actions import retention


@duty("privacy.destroy", every=timedelta(minutes=10))
def destroy() -> None:
    """Destroy what two people have approved."""
    retention.destroy_approved()
