"""When a key of ours towards a directory is renewed, which one signs, which are shown, which still read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

LASTS: Final = timedelta(days=730)
RENEWED_BEFORE: Final = timedelta(days=60)  # before the certificate in use runs out
OVERLAP: Final = timedelta(days=30)  # in which the directory reads the new one, and the old one signs on


@dataclass(frozen=True, slots=True)
class Term:
    """From when one key signs, and when its certificate runs out."""

    id: UUID
    signs_from: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one provider at one moment."""

    signing: Term | None = None
    waiting: Term | None = None
    reading: tuple[Term, ...] = ()  # all that have not run out, newest first

    @property
    def shown(self) -> tuple[Term, ...]:
        """Those that stand in the metadata: the one in use, then the next."""
        return tuple(term for term in (self.signing, self.waiting) if term is not None)


def keys_at(now: datetime, terms: Collection[Term]) -> Keys:
    """What each key is for at this moment."""
    alive = sorted(
        (term for term in terms if now < term.ends_at),
        key=lambda term: (term.signs_from, term.id),
        reverse=True,
    )
    return Keys(
        signing=next((term for term in alive if term.signs_from <= now), None),
        waiting=next((term for term in alive if term.signs_from > now), None),
        reading=tuple(alive),
    )


def is_due(now: datetime, keys: Keys) -> bool:
    """Whether it is time for a new key."""
    if keys.waiting is not None:
        return False
    return keys.signing is None or now >= keys.signing.ends_at - RENEWED_BEFORE


def begins(now: datetime, keys: Keys, *, is_known: bool) -> datetime:
    """From when a new key signs: after the overlap, but before the one in use runs out.

    Without one in use it signs at once, unless the directory is set up already and knows none of ours:
    then what is signed would be refused there until it has read our metadata anew.
    """
    if keys.signing is not None:
        return min(now + OVERLAP, keys.signing.ends_at)
    return now + OVERLAP if is_known else now


def renewed_at(keys: Keys) -> datetime | None:
    """When the next key is made by itself; None while one waits."""
    if keys.signing is None or keys.waiting is not None:
        return None
    return keys.signing.ends_at - RENEWED_BEFORE
