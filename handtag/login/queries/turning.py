"""Our keys towards a directory: what each is for now, and what the administrator's page says of them."""

import hashlib
import ssl
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handtag.kernel import clock, sealing
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right, Role
from handtag.login import rules
from handtag.login.models import DirectoryKey
from handtag.people.models import RoleHeld


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One certificate as an administrator compares it with what the directory shows: never the key."""

    print: str  # SHA-256, in pairs
    signs_from: datetime
    ends_at: datetime
    is_readable: bool


@dataclass(frozen=True, slots=True)
class KeysShown:
    """The certificate in use, the next one, and when the one after that is made."""

    signing: KeyLine | None
    waiting: KeyLine | None
    renewed_at: datetime | None


def keys_of(provider_id: UUID) -> rules.Keys:
    """What each key of one provider is for at this moment."""
    rows = DirectoryKey.objects.filter(provider_id=provider_id).values_list("id", "signs_from", "ends_at")
    return rules.keys_at(clock.now(), [rules.Term(*row) for row in rows])


def keys_shown(by: Actor, provider_id: UUID) -> KeysShown:
    """The keys of one provider, for its administrator."""
    by.must(Right.SET_LOGINS)
    rows = DirectoryKey.objects.filter(provider_id=provider_id, provider__municipality_id=by.tenant)
    lines = {row.id: _line(row) for row in rows}
    keys = rules.keys_at(clock.now(), [rules.Term(row.id, row.signs_from, row.ends_at) for row in rows])
    return KeysShown(
        signing=lines[keys.signing.id] if keys.signing else None,
        waiting=lines[keys.waiting.id] if keys.waiting else None,
        renewed_at=rules.renewed_at(keys),
    )


def administrators(municipality_id: UUID) -> list[UUID]:
    """Who sets up logins here, and so hears of a key that the directory must read."""
    held = RoleHeld.objects.of(municipality_id).filter(
        role=Role.ADMINISTRATOR.value, until=None, person__erased_at=None
    )
    return sorted(set(held.values_list("person_id", flat=True)))


def can_read(row: DirectoryKey) -> bool:
    """Whether the private key can be opened by the keys the operator has given."""
    try:
        sealing.unseal(row.sealed_private)
    except (sealing.Unreadable, sealing.NoKeys):
        return False
    return True


def _line(row: DirectoryKey) -> KeyLine:
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(row.certificate)).hexdigest().upper()
    pairs = ":".join(digest[at : at + 2] for at in range(0, len(digest), 2))
    return KeyLine(pairs, row.signs_from, row.ends_at, can_read(row))
