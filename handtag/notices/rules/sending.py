"""How often and how long a notice is tried."""

from datetime import timedelta

from handtag.notices.rules.channels import PUSH

MOST_ATTEMPTS = 60
ATTEMPTS_BEFORE_ANOTHER_WAY = 10  # about forty minutes: who can be reached otherwise does not wait two days
LEASE = timedelta(minutes=2)
ROUND = timedelta(seconds=5)
FRESH = timedelta(minutes=5)  # what has waited longer may be true no more
AWAKE = timedelta(minutes=30)  # so long after a text of theirs somebody is taken to be up
QUIET_KINDS = frozenset({"ask.open"})  # what nobody is woken by: it waits for the morning
SECRET_KINDS = frozenset({"login.code", "login.link", "login.address"})


def wait_after(attempts: int, asked: timedelta | None = None) -> timedelta:
    """How long to wait after the n-th failed attempt: 5 s, 10 s, 20 s … at most an hour.

    Longer where the system has asked for it. Sixty attempts so spread reach over two days: a mail server down
    for a day loses nothing.
    """
    grown = timedelta(seconds=5 * 2 ** min(attempts - 1, 12))
    return min(max(grown, asked or timedelta(0)), timedelta(hours=1))


def not_for(kind: str) -> frozenset[str]:
    """The channels that a kind is never sent on: what lets one in goes to an address, not to a screen."""
    return frozenset({PUSH}) if kind in SECRET_KINDS else frozenset()
