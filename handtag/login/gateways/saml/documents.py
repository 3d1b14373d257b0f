"""What a document of a directory's may hold at all, before a key of ours is put to it.

xmlsec does what a document says: it would fetch addresses and run transforms of a stranger's choosing. So
only what SAML needs is let through (SAML 2.0 Core 5.4 and 6): references into the document itself, the two
transforms of signatures, and ways of encryption without known oracles in their keys.
"""

import binascii
from base64 import b64decode
from typing import Any, Final

from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML

from handtag.login.rules import Refusal, Refused

MOST: Final = 500_000  # letters
_XENC = "http://www.w3.org/2001/04/xmlenc#"
_XENC11 = "http://www.w3.org/2009/xmlenc11#"
TRANSFORMS: Final = frozenset(
    {
        "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
        "http://www.w3.org/2001/10/xml-exc-c14n#",
        "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
    }
)
ENCRYPTIONS: Final = frozenset(
    {
        *(f"{_XENC}aes{bits}-cbc" for bits in (128, 192, 256)),
        *(f"{_XENC11}aes{bits}-gcm" for bits in (128, 192, 256)),
        f"{_XENC}rsa-oaep-mgf1p",
        f"{_XENC11}rsa-oaep",
    }
)


def parsed(raw: bytes) -> Any:
    """The document, if it is one we look at. Raises Refused."""
    if len(raw) > MOST:
        raise Refused(Refusal.FORMAT)
    try:
        root = OneLogin_Saml2_XML.to_etree(raw)  # without DTD and entities
    except Exception as fault:  # whatever a hostile document makes one of the parsers raise
        raise Refused(Refusal.SAML) from fault
    must_be_plain(root)
    return root


def decoded(words: str) -> bytes:
    """What came as letters. Raises Refused."""
    if len(words) > MOST:
        raise Refused(Refusal.FORMAT)
    try:
        return b64decode(words)
    except (binascii.Error, ValueError) as fault:
        raise Refused(Refusal.SAML) from fault


def is_sealed(root: Any) -> bool:
    """Whether something in it is encrypted."""
    return bool(_found(root, "//xenc:EncryptedData"))


def must_be_plain(root: Any) -> None:
    """Nothing that leads elsewhere or wants unusual work. Raises Refused."""
    if _found(root, "//xenc:CipherReference"):
        raise Refused(Refusal.SAML)
    for pointer in _found(root, "//ds:Reference | //ds:RetrievalMethod | //xenc:DataReference"):
        if not pointer.get("URI", "").startswith("#"):
            raise Refused(Refusal.SAML)
    if not set(_found(root, "//ds:Transform/@Algorithm")) <= TRANSFORMS:
        raise Refused(Refusal.ALGORITHM)
    if not set(_found(root, "//xenc:EncryptionMethod/@Algorithm")) <= ENCRYPTIONS:
        raise Refused(Refusal.ALGORITHM)


def _found(root: Any, path: str) -> list[Any]:
    return list(root.xpath(path, namespaces=Names.NSMAP))
