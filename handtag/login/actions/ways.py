"""Making and ending ways in: logins, one-time links, passkeys, sessions."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from handtag.history.actions import record
from handtag.kernel import clock, ids
from handtag.kernel.actor import Actor, Via, system
from handtag.kernel.errors import NotAllowed, NotFound, Problem
from handtag.kernel.rights import STAFF, Right, Role
from handtag.login import messages, rules
from handtag.login.actions import spending
from handtag.login.actions.arriving import prove
from handtag.login.gateways import letters
from handtag.login.models import Identity, MappedRole, SignInLink, User
from handtag.notices import actions as notices
from handtag.notices.actions import Sample
from handtag.people import actions as people
from handtag.people import queries as people_queries
from handtag.people.actions.roles import RoleChange
from handtag.people.models import Person

FORGOTTEN_AFTER = timedelta(days=1)
SESSIONS_LAST = timedelta(seconds=settings.SESSION_COOKIE_AGE)


class LinkSpent(Problem):
    """The link was used, or is too old."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Who comes in through a link, and where it leads."""

    login: User
    leads_to: str


@transaction.atomic
def new_login(*, email: str) -> User | None:
    """The login of an address that asks for a code for the first time; None where it was closed."""
    login, is_new = User.objects.get_or_create(email=email.lower())
    if is_new:
        login.set_unusable_password()
        login.save(update_fields=["password"])
    return login if login.is_active else None


@transaction.atomic
def make_user(
    *, by: Actor, person_id: UUID, email: str, username: str | None = None, password: str | None = None
) -> User:
    """Give a person a login; name and password only in the sample."""
    by.must(Right.GIVE_ROLES)
    people_queries.person(by, person_id)
    if (username or password) and not settings.SAMPLE:
        raise NotAllowed("passwords are for the sample only")
    login = User(email=email.lower(), person_id=person_id, username=username)
    if password:
        login.set_password(password)
    else:
        login.set_unusable_password()
    login.save(force_insert=True)
    record(by=by, verb="login.made", kind="login", object_id=login.id, about=person_id)
    return login


@transaction.atomic
def settle_in(*, login_id: UUID, municipality_id: UUID, new: people.NewPerson, via: Via = Via.WEB) -> Person:
    """Make the person behind a new login, as a resident of one municipality."""
    by = system(municipality_id, via)
    person = people.register(by=by, new=new)
    changed = User.objects.filter(pk=login_id, person=None).update(person=person)
    if not changed:
        raise Problem(_("You are a member already."))
    record(by=by, verb="login.settled", kind="login", object_id=login_id, about=person.id)
    _prove(by, login_id, person.id)
    return person


def _prove(by: Actor, login_id: UUID, person_id: UUID) -> None:
    """What an e-identity has shown of somebody counts from the moment there is somebody."""
    shown = Identity.objects.filter(login_id=login_id, provider__municipality_id=by.tenant)
    for identity in shown.select_related("provider"):
        if identity.number_hash:
            people.keep_hash(by=by, person_id=person_id, hashed=identity.number_hash)
        prove(identity, person_id)


@transaction.atomic
def turn_away(*, login_id: UUID) -> None:
    """Forget a login without a person: a child's, made before age was asked."""
    User.objects.filter(pk=login_id, person=None).delete()


@transaction.atomic
def make_sign_in_link(
    *, by: Actor, person_id: UUID, hours: int = rules.LINK_HOURS, leads_to: str = ""
) -> str:
    """A link that signs the person in, once. Only a command sees it: it is a key to somebody's door."""
    by.must(Right.GIVE_ROLES)
    if by.via != Via.COMMAND:
        raise NotAllowed("a link is shown to commands only; others send it")
    people_queries.person(by, person_id)
    return settings.BASE_URL + _link(by, person_id, hours, leads_to)


@transaction.atomic
def send_sign_in_link(*, by: Actor, person_id: UUID, leads_to: str = "") -> None:
    """Mail the person a link that signs them in, once; whoever asks for it never sees it."""
    by.must(Right.REGISTER_PEOPLE)
    people_queries.person(by, person_id)
    path = _link(by, person_id, rules.LINK_HOURS, leads_to)
    messages.tell_of_link(person_id, by.municipality_id, path)


def _link(by: Actor, person_id: UUID, hours: int, leads_to: str) -> str:
    login = User.objects.filter(person_id=person_id).first() or _login_for(by, person_id)
    token = ids.token(40)
    link = SignInLink.objects.create(
        user=login,
        token_hash=ids.hashed(token),
        leads_to=leads_to,
        expires_at=clock.now() + timedelta(hours=hours),
    )
    record(by=by, verb="login.link_made", kind="login", object_id=link.id, about=person_id, hours=hours)
    return reverse("sign_in_link", args=[token])


def _login_for(by: Actor, person_id: UUID) -> User:
    person = Person.objects.filter(pk=person_id, erased_at=None).first()
    if person is None:
        raise NotFound("person")
    if not person.email:
        raise Problem(_("This person has no e-mail address. Write one on their page first."))
    if User.objects.filter(email=person.email.lower()).exists():
        raise Problem(_("Another login already uses this person's e-mail address."))
    login = User(email=person.email.lower(), person=person)
    login.set_unusable_password()
    login.save(force_insert=True)
    return login


@transaction.atomic
def use_link(*, token: str) -> Entry:
    """Use a link up; LinkSpent where somebody was first or it is too old."""
    now = clock.now()
    used = SignInLink.objects.filter(token_hash=ids.hashed(token), used_at=None, expires_at__gt=now).update(
        used_at=now
    )
    if not used:
        raise LinkSpent(_("This link has been used, or is too old. Log in with a code instead."))
    link = SignInLink.objects.select_related("user").get(token_hash=ids.hashed(token))
    if not link.user.is_active:
        raise LinkSpent(_("This login is closed. Call us, and we will help you."))
    by = Actor(link.user.person_id, None)
    record(by=by, verb="login.link_used", kind="login", object_id=link.id, about=link.user.person_id)
    return Entry(link.user, link.leads_to)


@transaction.atomic
def add_key(*, by: Actor, login: User, name: str, credential: dict[str, Any]) -> None:
    """Keep a new passkey, and tell its owner."""
    key = WebAuthn.add(login, name[:60], credential).instance
    record(by=by, verb="passkey.added", kind="login", object_id=login.id, about=by.person_id, key=key.pk)
    if by.person_id is not None:
        messages.tell_of_key(by.person_id, messages.KEY_ADDED)


@transaction.atomic
def remove_key(*, by: Actor, login: User, key_id: int) -> None:
    """Take one of one's own passkeys away; the code by e-mail is always left."""
    gone, _rows = Authenticator.objects.filter(pk=key_id, user=login).delete()
    if not gone:
        raise NotFound("passkey")
    record(by=by, verb="passkey.removed", kind="login", object_id=login.id, about=by.person_id, key=key_id)
    if by.person_id is not None:
        messages.tell_of_key(by.person_id, messages.KEY_REMOVED)


@transaction.atomic
def sign_out_elsewhere(*, by: Actor, login: User, screen: str = "") -> User:
    """End every session of this login, and what browsers show; the caller keeps the present one alive."""
    login.signed_out_at = clock.now()
    login.save(update_fields=["signed_out_at"])
    if login.person_id is not None:
        notices.end_push(by=by, person_id=login.person_id, but=screen)
    record(by=by, verb="login.signed_out_elsewhere", kind="login", object_id=login.id, about=by.person_id)
    return login


def let_staff_in(by: Actor, change: RoleChange) -> None:
    """Who is given a staff role and has no login gets a letter with a way in; commands print it instead.

    Whom the staff's directory brings has come in already.
    """
    if not change.given or change.role not in STAFF or by.via == Via.COMMAND or by.role == Role.SYSTEM:
        return
    if User.objects.filter(person_id=change.person_id).exists():
        return
    person = Person.objects.get(pk=change.person_id)
    if person.email and not User.objects.filter(email=person.email.lower()).exists():
        path = _link(by, person.id, rules.LINK_HOURS, "")
        messages.tell_of_link(person.id, by.municipality_id, path)


def end_sessions(login_id: UUID) -> None:
    """Let every session of a login run out at once."""
    User.objects.filter(pk=login_id).update(signed_out_at=clock.now())


def end_for_role(by: Actor, change: RoleChange) -> None:
    """Whoever loses a role of the staff is logged out everywhere: no open page goes on working."""
    if change.given or change.role not in STAFF:
        return
    for login_id in User.objects.filter(person_id=change.person_id).values_list("id", flat=True):
        end_sessions(login_id)


def forget_person(by: Actor, person_id: UUID) -> None:
    """Whoever is erased has no login: address, e-identities, passkeys and links go with it."""
    MappedRole.objects.filter(person_id=person_id).delete()
    User.objects.filter(person_id=person_id).delete()


def forget_unused() -> int:
    """Delete logins that somebody asked a code for and never used, and what was begun or spent long ago."""
    before = clock.now() - FORGOTTEN_AFTER
    spending.forget()
    Identity.objects.filter(login=None, used_at__lt=before).delete()
    SignInLink.objects.filter(expires_at__lt=before).delete()
    gone, _rows = User.objects.filter(person=None, last_login=None, date_joined__lt=before).delete()
    return gone


def samples(municipality_id: UUID, link: str) -> list[Sample]:
    """Every letter of this room."""
    return [*messages.samples(municipality_id, link), *letters.samples()]
