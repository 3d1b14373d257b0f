"""SAML 2: where to send a browser, and what a directory's answer says once python3-saml has checked it."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
from onelogin.saml2.errors import OneLogin_Saml2_ValidationError
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings

from handtag.login.rules import Refusal, Refused


@dataclass(frozen=True, slots=True)
class Directory:
    """One directory, and where it answers us."""

    entity_id: str
    sso_url: str
    certificate: str
    own_id: str
    answer_url: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a signed answer says: who it is, and their attributes."""

    subject: str
    assertion_id: str
    attributes: dict[str, list[str]] = field(default_factory=dict)


def request_url(directory: Directory, *, state: str, anew: bool) -> tuple[str, str]:
    """Where to send the browser, and the id that the answer must answer to."""
    auth = OneLogin_Saml2_Auth(_request(directory), _settings(directory))
    address = auth.login(return_to=state, force_authn=anew)
    return str(address), str(auth.get_last_request_id())


def read(directory: Directory, *, answer: str, request_id: str) -> Said:
    """What the answer says. Raises Refused unless it is signed, for us, now, and what we asked for."""
    try:
        response = OneLogin_Saml2_Response(OneLogin_Saml2_Settings(_settings(directory)), answer)
        response.is_valid(_request(directory), request_id, raise_exceptions=True)
        subject, assertion = response.get_nameid() or "", response.get_assertion_id() or ""
        said = response.get_attributes()
    except OneLogin_Saml2_ValidationError as fault:
        raise Refused(_why(fault.code)) from fault
    except Exception as fault:  # whatever a hostile document makes one of the parsers raise
        raise Refused(Refusal.SAML) from fault
    if not 0 < len(subject) <= 255 or not assertion:
        raise Refused(Refusal.SUBJECT)
    return Said(subject, assertion, {name: [str(one) for one in some] for name, some in said.items()})


def metadata(directory: Directory) -> bytes:
    """What the directory's keeper reads in, to know us."""
    found = OneLogin_Saml2_Settings(_settings(directory), sp_validation_only=True).get_sp_metadata()
    return found if isinstance(found, bytes) else str(found).encode()


def _why(code: int) -> Refusal:
    """The library's code in ours, where a person at the directory's end would mend something else."""
    codes = OneLogin_Saml2_ValidationError
    return {
        codes.WRONG_AUDIENCE: Refusal.AUDIENCE,
        codes.WRONG_ISSUER: Refusal.ISSUER,
        codes.INVALID_SIGNATURE: Refusal.SIGNATURE,
        codes.NO_SIGNATURE_FOUND: Refusal.SIGNATURE,
        codes.NO_SIGNED_ASSERTION: Refusal.SIGNATURE,
        codes.ASSERTION_EXPIRED: Refusal.EXPIRED,
        codes.SESSION_EXPIRED: Refusal.EXPIRED,
        codes.RESPONSE_EXPIRED: Refusal.EXPIRED,
        codes.ASSERTION_TOO_EARLY: Refusal.NOT_YET,
        codes.WRONG_INRESPONSETO: Refusal.STATE,
    }.get(code, Refusal.SAML)


def _request(directory: Directory) -> dict[str, Any]:
    """The request as the library wants it: by the address we have given out, not by what a header says."""
    own = urlsplit(directory.answer_url)
    return {
        "https": "on" if own.scheme == "https" else "off",
        "http_host": own.netloc,
        "script_name": own.path,
        "get_data": {},
        "post_data": {},
    }


def _settings(directory: Directory) -> dict[str, Any]:
    return {
        "strict": True,
        "sp": {
            "entityId": directory.own_id,
            "assertionConsumerService": {"url": directory.answer_url, "binding": Names.BINDING_HTTP_POST},
            "NameIDFormat": Names.NAMEID_UNSPECIFIED,
        },
        "idp": {
            "entityId": directory.entity_id,
            "singleSignOnService": {"url": directory.sso_url, "binding": Names.BINDING_HTTP_REDIRECT},
            "x509cert": directory.certificate,
        },
        "security": {
            "wantAssertionsSigned": True,
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
