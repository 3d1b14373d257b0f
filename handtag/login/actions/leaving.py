"""Logging out is the end everywhere: here, at the provider, and here again when the provider says so."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from handtag.history.actions import record
from handtag.kernel import clock, ids, sealing
from handtag.kernel.actor import Actor, Via, system
from handtag.login import queries
from handtag.login.actions import directories, spending
from handtag.login.actions.clients import client_of
from handtag.login.actions.ways import end_sessions, sign_out_elsewhere
from handtag.login.gateways import oidc
from handtag.login.models import Identity, Provider, ProviderSession, User
from handtag.login.rules import Refusal, Refused


@dataclass(frozen=True, slots=True)
class Farewell:
    """Where one is logged out at the provider too, and what it is called."""

    url: str
    name: str


def farewell(*, provider_id: str, hint: str, session_key: str = "") -> Farewell | None:
    """The provider's own way out for a session that came from it and has ended; None where it has none."""
    provider = Provider.objects.everywhere().filter(pk=provider_id).first()
    if provider is None:
        return None
    try:
        if provider.kind == Provider.Kind.SAML:
            url = directories.way_out(provider=provider, hint=hint, session_key=session_key)
        else:
            url = _way_out(provider, hint)
    except (sealing.Unreadable, sealing.NoKeys, Refused, ValueError):
        return None
    return Farewell(url, provider.name) if url else None


def _way_out(provider: Provider, hint: str) -> str:
    token = sealing.unseal(hint) if hint else ""
    back = settings.BASE_URL + reverse("left")
    return oidc.end_session_url(client_of(provider), id_token=token, back_to=back)


@transaction.atomic
def leave_everywhere(*, by: Actor, login: User) -> None:
    """End every session of this login, the present one too."""
    sign_out_elsewhere(by=by, login=login)


def end_from_provider(*, municipality_id: UUID, key: str, token: str) -> None:
    """The provider says that somebody has logged out there. Raises Refused for what it did not sign."""
    provider = queries.provider(municipality_id, key)
    by = system(municipality_id, Via.WEB)
    try:
        claims = oidc.logout_claims(client_of(provider), token)
        if not spending.is_first(f"logout {provider.id} {claims['jti']}", 24 * 60 * 60):
            raise Refused(Refusal.REPLAYED)
    except Refused as fault:
        record(
            by=by, verb="logout.refused", kind="provider", object_id=provider.id, because=fault.refusal.value
        )
        raise
    _end(by, provider, str(claims.get("sub") or ""), str(claims.get("sid") or ""))


@transaction.atomic
def _end(by: Actor, provider: Provider, subject: str, session: str) -> None:
    found = Identity.objects.filter(provider=provider, issuer=provider.issuer, login__isnull=False)
    if subject:
        found = found.filter(subject=subject)
    if session:
        found = found.filter(sessions__sid_hash=ids.hashed(session))
    for identity in found.select_related("login"):
        if identity.login is None:
            continue
        end_sessions(identity.login.id)
        about = identity.login.person_id
        record(by=by, verb="login.ended_by_provider", kind="login", object_id=identity.login.id, about=about)
    if session:
        ProviderSession.objects.filter(
            identity__provider=provider, sid_hash=ids.hashed(session), began_at__lte=clock.now()
        ).delete()
