"""Who sends: the address a form comes from, and how much of it tells one sender from another."""

from collections.abc import Sequence
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

from handtag.kernel.doors import Request

HOUSEHOLD = 64  # bits of an IPv6 address: a household has them for itself and changes the others at will


def believed_address(peer: str, forwarded: str, proxies: Sequence[str]) -> str:
    """The browser's address: the last hop that is not a proxy of ours; others' claims are not believed."""
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    while peer in proxies and hops:
        peer = hops.pop()
    return peer


def sender(address: str) -> str:
    """An address as senders are counted by it; empty where there is none."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or IPv6Network((found, HOUSEHOLD), strict=False))


def address_of(request: HttpRequest) -> str:
    """The browser's address, through the proxies that are trusted."""
    peer, forwarded = request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", "")
    return believed_address(peer, forwarded, settings.TRUSTED_PROXIES)


def sender_of(request: Request) -> str:
    """Who is counted: the person who is logged in, else the visitor's address."""
    return str(request.actor.person_id or sender(address_of(request)))
