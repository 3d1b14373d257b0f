"""The shape of an entry in the register of personal data (GDPR article 30)."""

from dataclasses import dataclass, field
from enum import StrEnum


class Basis(StrEnum):
    """The legal basis of a processing (GDPR article 6.1)."""

    PUBLIC_TASK = "public_task"  # e: a task in the public interest
    LEGAL_DUTY = "legal_duty"  # c: an obligation by law, archives and oversight
    CONSENT = "consent"  # a: only what is truly optional


class Purpose(StrEnum):
    """What a column is for."""

    KNOW_WHO = "know_who"
    REACH = "reach"
    LOG_IN = "log_in"
    BRING_TOGETHER = "bring_together"
    MEET = "meet"
    DECIDE = "decide"
    FOLLOW_UP = "follow_up"
    ANSWER_FOR = "answer_for"


class Recipient(StrEnum):
    """Who may see it, besides the person."""

    NOBODY = "nobody"
    STAFF = "staff"
    PUSH_SERVICE = "push_service"
    OFFICERS = "officers"
    OTHER_SIDE = "other_side"
    HELPERS_NEAR = "helpers_near"


class Erasing(StrEnum):
    """What an erasure does with a row."""

    DELETE = "delete"
    BLANK = "blank"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Record:
    """One table with personal data: whose it is, which columns, why, for whom to see, how long.

    `mine` are the lookups by which a row is about a person. `event` is the column a retention counts from;
    empty: the row lives as long as what it belongs to. `free_text` columns are treated as sensitive.
    `blank` columns are emptied by an erasure where the row itself must stay.
    """

    type: str
    table: str
    mine: tuple[str, ...]
    personal: tuple[str, ...]
    purpose: Purpose
    recipients: tuple[Recipient, ...]
    basis: Basis = Basis.PUBLIC_TASK
    event: str = ""
    plain: tuple[str, ...] = ()
    free_text: tuple[str, ...] = ()
    erasing: Erasing = Erasing.KEEP
    blank: tuple[str, ...] = ()
    kept_because: str = ""
    town: str = "municipality_id"
    hidden: tuple[str, ...] = field(default=())
