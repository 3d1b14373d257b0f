"""Who a provider's answer is here: known by the provider's own name for them, by identity number, or new.

Nobody is taken for somebody by an e-mail address alone: who has been here before shows their old way in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from handtag.history.actions import record
from handtag.kernel import clock, ids, numbers, sealing
from handtag.kernel.actor import Actor, Via, system
from handtag.kernel.errors import NotFound, Problem
from handtag.login.actions import mapping
from handtag.login.models import Identity, Provider, ProviderSession, User
from handtag.login.rules import Kept, Purpose, Refusal, Refused
from handtag.people import actions as people
from handtag.people import queries as people_queries
from handtag.people.models import Person


@dataclass(frozen=True, slots=True)
class Came:
    """Who a provider says it is; plain values, kept no longer than this login takes."""

    subject: str
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    number: str = ""
    certainty: str = ""
    groups: tuple[str, ...] = ()
    session: str = ""
    hint: str = ""  # what the provider is shown when logging out there


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came of it: a login, or an identity that nobody here has yet; or why not."""

    provider_id: UUID | None = None
    identity_id: UUID | None = None
    login: User | None = None
    leads_to: str = ""
    purpose: Purpose = Purpose.ENTER
    is_strong: bool = False
    hint: str = ""  # sealed: what the provider is shown when logging out there
    session: str = ""  # hashed: the session at a directory, which ends with this one here and alone
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Proved:
    """That an e-identity has shown who a person is."""

    person_id: UUID
    is_adult: bool


# Rooms above note it (a check of identity is met) in their apps.ready().
AFTER_PROVED: list[Callable[[Actor, Proved], None]] = []


@transaction.atomic
def arrive(*, provider: Provider, came: Came, kept: Kept, login_id: UUID | None) -> Arrival:
    """Find whose answer it is; what it changes is kept also where nobody is let in for want of a role."""
    identity = _identity(provider, came)
    refusal = _take_up(provider, came, kept, identity, login_id)
    if refusal is None and identity.login is not None:
        refusal = _settle(provider, came, identity)
    if refusal is not None:
        return Arrival(refusal=refusal)
    is_directory = provider.kind == Provider.Kind.SAML
    if came.session and not is_directory:
        ProviderSession.objects.get_or_create(identity=identity, sid_hash=ids.hashed(came.session))
    login = User.objects.filter(pk=identity.login_id).first() if identity.login_id else None
    if login is not None and kept.purpose == Purpose.ENTER:
        by = Actor(login.person_id, provider.municipality_id)
        record(
            by=by,
            verb="login.through_provider",
            kind="provider",
            object_id=provider.id,
            about=login.person_id,
        )
    return Arrival(
        provider_id=provider.id,
        identity_id=identity.id,
        login=login,
        leads_to=kept.leads_to,
        purpose=kept.purpose,
        is_strong=is_strong(provider),
        hint=sealing.seal(came.hint) if came.hint and sealing.can_seal() else "",
        session=ids.hashed(came.session) if is_directory else "",
    )


@transaction.atomic
def connect(*, by: Actor, login: User, identity_id: UUID) -> None:
    """Tie an identity that nobody has to the login one is in with: so both are shown to be one person."""
    identity = Identity.objects.select_for_update().select_related("provider").filter(pk=identity_id).first()
    if identity is None or identity.login_id not in (None, login.id):
        raise NotFound("identity")
    refusal = _tie(identity, login)
    if refusal is not None:
        raise Refused(refusal)


@transaction.atomic
def start_anew(*, identity_id: UUID) -> User:
    """A login for somebody who has never been here: what else there is to know is asked on the next page."""
    identity = Identity.objects.select_for_update().select_related("provider").filter(pk=identity_id).first()
    if identity is None or identity.provider.whom != Provider.Whom.RESIDENTS:
        raise NotFound("identity")
    if identity.login is None:
        _tie(identity, _new_login(None))
    return User.objects.get(identities=identity.id)


def is_strong(provider: Provider) -> bool:
    """Whether who comes through it has shown surely who they are: a level is demanded, or staff vouch."""
    return bool(provider.levels) or provider.whom == Provider.Whom.STAFF


def prove(identity: Identity, person_id: UUID | None) -> None:
    """Tell the rooms above that the person's identity is proved, where it is."""
    if not identity.is_verified or person_id is None:
        return
    by = system(identity.provider.municipality_id, Via.WEB)
    for consequence in AFTER_PROVED:
        consequence(by, Proved(person_id, identity.is_adult))


# --- whose it is ------------------------------------------------------------------------------------------


def _identity(provider: Provider, came: Came) -> Identity:
    """The row of this issuer and subject, with what this login says of its number; claims are not kept."""
    found, _is_new = Identity.objects.select_related("login", "provider").get_or_create(
        provider=provider, issuer=provider.issuer, subject=came.subject
    )
    found.used_at = clock.now()
    found.is_verified = provider.whom == Provider.Whom.RESIDENTS and bool(provider.levels)
    if came.number:
        _read_number(provider, came, found)
    found.save(update_fields=["used_at", "is_verified", "is_adult", "number_hash"])
    return found


def _read_number(provider: Provider, came: Came, identity: Identity) -> None:
    try:
        number = numbers.normal(came.number)
    except Problem as fault:
        raise Refused(Refusal.NUMBER) from fault
    sure = numbers.certainty(number, came.certainty) == numbers.Certainty.CONFIRMED
    identity.is_verified = identity.is_verified and sure
    identity.is_adult = identity.is_verified and numbers.is_adult(number, clock.today())
    identity.hashes = people.hashes_of(provider.municipality_id, number) if identity.is_verified else ()
    identity.number_hash = identity.hashes[0] if identity.hashes else ""


def _take_up(
    provider: Provider, came: Came, kept: Kept, identity: Identity, login_id: UUID | None
) -> Refusal | None:
    """Give an identity without a login the one that is its own, as far as that can be known."""
    if kept.purpose == Purpose.STEP and (login_id is None or identity.login_id != login_id):
        return Refusal.OTHER_PERSON
    if kept.purpose == Purpose.CONNECT:
        return _connect(identity, login_id)
    if identity.login is not None:
        return None
    known = _known_by_number(identity)
    if known is not None:
        return _tie(identity, _login_of(known))
    if provider.whom == Provider.Whom.STAFF:
        return _new_colleague(provider, came, identity)
    return None


def _connect(identity: Identity, login_id: UUID | None) -> Refusal | None:
    login = User.objects.filter(pk=login_id).first() if login_id else None
    if login is None or identity.login_id not in (None, login.id):
        return Refusal.OTHER_PERSON
    return _tie(identity, login)


def _tie(identity: Identity, login: User) -> Refusal | None:
    """Give the identity its login; an identity number that is somebody else's here stops it."""
    person_id, town = login.person_id, identity.provider.municipality_id
    if identity.number_hash and person_id is not None:
        by = system(town, Via.WEB)
        hashes = identity.hashes or (identity.number_hash,)
        if people_queries.person_with(town, hashes) not in (None, person_id):
            return Refusal.OTHER_PERSON
        if people_queries.has_other_number(town, person_id, hashes):
            return Refusal.OTHER_PERSON
        people.keep_hash(by=by, person_id=person_id, hashed=identity.number_hash)
    if identity.login_id != login.id:
        identity.login = login
        Identity.objects.filter(pk=identity.id).update(login=login)
        by = Actor(person_id, town)
        record(by=by, verb="login.identity_connected", kind="login", object_id=login.id, about=person_id)
    prove(identity, person_id)
    return None


def _known_by_number(identity: Identity) -> UUID | None:
    if not identity.hashes:
        return None
    return people_queries.person_with(identity.provider.municipality_id, identity.hashes)


def _login_of(person_id: UUID) -> User:
    """The login of somebody registered at a counter, or by phone: made now if there is none."""
    return User.objects.filter(person_id=person_id).first() or _new_login(person_id)


def _new_login(person_id: UUID | None, email: str = "") -> User:
    login = User(person_id=person_id, email=email or None)
    login.set_unusable_password()
    login.save(force_insert=True)
    return login


def _new_colleague(provider: Provider, came: Came, identity: Identity) -> Refusal | None:
    """Somebody from the staff's directory for the first time; an address in use must be shown anew."""
    roles = mapping.wanted(provider, came.groups)
    if not roles:
        return Refusal.NO_ROLE
    email = came.email.casefold()
    if not email:
        return Refusal.NO_ADDRESS
    in_use = User.objects.filter(email=email).exists() or Person.objects.filter(email=email).exists()
    if in_use:
        return None
    by = system(provider.municipality_id, Via.WEB)
    given = came.given_name or email.split("@")[0]
    first = sorted(roles)[0]
    held = people.appoint(
        by=by, role=first, email=email, given_name=given[:60], family_name=came.family_name[:60]
    )
    mapping.remember(provider, held.person_id, first)
    return _tie(identity, _new_login(held.person_id, email))


def _settle(provider: Provider, came: Came, identity: Identity) -> Refusal | None:
    """Roles as the directory says today; who is closed, erased, or of the staff without a role stays out."""
    login = User.objects.filter(identities=identity.id, is_active=True).first()
    if login is None or (login.person is not None and login.person.erased_at is not None):
        return Refusal.CLOSED
    if provider.whom != Provider.Whom.STAFF or login.person_id is None:
        return None
    mapping.follow(provider, login.person_id, came.groups)
    has_role = bool(people_queries.hats(login.person_id, provider.municipality_id))
    return None if has_role else Refusal.NO_ROLE
