"""Who somebody is where: the roles in force that the Actor is built of, and what belongs to a login."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db.models import Q

from handtag.kernel import clock
from handtag.kernel.actor import Hat
from handtag.kernel.prepared import Prepared, a_moment, a_text, an_id
from handtag.kernel.rights import Role
from handtag.kernel.tenancy import TenantQuerySet
from handtag.login.models import Identity, User
from handtag.login.rules import Held, first_part
from handtag.municipalities import queries as municipalities
from handtag.municipalities.models import Municipality
from handtag.people.models import RoleHeld


@dataclass(frozen=True, slots=True)
class Home:
    """A municipality where somebody has a role."""

    slug: str
    name: str
    role: Role
    role_id: UUID


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody's login, as an administrator sees it: no address, and no key."""

    is_open: bool
    has_email: bool
    identities: tuple[str, ...]
    keys: int
    last_used: datetime | None


def standing(person_id: UUID) -> Standing | None:
    """Whether somebody can log in, and how; None for who has no login."""
    found = User.objects.filter(person_id=person_id).first()
    if found is None:
        return None
    return Standing(
        is_open=found.is_active,
        has_email=bool(found.email),
        identities=tuple(identities_of(found.id)),
        keys=len(keys_of(found.id)),
        last_used=found.last_login,
    )


def login(login_id: UUID) -> User | None:
    """The login with its person, or None."""
    found: User | None = _LOGIN.first(login=login_id)
    return found


def session(key: str, now: datetime) -> Session | None:
    """The session with this key, if it has not run out."""
    found: Session | None = _SESSION.first(key=key, now=now)
    return found


_LOGIN = Prepared(lambda: User.objects.filter(pk=an_id("login")))
_SESSION = Prepared(
    lambda: Session.objects.filter(session_key=a_text("key"), expire_date__gt=a_moment("now"))
)


def roles_in(person_id: UUID, municipality_id: UUID) -> list[Held]:
    """The person's roles in force in one municipality, those of its partnerships too; oldest first."""
    return [_held(row) for row in _ROLES.ask(person=person_id, town=municipality_id, now=clock.now())]


def _roles() -> TenantQuerySet[RoleHeld]:
    town = Q(municipality_id=an_id("town")) | Q(partnership__memberships__municipality_id=an_id("town"))
    found = _in_force(an_id("person"), a_moment("now")).filter(town)
    return found.order_by("since", "id").distinct()


_ROLES = Prepared(_roles)


def homes(person_id: UUID) -> list[Home]:
    """Every municipality where the person has a role in force, one line for each role."""
    rows = (
        _in_force(person_id, clock.now())
        .filter(municipality__isnull=False)
        .order_by("municipality__name", "since", "id")
        .values_list("municipality__slug", "municipality__name", "role", "id")
    )
    return [Home(slug, name, Role(role), role_id) for slug, name, role, role_id in rows]


def one_each(homes: list[Home]) -> list[Home]:
    """One line for each municipality."""
    return list({home.slug: home for home in reversed(homes)}.values())[::-1]


def slug_of(path: str) -> str:
    """The municipality a path lies in, if it does."""
    town = town_of(path)
    return town.slug if town else ""


def town_of(path: str) -> Municipality | None:
    """The municipality a path lies in, if it does."""
    return municipalities.by_slug(first_part(path))


def towns() -> list[Municipality]:
    """Every municipality one may become a member of, by name."""
    return municipalities.everyone()


def email_of(username: str) -> str:
    """The address behind a name of the sample; what is an address already stays."""
    found = (
        User.objects.filter(username=username).values_list("email", flat=True).first() if username else None
    )
    return found or username


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A passkey as its owner knows it."""

    id: int
    name: str
    made_at: datetime
    used_at: datetime | None


def keys_of(login_id: UUID) -> list[KeyRow]:
    """The passkeys of one login, oldest first."""
    rows = Authenticator.objects.filter(user_id=login_id, type=Authenticator.Type.WEBAUTHN).order_by("pk")
    return [KeyRow(row.pk, row.data.get("name", ""), row.created_at, row.last_used_at) for row in rows]


def identities_of(login_id: UUID) -> list[str]:
    """The names of the providers through which somebody can log in."""
    rows = Identity.objects.filter(login_id=login_id).order_by("made_at")
    return list(rows.values_list("provider__name", flat=True))


def _in_force(person_id: UUID, now: datetime) -> TenantQuerySet[RoleHeld]:
    return RoleHeld.objects.everywhere().filter(
        Q(until=None) | Q(until__gt=now), person_id=person_id, since__lte=now
    )


def _held(row: RoleHeld) -> Held:
    hat = Hat(
        Role(row.role),
        row.id,
        services=frozenset(map(UUID, row.services)),
        groups=frozenset(map(UUID, row.groups)),
        committees=frozenset(map(UUID, row.committees)),
    )
    return Held(hat, row.municipality_id, row.partnership_id)
