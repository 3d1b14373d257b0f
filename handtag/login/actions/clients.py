"""A provider as its gateway wants it: plain values, the secret opened at the last moment."""

import os
from uuid import UUID

from handtag.kernel import sealing
from handtag.login.gateways import oidc, saml
from handtag.login.models import Provider
from handtag.login.queries.providers import answer_url, leaving_url, own_id
from handtag.login.queries.turning import keys_of
from handtag.login.rules import Kept, Keys, Refusal, Refused


def client_of(provider: Provider) -> oidc.Client:
    """Who we are to an OpenID provider."""
    return oidc.Client(
        issuer=provider.issuer,
        client_id=provider.client_id,
        secret=_secret(provider),
        auth=provider.client_auth,
        scope=provider.scope,
        levels=tuple(provider.levels),
    )


def attempt_of(provider: Provider, kept: Kept) -> oidc.Attempt:
    """What one login was begun with."""
    return oidc.Attempt(
        nonce=kept.nonce,
        verifier=kept.verifier,
        redirect_uri=answer_url(provider.municipality.slug, provider.key),
        not_before=kept.began if kept.is_anew else 0,
    )


def directory_of(provider: Provider, *, opens: bool = True, asks: bool = True) -> saml.Directory:
    """A directory that speaks SAML, and our keys towards it; closed where only certificates are wanted.

    Raises Refused where we ask something and the key in use cannot be opened: unsigned we would be refused.
    """
    slug = provider.municipality.slug
    keys, own = _keys(provider, opens=opens)
    if asks and keys.signing is not None and keys.signing.id not in own:
        raise Refused(Refusal.AWAY)
    return saml.Directory(
        entity_id=provider.issuer,
        sso_url=provider.sso_url,
        slo_url=provider.slo_url,
        certificate=provider.certificate,
        own_id=own_id(slug, provider.key),
        answer_url=answer_url(slug, provider.key),
        logout_url=leaving_url(slug, provider.key),
        signing=own.get(keys.signing.id) if keys.signing else None,
        opening=tuple(own[term.id] for term in keys.reading if term.id in own),
        shown=tuple(own[term.id].certificate for term in keys.shown if term.id in own),
    )


def _keys(provider: Provider, *, opens: bool) -> tuple[Keys, dict[UUID, saml.Own]]:
    own: dict[UUID, saml.Own] = {}
    for row in provider.keys.all():
        try:
            private = sealing.unseal(row.sealed_private) if opens else ""
        except (sealing.Unreadable, sealing.NoKeys):
            continue
        own[row.id] = saml.Own(private, row.certificate)
    return keys_of(provider.id), own


def _secret(provider: Provider) -> str:
    if provider.secret_variable:
        return os.environ.get(provider.secret_variable, "")
    try:
        return sealing.unseal(provider.sealed_secret) if provider.sealed_secret else ""
    except (sealing.Unreadable, sealing.NoKeys) as fault:
        raise Refused(Refusal.AWAY) from fault
