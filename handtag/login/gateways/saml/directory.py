"""A directory as python3-saml wants to know it: who it is, who we are, and with which of our keys."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
from onelogin.saml2.settings import OneLogin_Saml2_Settings
from onelogin.saml2.utils import OneLogin_Saml2_Utils as Tools

from handtag.kernel import clock

SKEW: Final = 60  # seconds by which two clocks may differ


@dataclass(frozen=True, slots=True)
class Own:
    """A private key of ours and its certificate, opened for as long as one request takes."""

    private: str
    certificate: str


@dataclass(frozen=True, slots=True)
class Directory:
    """One directory, where it answers us, and our keys towards it."""

    entity_id: str
    sso_url: str
    certificate: str
    own_id: str
    answer_url: str
    logout_url: str
    slo_url: str = ""
    signing: Own | None = None  # none while the directory has not had time to read our first one
    opening: tuple[Own, ...] = ()  # what is encrypted for any of them is read
    shown: tuple[str, ...] = ()  # certificates in the metadata, the one in use first


def auth_of(directory: Directory, own: Own | None, *, query: str = "") -> Any:
    """The library's part that signs messages, and checks the signature of an address it came by."""
    asked = request_to(directory.logout_url)
    if query:
        asked |= {"query_string": query, "validate_signature_from_qs": True}
    return OneLogin_Saml2_Auth(asked, settings_of(directory, own, messages=bool(query)))


def signed_url(auth: Any, to: str, said: dict[str, str]) -> str:
    """An address that carries a message, signed; the signature stands last, as the standard shows it."""
    is_request = "SAMLRequest" in said
    sign = auth.add_request_signature if is_request else auth.add_response_signature
    sign(said, Names.RSA_SHA256)
    proof = said.pop("Signature")
    return str(auth.redirect_to(to, {**said, "Signature": proof}))


def request_to(address: str) -> dict[str, Any]:
    """The request as the library wants it: by the address we have given out, not by what a header says."""
    own = urlsplit(address)
    return {
        "https": "on" if own.scheme == "https" else "off",
        "http_host": own.netloc,
        "script_name": own.path,
        "get_data": {},
        "post_data": {},
    }


def settings_of(directory: Directory, own: Own | None, *, messages: bool = False) -> Any:
    """The library's settings, with one key of ours; where `messages` come, they must be signed themselves."""
    keys = {"x509cert": own.certificate, "privateKey": own.private} if own is not None else {}
    said = {
        "strict": True,
        "sp": we(directory) | keys,
        "idp": _they(directory),
        "security": {
            "authnRequestsSigned": own is not None,
            "wantAssertionsSigned": True,
            "wantMessagesSigned": messages,
            "wantNameId": True,
            "wantAttributeStatement": False,
            "rejectDeprecatedAlgorithm": True,
            "requestedAuthnContext": False,
            "allowRepeatAttributeName": True,
            "allowSingleLabelDomains": True,
            "signatureAlgorithm": Names.RSA_SHA256,
            "digestAlgorithm": Names.SHA256,
        },
    }
    return OneLogin_Saml2_Settings(said)


def we(directory: Directory) -> dict[str, Any]:
    """Who we are and where we are answered."""
    return {
        "entityId": directory.own_id,
        "assertionConsumerService": {"url": directory.answer_url, "binding": Names.BINDING_HTTP_POST},
        "singleLogoutService": {"url": directory.logout_url, "binding": Names.BINDING_HTTP_REDIRECT},
        "NameIDFormat": Names.NAMEID_UNSPECIFIED,
    }


def is_now(moment: str, *, within: int) -> bool:
    """Whether a message was made just now, give or take what clocks may differ."""
    made = seconds_of(moment)
    now = clock.now().timestamp()
    return now - within - SKEW <= made <= now + SKEW


def seconds_of(moment: str) -> float:
    """A moment as SAML writes it, in seconds. Raises for anything else."""
    return float(Tools.parse_SAML_to_time(moment))


def _they(directory: Directory) -> dict[str, Any]:
    """Their addresses as they stand in XML: the library writes them there as they are."""
    said: dict[str, Any] = {
        "entityId": directory.entity_id,
        "singleSignOnService": {
            "url": escape(directory.sso_url),
            "binding": Names.BINDING_HTTP_REDIRECT,
        },
        "x509cert": directory.certificate,
    }
    if directory.slo_url:
        said["singleLogoutService"] = {
            "url": escape(directory.slo_url),
            "binding": Names.BINDING_HTTP_REDIRECT,
        }
    return said
