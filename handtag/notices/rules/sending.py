"""How often and how long a notice is tried."""

from datetime import timedelta

MOST_ATTEMPTS = 60
ATTEMPTS_BEFORE_ANOTHER_WAY = 10  # about forty minutes: who can be reached otherwise does not wait two days
LEASE = timedelta(minutes=2)
ROUND = timedelta(seconds=5)
FRESH = timedelta(minutes=5)  # what has waited longer may be true no more
AWAKE = timedelta(minutes=30)  # so long after a text of theirs somebody is taken to be up
QUIET_KINDS = frozenset({"ask.open"})  # what nobody is woken by: it waits for the morning
SECRET_KINDS = frozenset({"login.code", "login.link"})


def wait_after(attempts: int) -> timedelta:
    """How long to wait after the n-th failed attempt: 5 s, 10 s, 20 s … at most an hour.

    Sixty attempts so spread reach over two days: a mail server down for a day loses nothing.
    """
    return min(timedelta(seconds=5 * 2 ** min(attempts - 1, 12)), timedelta(hours=1))
