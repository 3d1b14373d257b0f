"""Somebody logs in through a provider: begun in their browser, answered there, and every refusal noted."""

from dataclasses import dataclass
from uuid import UUID

from django.core.cache import cache
from django.core.signing import BadSignature, Signer
from django.utils.translation import get_language

from handtag.history.actions import record
from handtag.kernel import clock, ids, sealing
from handtag.kernel.actor import Actor, Via, system
from handtag.login import queries, rules
from handtag.login.actions import spending, turning
from handtag.login.actions.arriving import AFTER_PROVED, Arrival, Came, Proved, arrive, connect, start_anew
from handtag.login.actions.clients import attempt_of, client_of, directory_of
from handtag.login.gateways import oidc, saml
from handtag.login.models import Provider
from handtag.login.rules import Kept, Purpose, Refusal, Refused

TICKET_FOR = 120  # seconds between a directory's answer and the page that reads it


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the browser goes, and what its session keeps."""

    url: str
    kept: Kept


@dataclass(frozen=True, slots=True)
class Unheard:
    """An answer as it came, before a word of it is believed."""

    state: str
    code: str = ""
    issuer: str = ""
    error: str = ""
    ticket: str = ""


def begin(*, municipality_id: UUID, key: str, purpose: Purpose, leads_to: str) -> Begun:
    """Send a browser to a provider. Raises Refused where it is away, NotFound for a neighbour's."""
    provider = queries.provider(municipality_id, key)
    kept = Kept(
        state=Signer(salt="handtag.login.state").sign(ids.token(40)),
        nonce=ids.token(40),
        verifier=ids.token(64),
        provider_id=str(provider.id),
        purpose=purpose,
        leads_to=leads_to,
        began=int(clock.now().timestamp()),
        is_anew=purpose == Purpose.STEP,
    )
    try:
        return _sent(provider, kept)
    except Refused as fault:
        _note(provider, fault.refusal)
        raise


def finish(
    *, municipality_id: UUID, key: str, kept: Kept | None, said: Unheard, login_id: UUID | None
) -> Arrival:
    """Hear a provider's answer. Raises Refused, noted with its code alone, and nobody is logged in."""
    provider = queries.provider(municipality_id, key)
    try:
        begun = _ours(provider, kept, said)
        came = _heard_saml(provider, begun, said) if said.ticket else _heard_oidc(provider, begun, said)
        arrival = arrive(provider=provider, came=came, kept=begun, login_id=login_id)
    except Refused as fault:
        _note(provider, fault.refusal)
        raise
    if arrival.refusal is not None:
        _note(provider, arrival.refusal)
        raise Refused(arrival.refusal)
    return arrival


def receive(*, municipality_id: UUID, key: str, answer: str) -> str:
    """Put a directory's answer aside: it comes without the browser's cookies, the next page has them."""
    queries.provider(municipality_id, key)
    ticket = ids.token(40)
    cache.set(f"saml:{ids.hashed(ticket)}", sealing.seal(answer), TICKET_FOR)
    return ticket


def describe(*, municipality_id: UUID, key: str) -> bytes:
    """What a directory reads in about us; the key it shows is made now if there is none."""
    provider = queries.provider(municipality_id, key)
    turning.furnish(by=system(municipality_id, Via.WEB), provider_id=provider.id)
    return saml.metadata(directory_of(provider, opens=False))


def _sent(provider: Provider, kept: Kept) -> Begun:
    if provider.kind == Provider.Kind.SAML:
        url, request_id = saml.request_url(directory_of(provider), state=kept.state, anew=kept.is_anew)
        row = {name: getattr(kept, name) for name in kept.__slots__}
        return Begun(url, Kept(**{**row, "request_id": request_id}))
    url = oidc.authorize_url(
        client_of(provider),
        attempt_of(provider, kept),
        state=kept.state,
        language=(get_language() or "sv")[:2],
    )
    return Begun(url, kept)


def _ours(provider: Provider, kept: Kept | None, said: Unheard) -> Kept:
    """What was kept: begun here, in this browser, lately, with this provider, and not answered before."""
    try:
        Signer(salt="handtag.login.state").unsign(said.state)
    except BadSignature as fault:
        raise Refused(Refusal.STATE) from fault
    used = f"state {said.state}"
    if kept is None:
        raise Refused(Refusal.REPLAYED if spending.is_spent(used) else Refusal.BROWSER)
    if kept.provider_id != str(provider.id) or kept.is_old(int(clock.now().timestamp())):
        raise Refused(Refusal.STATE)
    if not spending.is_first(used, rules.KEPT_FOR):
        raise Refused(Refusal.REPLAYED)
    return kept


def _heard_oidc(provider: Provider, kept: Kept, said: Unheard) -> Came:
    if said.error:
        cancelled = said.error in ("access_denied", "user_cancelled", "login_required")
        raise Refused(Refusal.CANCELLED if cancelled else Refusal.SAID_NO)
    if not said.code:
        raise Refused(Refusal.FORMAT)
    found = oidc.exchange(
        client_of(provider), attempt_of(provider, kept), code=said.code, said_issuer=said.issuer
    )
    groups = found.claims.get(provider.group_claim or "groups")
    return Came(
        subject=str(found.claims["sub"]),
        given_name=_text(found.claims.get("given_name")),
        family_name=_text(found.claims.get("family_name")),
        email=_text(found.claims.get("email")),
        number=_text(found.claims.get(provider.number_claim)) if provider.number_claim else "",
        certainty=_text(found.claims.get(provider.certainty_claim)) if provider.certainty_claim else "",
        groups=tuple(str(group) for group in groups) if isinstance(groups, list) else (),
        session=_text(found.claims.get("sid")),
        hint=found.id_token,
    )


def _heard_saml(provider: Provider, kept: Kept, said: Unheard) -> Came:
    kept_at = f"saml:{ids.hashed(said.ticket)}"
    sealed = cache.get(kept_at)
    if provider.kind != Provider.Kind.SAML or not sealed:
        raise Refused(Refusal.STATE)
    cache.delete(kept_at)
    found = saml.read(
        directory_of(provider),
        answer=sealing.unseal(sealed),
        request_id=kept.request_id,
        not_before=kept.began if kept.is_anew else 0,
    )
    if not spending.is_first(f"assertion {provider.id} {found.assertion_id}", 24 * 60 * 60):
        raise Refused(Refusal.REPLAYED)

    def first(*names: str) -> str:
        return next((found.attributes[name][0] for name in names if found.attributes.get(name)), "")

    return Came(
        subject=found.name.value,
        given_name=first(*_GIVEN),
        family_name=first(*_FAMILY),
        email=first(*_EMAIL),
        groups=tuple(found.attributes.get(provider.group_claim or _GROUPS, ())),
        session=found.name.session,
        hint=found.name.written(),
    )


_CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims"
_GIVEN = ("givenName", "urn:oid:2.5.4.42", f"{_CLAIMS}/givenname")
_FAMILY = ("sn", "urn:oid:2.5.4.4", f"{_CLAIMS}/surname")
_EMAIL = ("mail", "urn:oid:0.9.2342.19200300.100.1.3", f"{_CLAIMS}/emailaddress")
_GROUPS = "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups"


def _text(value: object) -> str:
    return value.strip()[:254] if isinstance(value, str) else ""


def _note(provider: Provider, refusal: Refusal) -> None:
    """Write that somebody was not let in: which provider and why, and nothing of whom."""
    by: Actor = system(provider.municipality_id, Via.WEB)
    record(by=by, verb="login.refused", kind="provider", object_id=provider.id, because=refusal.value)


__all__ = [
    "AFTER_PROVED",
    "Arrival",
    "Begun",
    "Proved",
    "Unheard",
    "begin",
    "connect",
    "describe",
    "finish",
    "receive",
    "start_anew",
]
