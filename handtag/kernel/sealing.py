"""What is kept unreadable: text that is read again by the product alone, and keyed hashes to look up by.

Both stand on IDENTITY_KEYS, newest first: the newest seals and hashes, the older ones still open and find.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from handtag.kernel.errors import Problem


class NoKeys(Problem):
    """IDENTITY_KEYS is not set: nothing can be sealed here."""


class Unreadable(Exception):
    """It was sealed with a key that is gone, or changed since."""


def can_seal() -> bool:
    """Whether the operator has given keys."""
    return bool(settings.IDENTITY_KEYS)


def seal(words: str) -> str:
    """Something only the product can read; raises NoKeys."""
    return _box().encrypt(words.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed; raises Unreadable."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as fault:
        raise Unreadable("sealed with another key") from fault


def keyed_hash(purpose: str, words: str) -> str:
    """What is kept to find the words by: nobody without the key can try out which words it was."""
    return keyed_hashes(purpose, words)[0]


def keyed_hashes(purpose: str, words: str) -> list[str]:
    """The same under each key, newest first: an older key's are still found."""
    said = f"{purpose}\0{words}".encode()
    return [hmac.new(_derived("hash", key), said, hashlib.sha256).hexdigest() for key in _keys()]


def _box() -> MultiFernet:
    return MultiFernet([Fernet(urlsafe_b64encode(_derived("seal", key))) for key in _keys()])


def _derived(use: str, key: str) -> bytes:
    """A key for one use alone; IDENTITY_KEYS are long and random, so one round is enough."""
    return hmac.new(key.encode(), f"handtag.{use}".encode(), hashlib.sha256).digest()


def _keys() -> list[str]:
    keys: list[str] = settings.IDENTITY_KEYS
    if not keys:
        raise NoKeys(_("IDENTITY_KEYS is not set on the server. Ask whoever runs it."))
    return keys
