"""Logging out at a directory and by it: what we send is signed, what comes is heard only if it is signed.

The checks are those of SAML 2.0 Profiles 4.4 and Bindings 3.4 and 3.5. python3-saml reads no message that
comes by POST, and lets messages pass without issuer, destination or signature: those are looked at here.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote_plus
from xml.sax.saxutils import escape

import xmlsec
from lxml import etree
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
from onelogin.saml2.errors import OneLogin_Saml2_ValidationError
from onelogin.saml2.logout_request import OneLogin_Saml2_Logout_Request
from onelogin.saml2.logout_response import OneLogin_Saml2_Logout_Response
from onelogin.saml2.utils import OneLogin_Saml2_Utils as Tools
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML as Xml

from handtag.login.gateways.saml import documents
from handtag.login.gateways.saml.directory import (
    Directory,
    auth_of,
    is_now,
    request_to,
    settings_of,
    signed_url,
)
from handtag.login.gateways.saml.entering import why
from handtag.login.gateways.saml.naming import Name
from handtag.login.rules import Refusal, Refused

FRESH_FOR: Final = 5 * 60  # seconds since a message was made
BY_ADDRESS: Final = frozenset({Names.RSA_SHA256, Names.RSA_SHA384, Names.RSA_SHA512})
INSIDE: Final = BY_ADDRESS | {
    f"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha{size}" for size in (256, 384, 512)
}
DIGESTS: Final = frozenset({Names.SHA256, Names.SHA384, Names.SHA512})
ONCE: Final = frozenset({"SAMLRequest", "SAMLResponse", "RelayState", "SigAlg", "Signature"})


@dataclass(frozen=True, slots=True)
class Message:
    """What came: in an address, to the letter, or in a form."""

    query: str = ""
    form: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Demand:
    """A directory's signed word that somebody has logged out there: all their sessions, or those named."""

    id: str
    subject: str
    sessions: tuple[str, ...]
    relay: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A directory's signed answer: to which request of ours, and whether they are logged out there."""

    request_id: str
    is_done: bool


def leave_url(directory: Directory, name: Name, *, relay: str) -> tuple[str, str]:
    """Where a browser is logged out at the directory, and the id its answer must name."""
    auth = auth_of(directory, directory.signing)
    asked = OneLogin_Saml2_Logout_Request(
        auth.get_settings(),
        name_id=name.value,
        session_index=escape(name.session) or None,  # the library writes it as it is
        nq=name.qualifier or None,
        name_id_format=name.format or None,
        spnq=name.for_whom or None,
    )
    said = {"SAMLRequest": asked.get_request(), "RelayState": relay}
    return signed_url(auth, directory.slo_url, said), str(asked.id)


def answer_url(directory: Directory, demand: Demand) -> str:
    """Where to send the browser of somebody whom the directory has logged out: we have done so too."""
    own = directory.signing or directory.opening[0]
    auth = auth_of(directory, own)
    answer = OneLogin_Saml2_Logout_Response(auth.get_settings())
    answer.build(demand.id)
    said = {"SAMLResponse": answer.get_response()}
    if demand.relay:
        said["RelayState"] = demand.relay
    return signed_url(auth, directory.slo_url, said)


def heard_demand(directory: Directory, message: Message) -> Demand:
    """Whom a directory wants logged out. Raises Refused unless it is signed, for us, and made just now."""
    root, relay = _heard(directory, message, "SAMLRequest")
    asked = OneLogin_Saml2_Logout_Request(settings_of(directory, None), _packed(root))
    _must_hold(directory, asked, root, "LogoutRequest")
    named = tuple(str(one) for one in asked.get_session_indexes(root))
    return Demand(str(root.get("ID")), _subject(directory, root), named, relay)


def heard_answer(directory: Directory, message: Message) -> Answer:
    """What a directory answers. Raises Refused unless it is signed, for us, and made just now."""
    root, _relay = _heard(directory, message, "SAMLResponse")
    answer = OneLogin_Saml2_Logout_Response(settings_of(directory, None), _packed(root))
    _must_hold(directory, answer, root, "LogoutResponse")
    return Answer(answer.get_in_response_to() or "", answer.get_status() == Names.STATUS_SUCCESS)


# --- who says it ------------------------------------------------------------------------------------------


def _heard(directory: Directory, message: Message, name: str) -> tuple[Any, str]:
    """The document, signed by the directory, and what it wants back with the answer."""
    if message.query:
        fields = _fields(message.query)
        return documents.parsed(_by_address(directory, message.query, fields, name)), fields.get(
            "RelayState", ""
        )
    root = documents.parsed(documents.decoded(message.form.get(name, "")))
    _must_be_signed_inside(directory, root)
    return root, message.form.get("RelayState", "")[:1000]


def _fields(query: str) -> dict[str, str]:
    """What stands in the address, whose letters are signed: nothing may be there twice, or veiled."""
    fields: dict[str, str] = {}
    for part in query.split("&"):
        name, _is, value = part.partition("=")
        plain = unquote_plus(name)
        if plain in fields or (plain in ONCE and plain != name):
            raise Refused(Refusal.FORMAT)
        fields[plain] = unquote_plus(value)
    return fields


def _by_address(directory: Directory, query: str, fields: dict[str, str], name: str) -> bytes:
    """A message that came in an address; not a letter of it is unpacked before the signature holds."""
    if name not in fields or fields.get("SigAlg") not in BY_ADDRESS:
        raise Refused(Refusal.SIGNATURE)
    auth = auth_of(directory, None, query=query)
    check = auth.validate_request_signature if name == "SAMLRequest" else auth.validate_response_signature
    if not check(fields):
        raise Refused(Refusal.SIGNATURE)
    try:
        unpacked = zlib.decompressobj(-15).decompress(documents.decoded(fields[name]), documents.MOST)
    except zlib.error as fault:
        raise Refused(Refusal.FORMAT) from fault
    return unpacked


def _must_be_signed_inside(directory: Directory, root: Any) -> None:
    """One signature, the root's own, over the whole of it."""
    marks = root.xpath("//ds:Signature", namespaces=Names.NSMAP)
    if len(marks) != 1 or marks[0].getparent() is not root:
        raise Refused(Refusal.SIGNATURE)

    def said(path: str) -> list[str]:
        return [str(one) for one in marks[0].xpath(path, namespaces=Names.NSMAP)]

    name = root.get("ID", "")
    is_whole = name and said(".//ds:Reference/@URI") == [f"#{name}"]
    if not is_whole or len(root.xpath("//*[@ID=$name]", name=name)) != 1:
        raise Refused(Refusal.SIGNATURE)
    if not set(said(".//ds:SignatureMethod/@Algorithm")) <= INSIDE:
        raise Refused(Refusal.ALGORITHM)
    if not set(said(".//ds:DigestMethod/@Algorithm")) <= DIGESTS:
        raise Refused(Refusal.ALGORITHM)
    path = f"/samlp:{root.tag.rpartition('}')[2]}/ds:Signature"
    if not Tools.validate_sign(root, cert=Tools.format_cert(directory.certificate), xpath=path):
        raise Refused(Refusal.SIGNATURE)


# --- what it says -----------------------------------------------------------------------------------------


def _must_hold(directory: Directory, message: Any, root: Any, kind: str) -> None:
    """By whom it was made, for whom, and when; and that it is what it should be at all."""
    if root.tag != f"{{{Names.NS_SAMLP}}}{kind}" or root.get("Version") != "2.0":
        raise Refused(Refusal.FORMAT)
    try:
        message.is_valid(request_to(directory.logout_url), raise_exceptions=True)
        made_now = is_now(root.get("IssueInstant", ""), within=FRESH_FOR)
    except OneLogin_Saml2_ValidationError as fault:
        raise Refused(why(fault.code)) from fault
    except Exception as fault:  # whatever the library makes of a moment or a name that is none
        raise Refused(Refusal.FORMAT) from fault
    issuers = [Xml.element_text(one) for one in root.xpath("./saml:Issuer", namespaces=Names.NSMAP)]
    if issuers != [directory.entity_id]:
        raise Refused(Refusal.ISSUER)
    if root.get("Destination") != directory.logout_url:
        raise Refused(Refusal.AUDIENCE)
    if not made_now:
        raise Refused(Refusal.EXPIRED)


def _subject(directory: Directory, root: Any) -> str:
    """Whom it names; the name may be encrypted for any of our keys."""
    for own in directory.opening if documents.is_sealed(root) else (None,):
        try:
            named = OneLogin_Saml2_Logout_Request.get_nameid_data(root, own.private if own else None)
        except xmlsec.Error:
            continue
        except Exception as fault:  # no name, or several
            raise Refused(Refusal.SUBJECT) from fault
        return str(named["Value"] or "")
    raise Refused(Refusal.UNREADABLE)


def _packed(root: Any) -> str:
    """A document as the library's readers want it."""
    return str(Tools.deflate_and_base64_encode(etree.tostring(root)))
