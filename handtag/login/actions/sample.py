"""The sample's own provider: opened when it is first asked for, and lets the cast in as themselves."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from handtag.kernel import ids, sealing
from handtag.kernel.errors import NotFound, Problem
from handtag.login.gateways import sample_issuer
from handtag.login.models import Identity, Provider, User
from handtag.login.rules import LOA3
from handtag.municipalities import queries as municipalities

KEY = "exempel"
LOWER = "http://id.elegnamnden.se/loa/1.0/loa2"


@transaction.atomic
def open_sample_provider(*, municipality_id: UUID) -> str:
    """Have the sample's provider in this town; answers its short name."""
    _must_be_sample()
    Provider.objects.of(municipality_id).get_or_create(
        municipality_id=municipality_id,
        key=KEY,
        defaults={
            "kind": Provider.Kind.OIDC,
            "whom": Provider.Whom.RESIDENTS,
            "name": "Exempel-id",
            "issuer": sample_issuer.issuer(),
            "client_id": sample_issuer.CLIENT,
            "sealed_secret": sealing.seal(sample_issuer.SECRET),
            "levels": [LOA3],
        },
    )
    return KEY


@transaction.atomic
def let_in(*, asked: dict[str, str], username: str, is_strong: bool) -> str:
    """Answer for the provider that it is one of the cast, or, without a name, somebody new."""
    _must_be_sample()
    back = asked.get("redirect_uri", "")
    if not back.startswith(f"{settings.BASE_URL}/") or asked.get("client_id") != sample_issuer.CLIENT:
        raise NotFound("client")
    claims: dict[str, Any] = {} if is_strong else {"acr": LOWER}
    if not username:
        return sample_issuer.grant(asked, subject=f"new-{ids.token(20)}", claims=claims)
    login = User.objects.filter(username=username).first()
    if login is None:
        raise Problem("The sample has nobody of that name.", field="username")
    town = municipalities.by_slug(back.removeprefix(settings.BASE_URL).split("/")[1])
    provider = Provider.objects.of(town.id if town else None).filter(key=KEY).first()
    if provider is None:
        raise NotFound("provider")
    Identity.objects.get_or_create(
        provider=provider, issuer=provider.issuer, subject=f"sample-{username}", defaults={"login": login}
    )
    return sample_issuer.grant(asked, subject=f"sample-{username}", claims=claims)


def _must_be_sample() -> None:
    if not settings.SAMPLE:
        raise NotFound("sample")
