"""Web push: sealed for one browser (RFC 8291), signed for its push service (RFC 8292), posted (RFC 8030)."""

import json
import os
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from handtag.kernel import clock, egress, vapid
from handtag.notices.gateways.faults import NeverSendable, NotSent, ServerAway

TIMEOUT: Final = 8  # seconds; a worker waiting longer would not be down in time
KEPT_FOR: Final = timedelta(days=2)  # a telephone that is off this long finds it when it wakes
SIGNED_FOR: Final = timedelta(hours=12)  # services take at most a day
RECORD: Final = 4096
ROOM: Final = 512  # every message is as long as this, or a multiple: its length tells nothing
_TAKEN: Final = frozenset({200, 201, 202, 204})


class Gone(NeverSendable):
    """The browser has ended its subscription: nothing will ever come through."""


@dataclass(frozen=True, slots=True)
class Push:
    """One message to one browser; `key` is the same however often it is tried."""

    endpoint: str
    p256dh: str
    auth: str
    payload: bytes
    key: str
    is_urgent: bool = False


def send(push: Push) -> None:
    """Hand it to the push service. Raises Gone, NeverSendable, NotSent or ServerAway."""
    try:
        meant = egress.named(push.endpoint, settings.EGRESS_ALLOW)
        body = sealed(push.payload, vapid.decoded(push.p256dh), vapid.decoded(push.auth))
    except (egress.Refused, ValueError) as fault:
        raise Gone("not a browser's address") from fault
    headers = {
        "Authorization": authorization(meant.origin),
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(int(KEPT_FOR.total_seconds())),
        "Urgency": "high" if push.is_urgent else "normal",
        "Topic": push.key.replace("-", "")[:32],  # sent twice, it replaces itself
        "Idempotency-Key": push.key,
    }
    status, wait = _post(push.endpoint, meant, body, headers)
    if status not in _TAKEN:
        raise _refusal(status, wait)


def authorization(origin: str) -> str:
    """Who sends, signed for one push service and for half a day."""
    key = vapid.private_key(settings.VAPID_PRIVATE_KEY)
    claims = {
        "aud": origin,
        "exp": int((clock.now() + SIGNED_FOR).timestamp()),
        "sub": settings.BASE_URL if settings.BASE_URL.startswith("https:") else _writes_from(),
    }
    words = f"{_part({'typ': 'JWT', 'alg': 'ES256'})}.{_part(claims)}"
    r, s = decode_dss_signature(key.sign(words.encode(), ec.ECDSA(hashes.SHA256())))
    signature = vapid.encoded(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={words}.{signature}, k={vapid.public_text(key)}"


def _part(claims: dict[str, Any]) -> str:
    return vapid.encoded(json.dumps(claims, separators=(",", ":")).encode())


def _writes_from() -> str:
    return f"mailto:{settings.DEFAULT_FROM_EMAIL.rpartition('<')[2].rstrip('>')}"


def sealed(
    payload: bytes,
    theirs: bytes,
    auth: bytes,
    *,
    mine: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
    room: int = ROOM,
) -> bytes:
    """The payload so that only this browser can read it (RFC 8291), in one record (RFC 8188)."""
    their_key = ec.EllipticCurvePublicKey.from_encoded_point(vapid.CURVE, theirs)
    if len(auth) != 16:
        raise ValueError("the secret of a subscription has 16 bytes")
    mine, salt = mine or ec.generate_private_key(vapid.CURVE), salt or os.urandom(16)
    sender = mine.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = mine.exchange(ec.ECDH(), their_key)
    secret = _derived(shared, auth, b"WebPush: info\0" + theirs + sender, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\0", 12)
    padded = payload + b"\x02" + b"\0" * (-(len(payload) + 1) % room)
    header = salt + RECORD.to_bytes(4, "big") + bytes([len(sender)]) + sender
    return header + AESGCM(key).encrypt(nonce, padded, None)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def _post(endpoint: str, meant: egress.Target, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    """To the endpoint itself, at the address that was judged; or through PUSH_URL, which gets all of it."""
    try:
        if settings.PUSH_URL:
            connection, path = _through(meant)
            headers = {**headers, "X-Push-Endpoint": endpoint}
        else:
            found = egress.target(endpoint, settings.EGRESS_ALLOW)
            connection, path = egress.pinned(found, TIMEOUT), found.path
    except egress.Refused as fault:
        raise Gone("a private address") from fault
    except OSError as fault:
        raise NotSent(type(fault).__name__) from fault
    try:
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        return response.status, response.getheader("Retry-After") or ""
    except (OSError, HTTPException) as fault:
        # One push service that is away says nothing of the others; a gateway of our own that is, does.
        raise (ServerAway if settings.PUSH_URL else NotSent)(type(fault).__name__) from fault
    finally:
        connection.close()


def _through(meant: egress.Target) -> tuple[HTTPConnection, str]:
    where = urlsplit(settings.PUSH_URL)
    kind = HTTPSConnection if where.scheme == "https" else HTTPConnection
    host = meant.origin.split("://", 1)[1]
    path = f"{where.path.rstrip('/')}/{host}{meant.path}"
    return kind(str(where.hostname), where.port, timeout=TIMEOUT), path


def _refusal(status: int, wait: str) -> Exception:
    """Gone is final; what is too long or unreadable fails for good; all else is tried again."""
    if status in (404, 410):
        return Gone(str(status))
    if status in (400, 413):
        return NeverSendable(str(status))
    return NotSent(str(status), wait=timedelta(seconds=int(wait)) if wait.isdecimal() else None)
