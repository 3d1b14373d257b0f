"""When a duty is done again, and how long it waits after a failure."""

from datetime import timedelta

MOST_FAILURES = 5
LONGEST_RUN = timedelta(minutes=5)


def wait_after(failures: int) -> timedelta:
    """How long to wait after the n-th failure in a row: 10 s, 20 s, 40 s … at most ten minutes."""
    return min(timedelta(seconds=10 * 2 ** (failures - 1)), timedelta(minutes=10))
