"""Which providers a municipality has, as its administrator and as its sign-in page see them."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from handtag.kernel import sealing
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Right, Role
from handtag.login.models import GroupMapping, Provider
from handtag.municipalities.models import Municipality
from handtag.people.queries import Link


@dataclass(frozen=True, slots=True)
class Way:
    """One way in through a provider, as a sign-in page offers it."""

    id: UUID
    key: str
    name: str
    is_for_staff: bool


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """One provider as its administrator sees it: whether there is a secret, never the secret."""

    id: UUID
    key: str
    kind: str
    whom: str
    name: str
    is_on: bool
    issuer: str
    client_id: str
    client_auth: str
    has_secret: bool
    secret_variable: str
    scope: str
    levels: str
    number_claim: str
    certainty_claim: str
    group_claim: str
    sso_url: str
    slo_url: str
    certificate: str
    answer_url: str
    logout_url: str
    leaving_url: str
    own_id: str


@dataclass(frozen=True, slots=True)
class MappingRow:
    """One group, and the role it gives."""

    id: UUID
    group: str
    role: Role
    is_protected_too: bool


def ways_in(municipality_id: UUID | None) -> list[Way]:
    """The providers that are on in a municipality: those for residents first, by name."""
    if municipality_id is None:
        return []
    rows = Provider.objects.of(municipality_id).filter(is_on=True).order_by("whom", "name")
    return [
        Way(id, key, name, whom == Provider.Whom.STAFF)
        for id, key, name, whom in rows.values_list("id", "key", "name", "whom")
    ]


def provider(municipality_id: UUID, key: str) -> Provider:
    """One provider of this municipality that is on; a neighbour's is not found."""
    found = Provider.objects.of(municipality_id).filter(key=key, is_on=True).first()
    if found is None:
        raise NotFound("provider")
    return found


def provider_rows(by: Actor) -> list[ProviderRow]:
    """Every provider of the municipality, for its administrator."""
    by.must(Right.SET_LOGINS)
    slug = Municipality.objects.values_list("slug", flat=True).get(pk=by.tenant)
    return [_row(found, slug) for found in Provider.objects.of(by.tenant).order_by("whom", "name")]


def group_rows(by: Actor, provider_id: UUID) -> list[MappingRow]:
    """Which group gives which role."""
    by.must(Right.SET_LOGINS)
    rows = GroupMapping.objects.filter(provider_id=provider_id, provider__municipality_id=by.tenant)
    return [
        MappingRow(row.id, row.group, Role(row.role), row.is_protected_too)
        for row in rows.order_by("group", "role")
    ]


def links(by: Actor, person_id: UUID) -> list[Link]:
    """Ways from a person's page to noting their number, where numbers can be hashed, and to their login."""
    found = []
    if by.may(Right.RECORD_CHECKS) and sealing.can_seal():
        found.append(Link(_("E-identity"), "e-legitimation/", "id-card"))
    if by.may(Right.GIVE_ROLES):
        found.append(Link(_("Login"), "inloggning/", "lock"))
    return found


def _row(found: Provider, slug: str) -> ProviderRow:
    plain = ("id", "key", "kind", "whom", "name", "is_on", "issuer", "client_id", "client_auth")
    more = ("secret_variable", "scope", "number_claim", "certainty_claim", "group_claim")
    saml = ("sso_url", "slo_url", "certificate")
    where = {"town": slug, "key": found.key}
    return ProviderRow(
        **{name: getattr(found, name) for name in (*plain, *more, *saml)},
        has_secret=bool(found.sealed_secret),
        levels=" ".join(found.levels),
        answer_url=answer_url(slug, found.key),
        logout_url=settings.BASE_URL + reverse("provider_logout", kwargs=where),
        leaving_url=leaving_url(slug, found.key),
        own_id=own_id(slug, found.key),
    )


def answer_url(slug: str, key: str) -> str:
    """Where a provider sends its answers."""
    return settings.BASE_URL + reverse("provider_answer", args=[slug, key])


def leaving_url(slug: str, key: str) -> str:
    """Where a directory that speaks SAML tells of logouts, and answers ours."""
    return settings.BASE_URL + reverse("directory_logout", args=[slug, key])


def own_id(slug: str, key: str) -> str:
    """What we are called in a directory that speaks SAML: the address of what it reads in about us."""
    return settings.BASE_URL + reverse("provider_metadata", args=[slug, key])
