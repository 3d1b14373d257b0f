"""From where the provider speaks to us, and when it says that something happened."""

from collections.abc import Sequence
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

# https://46elks.com/docs/verify-callback-origin: no signature; "IP firewalling" to these is what they advise.
OF_46ELKS: Final = ("176.10.154.199", "85.24.146.132", "185.39.146.243", "2001:9b0:2:902::199")
ANY: Final = "any"


def sources(wanted: Sequence[str], sms_url: str) -> tuple[str, ...] | None:
    """The addresses and networks that may speak as the provider; None where only the secret tells.

    Where nothing is set: those that 46elks publishes, if it is 46elks that we send through.
    """
    if ANY in wanted:
        return None
    if wanted:
        return tuple(wanted)
    host = urlsplit(sms_url).hostname or ""
    return OF_46ELKS if host == "46elks.com" or host.endswith(".46elks.com") else None


def is_among(address: str, allowed: Sequence[str] | None) -> bool:
    """Whether the address is one of those, an IPv4 address within IPv6 included."""
    if allowed is None:
        return True
    try:
        found = ip_address(address)
    except ValueError:
        return False
    found = getattr(found, "ipv4_mapped", None) or found
    return any(found in ip_network(each, strict=False) for each in allowed)


def moment(words: str) -> datetime | None:
    """`2018-07-13T13:57:23.741000`, in UTC as they write it; None where it is no time."""
    try:
        said = datetime.fromisoformat(words)
    except ValueError:
        return None
    return said.replace(tzinfo=UTC) if said.tzinfo is None else said.astimezone(UTC)
