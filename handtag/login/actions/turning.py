"""Our keys towards directories: made with them, renewed well before they run out, taken away afterwards."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.history.actions import record
from handtag.kernel import clock, sealing
from handtag.kernel.actor import Actor, Via, system
from handtag.kernel.errors import NotFound, Problem, TooLate
from handtag.kernel.rights import Right
from handtag.login import messages, rules
from handtag.login.gateways import certificates
from handtag.login.models import DirectoryKey, Provider
from handtag.login.queries.turning import administrators, can_read, keys_of


@transaction.atomic
def renew_key(*, by: Actor, provider_id: UUID) -> None:
    """Make the next key now: it signs after the overlap, or at once where the one in use cannot be opened."""
    by.must(Right.SET_LOGINS)
    provider = _held(provider_id, by.tenant)
    if keys_of(provider.id).waiting is not None:
        raise Problem(_("A new key is waiting already."))
    _make(by, provider)


@transaction.atomic
def use_key(*, by: Actor, provider_id: UUID) -> None:
    """Sign with the next key from now on: the directory has read our metadata anew."""
    by.must(Right.SET_LOGINS)
    provider = _held(provider_id, by.tenant)
    waiting = keys_of(provider.id).waiting
    if waiting is None:
        raise TooLate(_("Somebody else has just done this."))
    DirectoryKey.objects.filter(pk=waiting.id).update(signs_from=clock.now())
    record(by=by, verb="directory_key.used", kind="provider", object_id=provider.id)


@transaction.atomic
def furnish(*, by: Actor, provider_id: UUID, is_new: bool = False) -> None:
    """A key, if none is in force; the first signs at once where the directory is new to us, and we to it."""
    provider = _held(provider_id, by.tenant)
    if not keys_of(provider.id).reading:
        _make(by, provider, is_new=is_new)


def turn_keys() -> None:
    """Renew what runs out before long, and take away what has run out; each directory by itself."""
    if not sealing.can_seal():
        return
    rows = Provider.objects.everywhere().filter(kind=Provider.Kind.SAML)
    for provider_id, town_id in list(rows.values_list("id", "municipality_id")):
        _turn(system(town_id, Via.WORKER), provider_id)


@transaction.atomic
def _turn(by: Actor, provider_id: UUID) -> None:
    provider = Provider.objects.of(by.tenant).select_for_update().filter(pk=provider_id).first()
    if provider is None:
        return
    if rules.is_due(clock.now(), keys_of(provider.id)):
        _make(by, provider)
    gone, _rows = DirectoryKey.objects.filter(provider=provider, ends_at__lte=clock.now()).delete()
    if gone:
        record(by=by, verb="directory_key.removed", kind="provider", object_id=provider.id, keys=gone)


def _make(by: Actor, provider: Provider, *, is_new: bool = False) -> None:
    now, keys = clock.now(), _readable(provider)
    knows_none = not is_new and not provider.keys.exists()  # set up before we had any
    begins, ends = rules.begins(now, keys, is_known=knows_none), now + rules.LASTS
    name = f"Handtag {provider.municipality.slug} {provider.key}"
    private, certificate = certificates.made(name, since=now, until=ends)
    made = DirectoryKey.objects.create(
        provider=provider,
        sealed_private=sealing.seal(private),
        certificate=certificate,
        signs_from=begins,
        ends_at=ends,
    )
    record(
        by=by,
        verb="directory_key.made",
        kind="provider",
        object_id=provider.id,
        signs_from=made.signs_from.isoformat(),
        ends_at=made.ends_at.isoformat(),
    )
    if by.person_id is None and begins > now:  # nobody stands before the page that says so
        for person_id in administrators(by.tenant):
            path = (provider.municipality.slug, provider.id)
            messages.tell_of_new_key(person_id, by.tenant, path, begins)


def _readable(provider: Provider) -> rules.Keys:
    """The keys that can be opened: one that cannot needs no overlap, for it signs nothing."""
    rows = [row for row in provider.keys.all() if can_read(row)]
    return rules.keys_at(clock.now(), [rules.Term(row.id, row.signs_from, row.ends_at) for row in rows])


def _held(provider_id: UUID, town_id: UUID) -> Provider:
    """A directory of this municipality, held so that two do not make its keys at the same moment."""
    rows = Provider.objects.of(town_id).select_for_update()
    found = rows.filter(pk=provider_id, kind=Provider.Kind.SAML).first()
    if found is None:
        raise NotFound("provider")
    return found
