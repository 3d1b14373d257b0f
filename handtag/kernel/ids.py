"""Identities: UUID version 7 (RFC 9562), so that newer rows sort after older ones."""

import hashlib
import random
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

import uuid6

# Where seeded identities begin: 2026-01-01 in milliseconds. They do not follow the clock, so that the
# same seed gives the same identities on any day.
SEEDED_FROM = 1_767_225_600_000


class Source(random.Random):
    """Chance from a seed, and a count that stands in for the time."""

    made = 0


_source: ContextVar[Source | None] = ContextVar("source", default=None)


def new() -> UUID:
    """A new identity."""
    source = _source.get()
    if source is None:
        return UUID(int=uuid6.uuid7().int)
    return _made_from(source)


def _made_from(source: Source) -> UUID:
    source.made += 1
    value = (SEEDED_FROM + source.made) << 80
    value |= 0x7 << 76 | source.getrandbits(12) << 64
    value |= 0b10 << 62 | source.getrandbits(62)
    return UUID(int=value)


def token(length: int = 32) -> str:
    """A secret of `length` letters and digits for links and feeds, at least 5 bits a letter."""
    alphabet = "abcdefghijkmnpqrstuvwxyz23456789"
    source = _source.get() or random.SystemRandom()
    return "".join(source.choice(alphabet) for _ in range(length))


def hashed(token: str) -> str:
    """What is kept of a secret, and what it is found by: never itself."""
    return hashlib.sha256(token.encode()).hexdigest()


def digits(length: int = 4) -> str:
    """A code of digits that a person can say at a door."""
    source = _source.get() or random.SystemRandom()
    return "".join(source.choice("0123456789") for _ in range(length))


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Make the same identities from the same seed within the block. For the sample only."""
    holder = _source.set(Source(seed))
    try:
        yield
    finally:
        _source.reset(holder)
