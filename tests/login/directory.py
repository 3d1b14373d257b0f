"""A small staff directory that speaks SAML 2, and can be told to lie."""

import base64
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlsplit
from xml.sax.saxutils import escape

import xmlsec
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
from onelogin.saml2.utils import OneLogin_Saml2_Utils as Tools

ENTITY = "https://directory.example.se/saml"
FORMAT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
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


def document(address: str, kind: str = "SAMLRequest") -> Any:
    """What we put into an address."""
    (packed,) = parse_qs(urlsplit(address).query)[kind]
    return etree.fromstring(zlib.decompress(base64.b64decode(packed), -15))


def heard(address: str) -> Asked:
    """Read the request out of the address."""
    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    root = document(address)
    issuer = root.findtext("{urn:oasis:names:tc:SAML:2.0:assertion}Issuer")
    return Asked(query["RelayState"], root.get("ID"), root.get("AssertionConsumerServiceURL"), issuer)


@dataclass
class Directory:
    """What it says of whom."""

    subject: str = "anna.ek"
    session: str = "session-1"
    transport: Any = xmlsec.Transform.RSA_OAEP
    cipher: Any = xmlsec.Transform.AES256
    attributes: dict[str, list[str]] = field(
        default_factory=lambda: {
            "givenName": ["Anna"],
            "sn": ["Ek"],
            "mail": ["anna.ek@helsingborg.example"],
            GROUPS: ["Handtag samordnare"],
        }
    )

    def response(
        self, asked: Asked, *, key: int = 0, signed: bool = True, sealed_for: str = "", **lies: Any
    ) -> str:
        """The answer, signed as it should be unless told otherwise; encrypted for a certificate of ours."""
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
        if sealed_for:
            assertion = sealed(assertion, sealed_for, self.transport, self.cipher)
        return base64.b64encode(self.wrap(asked, assertion).encode()).decode()

    def wrap(self, asked: Asked, assertion: str) -> str:
        """The outer envelope."""
        now = moment(0)
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
        shown: int = 0,
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
            f'IssueInstant="{moment(0)}"><saml:Issuer>{issuer}</saml:Issuer><saml:Subject>'
            f'<saml:NameID Format="{FORMAT}" NameQualifier="{ENTITY}" SPNameQualifier="{asked.issuer}">'
            f"{subject or self.subject}</saml:NameID>"
            f'<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">'
            f'<saml:SubjectConfirmationData NotOnOrAfter="{moment(until)}" '
            f'Recipient="{recipient or asked.answer_url}" InResponseTo="{answers or asked.request_id}"/>'
            f"</saml:SubjectConfirmation></saml:Subject>"
            f'<saml:Conditions NotBefore="{moment(since)}" NotOnOrAfter="{moment(until)}">'
            f"<saml:AudienceRestriction><saml:Audience>{audience or asked.issuer}</saml:Audience>"
            f"</saml:AudienceRestriction>"
            f'</saml:Conditions><saml:AuthnStatement AuthnInstant="{moment(shown)}"{self._session()}>'
            f"<saml:AuthnContext>"
            f"<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
            f"</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
            f"<saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion>"
        )

    def _session(self) -> str:
        return f' SessionIndex="{escape(self.session)}"' if self.session else ""


def sealed(assertion: str, certificate: str, transport: Any, cipher: Any) -> str:
    """An assertion that only the holder of the certificate's key can read."""
    holder = etree.fromstring(
        f'<saml:EncryptedAssertion xmlns:saml="{Names.NS_SAML}">{assertion}</saml:EncryptedAssertion>'
    )
    manager = xmlsec.KeysManager()
    manager.add_key(xmlsec.Key.from_memory(certificate, xmlsec.KeyFormat.CERT_PEM, None))
    data = xmlsec.template.encrypted_data_create(
        holder, cipher, type=xmlsec.EncryptionType.ELEMENT, ns="xenc"
    )
    xmlsec.template.encrypted_data_ensure_cipher_value(data)
    info = xmlsec.template.encrypted_data_ensure_key_info(data, ns="dsig")
    xmlsec.template.encrypted_data_ensure_cipher_value(xmlsec.template.add_encrypted_key(info, transport))
    context = xmlsec.EncryptionContext(manager)
    context.key = xmlsec.Key.generate(xmlsec.KeyData.AES, 256, xmlsec.KeyDataType.SESSION)
    context.encrypt_xml(data, holder[0])
    return etree.tostring(holder).decode()


def signed_by(address: str, certificate: str) -> bool:
    """Whether the message in an address is signed by the certificate's key, read without python3-saml."""
    said, _sign, mark = urlsplit(address).query.partition("&Signature=")
    parts = {part.partition("=")[0]: part for part in said.split("&")}
    order = [parts[name] for name in ("SAMLRequest", "SAMLResponse", "RelayState", "SigAlg") if name in parts]
    proof = base64.b64decode(unquote_plus(mark.partition("&")[0]))
    key = x509.load_pem_x509_certificate(certificate.encode()).public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    try:
        key.verify(proof, "&".join(order).encode(), padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


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


def moment(seconds: int) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
