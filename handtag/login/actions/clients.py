"""A provider as its gateway wants it: plain values, the secret opened at the last moment."""

import os

from handtag.kernel import sealing
from handtag.login.gateways import oidc, saml
from handtag.login.models import Provider
from handtag.login.queries.providers import answer_url, own_id
from handtag.login.rules import Kept, Refusal, Refused


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


def directory_of(provider: Provider) -> saml.Directory:
    """A directory that speaks SAML."""
    slug = provider.municipality.slug
    return saml.Directory(
        entity_id=provider.issuer,
        sso_url=provider.sso_url,
        certificate=provider.certificate,
        own_id=own_id(slug, provider.key),
        answer_url=answer_url(slug, provider.key),
    )


def _secret(provider: Provider) -> str:
    if provider.secret_variable:
        return os.environ.get(provider.secret_variable, "")
    try:
        return sealing.unseal(provider.sealed_secret) if provider.sealed_secret else ""
    except (sealing.Unreadable, sealing.NoKeys) as fault:
        raise Refused(Refusal.AWAY) from fault
