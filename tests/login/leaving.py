"""The small directory's part of logging out: what it asks, what it answers, and how it can lie."""

import base64
import re
import zlib
from dataclasses import dataclass
from urllib.parse import quote_plus
from xml.sax.saxutils import escape

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from lxml import etree
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
from onelogin.saml2.utils import OneLogin_Saml2_Utils as Tools

from tests.login.directory import ENTITY, FORMAT, moment, pair

SLO = "https://directory.example.se/slo?a=1&b=2"
_NS = f'xmlns:samlp="{Names.NS_SAMLP}" xmlns:saml="{Names.NS_SAML}"'


@dataclass
class Way:
    """What the directory is told of us: where it tells of logouts."""

    address: str

    def demand(
        self,
        *,
        name: str = "_demand",
        subject: str = "anna.ek",
        sessions: tuple[str, ...] = ("session-1",),
        issuer: str = ENTITY,
        to: str = "",
        made: int = 0,
        until: int = 300,
        root: str = "LogoutRequest",
        named: str = "",
    ) -> str:
        """Somebody has logged out there."""
        who = named or f'<saml:NameID Format="{FORMAT}" NameQualifier="{ENTITY}">{subject}</saml:NameID>'
        return (
            f'<samlp:{root} {_NS} ID="{name}" Version="2.0" IssueInstant="{moment(made)}" '
            f'Destination="{to or self.address}" NotOnOrAfter="{moment(until)}">'
            f"<saml:Issuer>{issuer}</saml:Issuer>{who}"
            + "".join(f"<samlp:SessionIndex>{escape(one)}</samlp:SessionIndex>" for one in sessions)
            + f"</samlp:{root}>"
        )

    def answer(self, asked: str, *, name: str = "_answer", status: str = Names.STATUS_SUCCESS) -> str:
        """What it says to our own leaving."""
        return (
            f'<samlp:LogoutResponse {_NS} ID="{name}" Version="2.0" IssueInstant="{moment(0)}" '
            f'Destination="{self.address}" InResponseTo="{asked}"><saml:Issuer>{ENTITY}</saml:Issuer>'
            f'<samlp:Status><samlp:StatusCode Value="{status}"/></samlp:Status></samlp:LogoutResponse>'
        )


def by_address(
    document: str, *, kind: str = "SAMLRequest", key: int = 0, relay: str = "", **lies: str
) -> str:
    """A message in an address, with small letters in its codes as AD FS writes them."""
    packed = base64.b64encode(zlib.compress(document.encode())[2:-4]).decode()
    said = [(kind, packed), *([("RelayState", relay)] if relay else [])]
    said.append(("SigAlg", lies.get("method", Names.RSA_SHA256)))
    query = "&".join(f"{name}={_small(value)}" for name, value in said)
    private = serialization.load_pem_private_key(pair(key)[0].encode(), None)
    assert isinstance(private, rsa.RSAPrivateKey)
    proof = private.sign(query.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{query}&Signature={_small(base64.b64encode(proof).decode())}"


def by_form(document: str, *, key: int = 0, signed: bool = True) -> dict[str, str]:
    """A message in a form, signed inside."""
    if signed:
        private, certificate = pair(key)
        document = Tools.add_sign(document, private, certificate).decode()
    return {"SAMLRequest": base64.b64encode(document.encode()).decode()}


def _small(words: str) -> str:
    """As Windows writes an address: codes in small letters."""
    return re.sub("%[0-9A-F]{2}", lambda code: code.group().lower(), quote_plus(words))


def wrapped(good: dict[str, str], evil: str, how: str) -> dict[str, str]:
    """A signed message moved into another that stands where it stood."""
    signed = etree.fromstring(base64.b64decode(good["SAMLRequest"]))
    false = etree.fromstring(evil)
    extensions = etree.Element(f"{{{Names.NS_SAMLP}}}Extensions")
    holder = etree.SubElement(extensions, "{urn:another}any")  # what the schema lets stand there
    false.insert(1, extensions)
    if how == "beside":
        mark = signed.find(f"{{{Names.NS_DS}}}Signature")
        signed.remove(mark)
        false.insert(1, mark)
    holder.append(signed)
    return {"SAMLRequest": base64.b64encode(etree.tostring(false)).decode()}
