"""The key by which push services know who sends (RFC 8292): read from a setting, or made anew."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_private_key,
    load_pem_private_key,
)

CURVE = ec.SECP256R1()
LENGTH = 32


def encoded(raw: bytes) -> str:
    """Bytes as push services write them: base64 for addresses, without the padding."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes again; raises ValueError for what is none."""
    return urlsafe_b64decode(text.strip().encode() + b"=" * (-len(text.strip()) % 4))


def private_key(text: str) -> ec.EllipticCurvePrivateKey:
    """The key as people have it: 32 bytes in base64, the same as DER, or PEM. Raises ValueError."""
    if "BEGIN" in text:
        key: object = load_pem_private_key(text.replace("\\n", "\n").encode(), password=None)
    else:
        raw = decoded(text)
        if len(raw) == LENGTH:
            return ec.derive_private_key(int.from_bytes(raw, "big"), CURVE)
        key = load_der_private_key(raw, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("not a key on the curve P-256")
    return key


def public_text(key: ec.EllipticCurvePrivateKey) -> str:
    """The public half, as a browser wants it when it subscribes."""
    return encoded(key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def new() -> str:
    """A new private key, as the setting wants it."""
    number = ec.generate_private_key(CURVE).private_numbers().private_value
    return encoded(number.to_bytes(LENGTH, "big"))
