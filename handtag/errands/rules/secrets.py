"""What is kept of a secret address: its hash, never itself."""

import hashlib
from typing import Final

LENGTH: Final = 32  # letters of five bits


def hashed(token: str) -> str:
    """The hash a secret is found by."""
    return hashlib.sha256(token.encode()).hexdigest()
