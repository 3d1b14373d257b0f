"""Where traffic may go that others name the address of: https to public addresses, and to hosts let through.

Who can make us call an address of their choice must not reach our own network by it. A name is looked up
once, what it stands for is judged, and the call goes to that very address: it cannot change in between.
"""

import socket
import ssl
from collections.abc import Collection
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from ipaddress import ip_address
from urllib.parse import urlsplit


class Refused(Exception):
    """An address that nothing is sent to."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a call goes: whom it names, and the one address that was judged."""

    host: str
    port: int
    ip: str
    is_secure: bool
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and, unless it is the usual one, port (RFC 6454)."""
        scheme, usual = ("https", 443) if self.is_secure else ("http", 80)
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{host}" if self.port == usual else f"{scheme}://{host}:{self.port}"


def named(address: str, allowed: Collection[str] = ()) -> Target:
    """What an address names, before anything is looked up; raises Refused for what can never be right."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as fault:
        raise Refused("no address") from fault
    is_secure, let_through = parts.scheme == "https", host in allowed
    if not host or parts.username or parts.scheme not in ("http", "https"):
        raise Refused("no address")
    if not let_through and (not is_secure or port not in (None, 443) or not _could_be_public(host)):
        raise Refused("not https to a public host")
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return Target(host, port or (443 if is_secure else 80), "", is_secure, path)


def target(address: str, allowed: Collection[str] = ()) -> Target:
    """Where a call to this address goes; raises Refused, or OSError where the name is not known."""
    found = named(address, allowed)
    rows = socket.getaddrinfo(found.host, found.port, type=socket.SOCK_STREAM)
    ips = [str(row[4][0]) for row in rows]
    public = [ip for ip in ips if found.host in allowed or is_public(ip)]
    if len(public) < len(ips) or not public:
        raise Refused("a private address")
    return Target(found.host, found.port, public[0], found.is_secure, found.path)


def pinned(found: Target, timeout: float) -> HTTPConnection:
    """A connection to the very address that was judged; its certificate must be that of the host it names."""
    return (
        _Pinned(found, timeout) if found.is_secure else HTTPConnection(found.ip, found.port, timeout=timeout)
    )


class _Pinned(HTTPSConnection):
    def __init__(self, found: Target, timeout: float) -> None:
        self._ip, self._tls = found.ip, ssl.create_default_context()
        super().__init__(found.host, found.port, timeout=timeout, context=self._tls)

    def connect(self) -> None:
        plain = socket.create_connection((self._ip, self.port), self.timeout)
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)


def is_public(ip: str) -> bool:
    """Whether an address is one of the open internet, also where it is an IPv4 address in disguise."""
    found = ip_address(ip.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None) or found
    return bool(inner.is_global and not inner.is_multicast and not found.is_multicast)


def _could_be_public(host: str) -> bool:
    try:
        return is_public(host)
    except ValueError:
        return "." in host and not host.rstrip(".").endswith((".local", ".internal", ".localhost", ".lan"))
