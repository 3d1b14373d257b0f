"""Logging in through a directory: where to send a browser, and what the answer says once it is checked."""

from dataclasses import dataclass, field
from typing import Any

import xmlsec
from onelogin.saml2.authn_request import OneLogin_Saml2_Authn_Request
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
from onelogin.saml2.errors import OneLogin_Saml2_ValidationError
from onelogin.saml2.response import OneLogin_Saml2_Response

from handtag.login.gateways.saml import documents
from handtag.login.gateways.saml.directory import (
    SKEW,
    Directory,
    Own,
    auth_of,
    request_to,
    seconds_of,
    settings_of,
    signed_url,
)
from handtag.login.gateways.saml.naming import Name
from handtag.login.rules import Refusal, Refused


@dataclass(frozen=True, slots=True)
class Said:
    """What a signed answer says: who it is, and their attributes."""

    name: Name
    assertion_id: str
    attributes: dict[str, list[str]] = field(default_factory=dict)


def request_url(directory: Directory, *, state: str, anew: bool) -> tuple[str, str]:
    """Where to send the browser, and the id that the answer must answer to; signed once we sign."""
    auth = auth_of(directory, directory.signing)
    asked = OneLogin_Saml2_Authn_Request(auth.get_settings(), force_authn=anew)
    said = {"SAMLRequest": asked.get_request(), "RelayState": state}
    if directory.signing is None:
        return str(auth.redirect_to(directory.sso_url, said)), str(asked.get_id())
    return signed_url(auth, directory.sso_url, said), str(asked.get_id())


def read(directory: Directory, *, answer: str, request_id: str, not_before: int = 0) -> Said:
    """What the answer says. Raises Refused unless it is signed, for us, now, and what we asked for.

    With `not_before` the directory must have asked anew who it is, at that second or later.
    """
    is_sealed = documents.is_sealed(documents.parsed(documents.decoded(answer)))
    for own in directory.opening if is_sealed else (directory.signing,):
        try:
            return _checked(directory, own, answer, request_id, not_before)
        except Refused:
            raise
        except OneLogin_Saml2_ValidationError as fault:
            raise Refused(why(fault.code)) from fault
        except xmlsec.Error:
            continue  # sealed for another key of ours, or for none
        except Exception as fault:  # whatever a hostile document makes one of the parsers raise
            raise Refused(Refusal.SAML) from fault
    raise Refused(Refusal.UNREADABLE if is_sealed else Refusal.SAML)


def _checked(directory: Directory, own: Own | None, answer: str, request_id: str, not_before: int) -> Said:
    response = OneLogin_Saml2_Response(settings_of(directory, own), answer)
    document = response.get_xml_document()
    documents.must_be_plain(document)  # what was sealed until now
    response.is_valid(request_to(directory.answer_url), request_id, raise_exceptions=True)
    _must_be_shown_anew(document, not_before)
    name, assertion = _name(response), response.get_assertion_id() or ""
    if not 0 < len(name.value) <= 255 or not assertion:
        raise Refused(Refusal.SUBJECT)
    said = response.get_attributes()
    return Said(name, assertion, {key: [str(one) for one in some] for key, some in said.items()})


def _must_be_shown_anew(document: Any, not_before: int) -> None:
    """Whoever was asked to show anew who they are did so after we asked: there is one assertion, signed."""
    if not not_before:
        return
    path = "/samlp:Response/saml:Assertion/saml:AuthnStatement/@AuthnInstant"
    moments = [seconds_of(moment) for moment in document.xpath(path, namespaces=Names.NSMAP)]
    if not moments or min(moments) < not_before - SKEW:
        raise Refused(Refusal.STALE)


def _name(response: Any) -> Name:
    said = response.get_nameid_data()
    return Name(
        value=said.get("Value") or "",
        format=said.get("Format", ""),
        qualifier=said.get("NameQualifier", ""),
        for_whom=said.get("SPNameQualifier", ""),
        session=(response.get_session_index() or "")[:1000],
    )


def why(code: int) -> Refusal:
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
