"""Logging out at a directory that speaks SAML, and by it: exactly the sessions that it names."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction

from handtag.history.actions import record
from handtag.kernel import clock, ids, sealing
from handtag.kernel.actor import Actor, Via, system
from handtag.kernel.errors import NotFound
from handtag.login import queries
from handtag.login.actions import spending
from handtag.login.actions.clients import directory_of
from handtag.login.actions.ways import SESSIONS_LAST, end_sessions
from handtag.login.gateways import saml
from handtag.login.gateways.saml import Message
from handtag.login.models import Provider, ProviderSession
from handtag.login.rules import Refusal, Refused

ANSWERED_WITHIN = 10 * 60  # seconds between our leaving there and the directory's answer
REMEMBERED = 24 * 60 * 60  # seconds in which a demand is known again


@dataclass(frozen=True, slots=True)
class Left:
    """What a directory's message came to: where the browser goes, or what it said to ours."""

    url: str = ""
    name: str = ""
    is_answer: bool = False
    is_done: bool = False


@transaction.atomic
def keep_session(*, identity_id: UUID, session: str, session_key: str) -> None:
    """Which session here came of which at the directory; kept so that the one can end the other."""
    ProviderSession.objects.update_or_create(
        identity_id=identity_id,
        sid_hash=session,
        session_hash=ids.hashed(session_key),
        defaults={"sealed_session": sealing.seal(session_key), "began_at": clock.now()},
    )


def follow_session(*, before: str, after: str) -> None:
    """A session goes on under another key: what is kept of it goes along."""
    rows = ProviderSession.objects.filter(session_hash=ids.hashed(before))
    if rows.exists():
        rows.update(session_hash=ids.hashed(after), sealed_session=sealing.seal(after))


def way_out(*, provider: Provider, hint: str, session_key: str) -> str:
    """Where one is logged out at the directory too; the session here has ended already."""
    ProviderSession.objects.filter(session_hash=ids.hashed(session_key)).delete()
    directory = directory_of(provider)
    if not directory.slo_url or directory.signing is None or not hint:
        return ""
    name = saml.name_of(sealing.unseal(hint))
    url, request_id = saml.leave_url(directory, name, relay=ids.token(20))
    cache.set(_asked(provider, request_id), 1, ANSWERED_WITHIN)
    return url


def hear_directory(*, municipality_id: UUID, key: str, message: Message) -> Left:
    """A directory says that somebody has logged out, or answers that we did. Raises Refused, and notes it."""
    provider = queries.provider(municipality_id, key)
    if provider.kind != Provider.Kind.SAML:
        raise NotFound("directory")
    by = system(municipality_id, Via.WEB)
    is_answer = "SAMLResponse" in message.form or "SAMLResponse=" in message.query
    try:
        return _answered(provider, message) if is_answer else _demanded(by, provider, message)
    except Refused as fault:
        because = fault.refusal.value
        record(by=by, verb="logout.refused", kind="provider", object_id=provider.id, because=because)
        raise


def forget_gone() -> None:
    """Forget old rows whose session here is gone; one that is used goes on, and its row with it."""
    old = ProviderSession.objects.filter(began_at__lt=clock.now() - SESSIONS_LAST)
    gone = [row.pk for row in old.iterator() if not row.session_hash or not _lives(row)]
    ProviderSession.objects.filter(pk__in=gone).delete()


def _answered(provider: Provider, message: Message) -> Left:
    """What the directory answers to our leaving there; nothing hangs on it, the session here is gone."""
    answer = saml.heard_answer(directory_of(provider, asks=False), message)
    if not answer.request_id or not cache.delete(_asked(provider, answer.request_id)):
        raise Refused(Refusal.STATE)
    return Left(name=provider.name, is_answer=True, is_done=answer.is_done)


def _demanded(by: Actor, provider: Provider, message: Message) -> Left:
    directory = directory_of(provider, asks=False)
    demand = saml.heard_demand(directory, message)
    if not spending.is_first(f"logout {provider.id} {demand.id}", REMEMBERED):
        raise Refused(Refusal.REPLAYED)
    _end(by, provider, demand)
    url = saml.answer_url(directory, demand) if directory.slo_url and directory.opening else ""
    return Left(url=url, name=provider.name)


@transaction.atomic
def _end(by: Actor, provider: Provider, demand: saml.Demand) -> None:
    """End the sessions that are named, or all that came of this name; what came another way stays."""
    rows = ProviderSession.objects.filter(
        identity__provider=provider,
        identity__issuer=provider.issuer,
        identity__subject=demand.subject,
        identity__login__isnull=False,
    )
    if demand.sessions:
        rows = rows.filter(sid_hash__in=[ids.hashed(session) for session in demand.sessions])
    ended = list(rows.select_related("identity__login"))
    for row in ended:
        _end_one(row)
    for login in {row.identity.login for row in ended if row.identity.login is not None}:
        verb, about = "login.ended_by_provider", login.person_id
        record(by=by, verb=verb, kind="login", object_id=login.id, about=about)
    ProviderSession.objects.filter(pk__in=[row.pk for row in ended]).delete()


def _end_one(row: ProviderSession) -> None:
    """End one session; where its key can no longer be read, all of that login rather than none."""
    try:
        Session.objects.filter(session_key=sealing.unseal(row.sealed_session)).delete()
    except (sealing.Unreadable, sealing.NoKeys):
        if row.identity.login_id is not None:
            end_sessions(row.identity.login_id)


def _lives(row: ProviderSession) -> bool:
    try:
        return Session.objects.filter(session_key=sealing.unseal(row.sealed_session)).exists()
    except (sealing.Unreadable, sealing.NoKeys):
        return False


def _asked(provider: Provider, request_id: str) -> str:
    return f"saml:leaving:{provider.id}:{ids.hashed(request_id)}"
