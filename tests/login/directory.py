"""A small staff directory that speaks SAML 2, and can be told to lie."""

import base64
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
from onelogin.saml2.utils import OneLogin_Saml2_Utils as Tools

ENTITY = "https://directory.example.se/saml"
GROUPS = "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups"


@cache
def pair(number: int) -> tuple[str, str]:
    """A key and its certificate."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"directory {number}")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private.decode(), made.public_bytes(serialization.Encoding.PEM).decode()


@dataclass
class Asked:
    """What the browser was sent with."""

    state: str
    request_id: str
    answer_url: str
    issuer: str


def heard(address: str) -> Asked:
    """Read the request out of the address."""
    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    root = etree.fromstring(zlib.decompress(base64.b64decode(query["SAMLRequest"]), -15))
    issuer = root.findtext("{urn:oasis:names:tc:SAML:2.0:assertion}Issuer")
    return Asked(query["RelayState"], root.get("ID"), root.get("AssertionConsumerServiceURL"), issuer)


@dataclass
class Directory:
    """What it says of whom."""

    subject: str = "anna.ek"
    attributes: dict[str, list[str]] = field(
        default_factory=lambda: {
            "givenName": ["Anna"],
            "sn": ["Ek"],
            "mail": ["anna.ek@helsingborg.example"],
            GROUPS: ["Handtag samordnare"],
        }
    )

    def response(self, asked: Asked, *, key: int = 0, signed: bool = True, **lies: Any) -> str:
        """The answer, signed as it should be unless told otherwise."""
        assertion = self.assertion(asked, **lies)
        if signed:
            private, certificate = pair(key)
            assertion = Tools.add_sign(
                assertion,
                private,
                certificate,
                sign_algorithm=Names.RSA_SHA256,
                digest_algorithm=Names.SHA256,
            ).decode()
        return base64.b64encode(self.wrap(asked, assertion).encode()).decode()

    def wrap(self, asked: Asked, assertion: str) -> str:
        """The outer envelope."""
        now = _said(0)
        return (
            f'<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" '
            f'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_response" Version="2.0" '
            f'IssueInstant="{now}" Destination="{asked.answer_url}" InResponseTo="{asked.request_id}">'
            f"<saml:Issuer>{ENTITY}</saml:Issuer><samlp:Status><samlp:StatusCode "
            f'Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>{assertion}</samlp:Response>'
        )

    def assertion(
        self,
        asked: Asked,
        *,
        audience: str = "",
        until: int = 300,
        since: int = -60,
        issuer: str = ENTITY,
        name: str = "_assertion",
        answers: str = "",
        subject: str = "",
        recipient: str = "",
    ) -> str:
        """Who it is."""
        attributes = "".join(
            f'<saml:Attribute Name="{escape(key)}">'
            + "".join(f"<saml:AttributeValue>{escape(value)}</saml:AttributeValue>" for value in values)
            + "</saml:Attribute>"
            for key, values in self.attributes.items()
        )
        return (
            f'<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{name}" Version="2.0" '
            f'IssueInstant="{_said(0)}"><saml:Issuer>{issuer}</saml:Issuer><saml:Subject>'
            f"<saml:NameID>{subject or self.subject}</saml:NameID>"
            f'<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">'
            f'<saml:SubjectConfirmationData NotOnOrAfter="{_said(until)}" '
            f'Recipient="{recipient or asked.answer_url}" InResponseTo="{answers or asked.request_id}"/>'
            f"</saml:SubjectConfirmation></saml:Subject>"
            f'<saml:Conditions NotBefore="{_said(since)}" NotOnOrAfter="{_said(until)}">'
            f"<saml:AudienceRestriction><saml:Audience>{audience or asked.issuer}</saml:Audience>"
            f"</saml:AudienceRestriction>"
            f'</saml:Conditions><saml:AuthnStatement AuthnInstant="{_said(0)}"><saml:AuthnContext>'
            f"<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
            f"</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
            f"<saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion>"
        )


def wrapped(good: str, evil: str, how: str) -> str:
    """Signature wrapping: the signed assertion is moved aside and another stands where it stood."""
    root = etree.fromstring(base64.b64decode(good))
    saml = "{urn:oasis:names:tc:SAML:2.0:assertion}"
    signed = root.find(f"{saml}Assertion")
    false = etree.fromstring(evil)
    if how == "before":
        root.insert(list(root).index(signed), false)
    elif how == "after":
        root.append(false)
    elif how == "around":
        root.replace(signed, false)
        false.append(signed)
    elif how == "in_signature":
        mark = signed.find("{http://www.w3.org/2000/09/xmldsig#}Signature")
        root.replace(signed, false)
        signed.remove(mark)
        false.insert(1, mark)
        holder = etree.SubElement(mark, "{http://www.w3.org/2000/09/xmldsig#}Object")
        holder.append(signed)
    else:
        extensions = etree.Element("{urn:oasis:names:tc:SAML:2.0:protocol}Extensions")
        root.replace(signed, false)
        extensions.append(signed)
        root.insert(1, extensions)
    return base64.b64encode(etree.tostring(root)).decode()


def _said(seconds: int) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
