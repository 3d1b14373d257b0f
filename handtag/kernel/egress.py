"""Which other machines may be spoken to, where somebody at a municipality writes the address."""

from urllib.parse import urlsplit

from django.conf import settings

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def is_allowed(address: str) -> bool:
    """Whether the operator lets traffic out to this address: by https, to a host in EGRESS_ALLOW.

    On the machine itself plain http will do, in the sample without being named.
    """
    parts = urlsplit(address)
    host = (parts.hostname or "").lower()
    if parts.username or parts.password or parts.scheme not in ("https", "http"):
        return False
    if parts.scheme == "http" and host not in LOCAL:
        return False
    return host in settings.EGRESS_ALLOW or (settings.SAMPLE and host in LOCAL)
