"""OpenID Connect: where to send a browser, and what a provider's answer says once every check has held.

The checks are those of OpenID Connect Core 3.1.3.7; signatures and keys are joserfc's work. allauth's own
provider leaves several of them out (docs/adr/0029).
"""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.core.cache import cache
from joserfc import errors, jwt
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from handtag.kernel import clock
from handtag.login.gateways import web
from handtag.login.gateways.hashing import s256, text
from handtag.login.rules import Refusal, Refused

# Signatures by a private key alone: "none" and keys that both sides know are not on the list.
ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
PUBLIC: Final = ("RSA", "EC")
SKEW: Final = 60  # seconds by which two clocks may differ
OLDEST: Final = 10 * 60  # seconds since an identity token was made
KEPT: Final = 60 * 60
REFETCH_EACH: Final = 60  # seconds: who sends made-up key names does not make us ask again and again
LOGOUT_EVENT: Final = "http://schemas.openid.net/event/backchannel-logout"


@dataclass(frozen=True, slots=True)
class Client:
    """Who we are to one provider."""

    issuer: str
    client_id: str
    secret: str = ""
    auth: str = "client_secret_basic"
    scope: str = ""
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one login was begun with."""

    nonce: str
    verifier: str
    redirect_uri: str
    not_before: int = 0  # seconds: who must show anew who they are did it after this


@dataclass(frozen=True, slots=True)
class Said:
    """The claims of a token that held, and the token itself for logging out again."""

    claims: dict[str, Any]
    id_token: str


def authorize_url(client: Client, attempt: Attempt, *, state: str, language: str) -> str:
    """Where to send the browser; with `not_before` the provider must ask anew who it is."""
    asked = {
        "response_type": "code",
        "client_id": client.client_id,
        "redirect_uri": attempt.redirect_uri,
        "scope": " ".join(dict.fromkeys(["openid", *client.scope.split()])),
        "state": state,
        "nonce": attempt.nonce,
        "code_challenge": s256(attempt.verifier),
        "code_challenge_method": "S256",
        "ui_locales": language,
    }
    if client.levels:
        asked["acr_values"] = " ".join(client.levels)
    if attempt.not_before:
        asked |= {"prompt": "login", "max_age": "0"}
    endpoint = _endpoint(client, "authorization_endpoint")
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"


def exchange(client: Client, attempt: Attempt, *, code: str, said_issuer: str) -> Said:
    """Trade the code for an identity token, and check everything about it. Raises Refused."""
    _same_issuer(client, said_issuer)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": attempt.redirect_uri,
        "code_verifier": attempt.verifier,
    }
    login = (client.client_id, client.secret) if client.auth == "client_secret_basic" else None
    if login is None:
        form |= {"client_id": client.client_id, "client_secret": client.secret}
    answer = web.post(_endpoint(client, "token_endpoint"), form, login=login)
    token = answer.get("id_token")
    if not isinstance(token, str):
        raise Refused(Refusal.FORMAT)
    header, claims = _signed(client, token)
    _check_common(client, claims)
    _check_identity(client, attempt, claims)
    _check_hash(header, claims, answer.get("access_token"))
    return Said(claims, token)


def logout_claims(client: Client, token: str) -> dict[str, Any]:
    """What a logout token says (OpenID Connect Back-Channel Logout 2.6). Raises Refused."""
    _header, claims = _signed(client, token)
    _check_common(client, claims)
    events = claims.get("events")
    if not isinstance(events, dict) or LOGOUT_EVENT not in events or "nonce" in claims:
        raise Refused(Refusal.EVENT)
    if not (claims.get("sub") or claims.get("sid")) or not isinstance(claims.get("jti"), str):
        raise Refused(Refusal.EVENT)
    return claims


def end_session_url(client: Client, *, id_token: str, back_to: str) -> str:
    """Where a browser goes to be logged out at the provider too; empty where it has no such page."""
    try:
        endpoint = _document(client).get("end_session_endpoint")
    except Refused:
        return ""  # logged out here all the same
    if not isinstance(endpoint, str) or not endpoint:
        return ""
    asked = {"client_id": client.client_id, "post_logout_redirect_uri": back_to}
    if id_token:
        asked["id_token_hint"] = id_token
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"


# --- what the provider tells of itself --------------------------------------------------------------------


def _document(client: Client) -> dict[str, Any]:
    """The provider's own description, an hour at a time; it must be of the very issuer we know."""
    kept = f"oidc:document:{_mark(client.issuer)}"
    found: dict[str, Any] | None = cache.get(kept)
    if found is None:
        found = web.get(f"{client.issuer.rstrip('/')}/.well-known/openid-configuration")
        if found.get("issuer") != client.issuer:
            raise Refused(Refusal.ISSUER)
        cache.set(kept, found, KEPT)
    return found


def _endpoint(client: Client, name: str) -> str:
    found = _document(client).get(name)
    if not isinstance(found, str) or not found.startswith(("https://", "http://")):
        raise Refused(Refusal.DISCOVERY)
    return found


def _keys(client: Client, *, anew: bool = False) -> KeySet:
    """The provider's public keys; what both sides would know, or is for sealing, is not among them."""
    kept = f"oidc:keys:{_mark(client.issuer)}"
    found = None if anew else cache.get(kept)
    if found is None:
        found = web.get(_endpoint(client, "jwks_uri"))
        cache.set(kept, found, KEPT)
    rows = found.get("keys")
    public = [
        row
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict) and row.get("kty") in PUBLIC and row.get("use", "sig") == "sig"
    ]
    try:
        return KeySet.import_key_set({"keys": public})
    except (errors.JoseError, ValueError) as fault:
        raise Refused(Refusal.KEY) from fault


def _mark(issuer: str) -> str:
    return hashlib.sha256(issuer.encode()).hexdigest()[:32]


# --- the token itself -------------------------------------------------------------------------------------


def _signed(client: Client, token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims of a token that the provider signed; a key not known is asked for once more."""
    try:
        return _decoded(token, _keys(client))
    except errors.InvalidKeyIdError:
        if not cache.add(f"oidc:refetch:{_mark(client.issuer)}", 1, REFETCH_EACH):
            raise Refused(Refusal.KEY) from None
    try:
        return _decoded(token, _keys(client, anew=True))
    except errors.InvalidKeyIdError as fault:
        raise Refused(Refusal.KEY) from fault


def _decoded(token: str, keys: KeySet) -> tuple[dict[str, Any], dict[str, Any]]:
    try:
        found = jwt.decode(token, keys, algorithms=list(ALGORITHMS), registry=_REGISTRY)
    except errors.InvalidKeyIdError:
        raise
    except errors.UnsupportedAlgorithmError as fault:
        raise Refused(Refusal.ALGORITHM) from fault
    except errors.BadSignatureError as fault:
        raise Refused(Refusal.SIGNATURE) from fault
    except (errors.JoseError, ValueError, TypeError, KeyError) as fault:
        raise Refused(Refusal.FORMAT) from fault
    return dict(found.header), dict(found.claims)


_REGISTRY = JWSRegistry(algorithms=list(ALGORITHMS))


def _check_common(client: Client, claims: dict[str, Any]) -> None:
    """Who made it, for whom, and when."""
    now = int(clock.now().timestamp())
    if claims.get("iss") != client.issuer:
        raise Refused(Refusal.ISSUER)
    audience = claims.get("aud")
    named = [audience] if isinstance(audience, str) else audience
    if not isinstance(named, list) or client.client_id not in named:
        raise Refused(Refusal.AUDIENCE)
    party = claims.get("azp")
    if (party is not None or len(named) > 1) and party != client.client_id:
        raise Refused(Refusal.PARTY)
    made = _moment(claims, "iat")
    if _moment(claims, "exp") <= now - SKEW or made < now - OLDEST:
        raise Refused(Refusal.EXPIRED)
    if made > now + SKEW or ("nbf" in claims and _moment(claims, "nbf") > now + SKEW):
        raise Refused(Refusal.NOT_YET)


def _moment(claims: dict[str, Any], name: str) -> float:
    found = claims.get(name)
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise Refused(Refusal.EXPIRED)
    return found


def _check_identity(client: Client, attempt: Attempt, claims: dict[str, Any]) -> None:
    """Whose login it answers, who it is, and how surely."""
    nonce, subject = claims.get("nonce"), claims.get("sub")
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(), attempt.nonce.encode()):
        raise Refused(Refusal.NONCE)
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise Refused(Refusal.SUBJECT)
    if client.levels and claims.get("acr") not in client.levels:
        raise Refused(Refusal.LEVEL)
    shown = claims.get("auth_time")
    if attempt.not_before and not (isinstance(shown, int) and shown >= attempt.not_before - SKEW):
        raise Refused(Refusal.STALE)


def _check_hash(header: dict[str, Any], claims: dict[str, Any], access_token: object) -> None:
    """Where the token names the access token it came with, it is that one."""
    if "at_hash" not in claims:
        return
    digest = hashlib.new(f"sha{header['alg'][-3:]}", str(access_token).encode()).digest()
    if claims["at_hash"] != text(digest[: len(digest) // 2]):
        raise Refused(Refusal.HASH)


def _same_issuer(client: Client, said: str) -> None:
    """Who answered is who was asked (RFC 9207), where the provider says so."""
    required = _document(client).get("authorization_response_iss_parameter_supported") is True
    if (said or required) and said != client.issuer:
        raise Refused(Refusal.ISSUER)
