"""Pure rules of telling people: how often, by which channel, at what hour, in how many letters."""

from handtag.notices.rules.channels import ANSWERS, AT_ANY_HOUR, BUZZING, SMS
from handtag.notices.rules.sending import (
    ATTEMPTS_BEFORE_ANOTHER_WAY,
    AWAKE,
    FRESH,
    LEASE,
    MOST_ATTEMPTS,
    QUIET_KINDS,
    ROUND,
    SECRET_KINDS,
    not_for,
    wait_after,
)

__all__ = [
    "ANSWERS",
    "ATTEMPTS_BEFORE_ANOTHER_WAY",
    "AT_ANY_HOUR",
    "AWAKE",
    "BUZZING",
    "FRESH",
    "LEASE",
    "MOST_ATTEMPTS",
    "QUIET_KINDS",
    "ROUND",
    "SECRET_KINDS",
    "SMS",
    "not_for",
    "wait_after",
]
