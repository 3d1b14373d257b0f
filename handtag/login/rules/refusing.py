"""Why an answer of a provider lets nobody in: the code that is kept, and which words it calls for."""

from enum import StrEnum

from handtag.kernel.errors import HandtagError


class Refusal(StrEnum):
    """One fault of an answer; the code is recorded, without any personal data."""

    STATE = "state"  # not begun here, run out, or used already
    BROWSER = "browser"  # begun in another browser
    NONCE = "nonce"
    REPLAYED = "replayed"
    CANCELLED = "cancelled"
    SAID_NO = "said_no"  # the provider answers with a fault of its own
    AWAY = "away"
    NOT_ALLOWED_OUT = "not_allowed_out"  # the operator does not let traffic out to it
    DISCOVERY = "discovery"
    FORMAT = "format"
    ALGORITHM = "algorithm"
    KEY = "key"
    SIGNATURE = "signature"
    ISSUER = "issuer"
    AUDIENCE = "audience"
    PARTY = "party"  # azp: meant for another party
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    SUBJECT = "subject"
    HASH = "hash"  # at_hash: it came with another access token
    LEVEL = "level"
    STALE = "stale"  # who was to show anew who they are was let through without
    NUMBER = "number"
    OTHER_PERSON = "other_person"
    NO_ROLE = "no_role"
    NO_ADDRESS = "no_address"
    CLOSED = "closed"
    EVENT = "event"  # a logout token without the logout event
    SAML = "saml"
    UNREADABLE = "unreadable"  # encrypted for a key that is not ours, or no longer


_AGAIN = frozenset(
    {Refusal.STATE, Refusal.BROWSER, Refusal.NONCE, Refusal.REPLAYED, Refusal.EXPIRED, Refusal.STALE}
)
_OWN_WORDS = frozenset(
    {Refusal.CANCELLED, Refusal.AWAY, Refusal.LEVEL, Refusal.NO_ROLE, Refusal.CLOSED, Refusal.OTHER_PERSON}
)


def kind_of(refusal: Refusal) -> str:
    """Which words a person gets: what they can do about it, not what was wrong with the bytes."""
    if refusal in _AGAIN:
        return "again"
    return refusal.value if refusal in _OWN_WORDS else "untrusted"


class Refused(HandtagError):
    """The answer lets nobody in."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
