"""Hashes as OpenID Connect writes them: base64 for addresses, without padding."""

import hashlib
from base64 import urlsafe_b64encode


def text(raw: bytes) -> str:
    """Bytes in letters that an address may carry."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def s256(verifier: str) -> str:
    """The challenge that goes with a verifier (PKCE, RFC 7636)."""
    return text(hashlib.sha256(verifier.encode()).digest())
