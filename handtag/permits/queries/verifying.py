"""Answering whether a helper is who they say, and what they may do, to whoever has a reason to ask."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.people.models import Person
from handtag.people.queries import shown_as
from handtag.people.rules import seeking
from handtag.permits.models import HelperCode, Permit
from handtag.permits.queries.services import services
from handtag.permits.queries.standing import held_today, proofs

MOST = 10


@dataclass(frozen=True, slots=True)
class Verification:
    """Yes or no, and for which services; never why not."""

    person_id: UUID
    valid: bool
    identity_seen: bool
    services: tuple[str, ...]
    code: str


def verification(person_id: UUID, municipality_id: UUID) -> Verification:
    """Whether somebody may help with anything today, and with what."""
    held = Permit.objects.of(municipality_id).filter(held_today(), person_id=person_id, side="perform")
    open_now = set(held.values_list("service_id", flat=True))
    offered = services(municipality_id) if open_now else []
    words = tuple(row.words.name for row in offered if row.id in open_now)
    code = HelperCode.objects.of(municipality_id).filter(person_id=person_id).first() if words else None
    seen = any(proof.kind == "identity" for proof in proofs(person_id, municipality_id))
    return Verification(person_id, bool(words), seen, words, code.code if code else "")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the verify page shows of one helper."""

    name: str
    verification: Verification


def by_code(by: Actor, municipality_id: UUID, code: str) -> Shown | None:
    """The helper with this code, if they may help with anything; absent and paused look the same."""
    row = HelperCode.objects.of(municipality_id).filter(code=plain(code)).select_related("person").first()
    if row is None:
        return None
    answer = verification(row.person_id, municipality_id)
    return Shown(shown_as(row.person, to=by), answer) if answer.valid else None


def search(by: Actor, words: str) -> list[Shown]:
    """Helpers by name or code, for staff who answer the phone. Protected people only for their officers."""
    by.must(Right.VERIFY_HELPERS)
    found = by_code(by, by.tenant, words)
    if found is not None and _may_see(by, found.verification.person_id):
        return [found]
    wanted = seeking.read(words)
    if not wanted.name:
        return []
    people = Person.objects.filter(id__in=_helpers(by), erased_at=None)
    if not by.may(Right.KEEP_PROTECTED):
        people = people.filter(protection=Person.Protection.NONE)
    for part in wanted.name:
        people = people.filter(Q(sought__startswith=part) | Q(sought__contains=f" {part}"))
    chosen = people.order_by("sought", "id")[:MOST]
    shown = [Shown(shown_as(one, to=by), verification(one.id, by.tenant)) for one in chosen]
    return [each for each in shown if each.verification.valid]


def _may_see(by: Actor, person_id: UUID) -> bool:
    unmarked = Person.objects.filter(id=person_id, protection=Person.Protection.NONE).exists()
    return unmarked or by.may(Right.KEEP_PROTECTED)


def _helpers(by: Actor) -> QuerySet[Permit, UUID]:
    held = Permit.objects.of(by.tenant).filter(held_today(), side="perform")
    return held.values_list("person_id", flat=True)


def plain(code: str) -> str:
    """A code as it is stored, however it was typed."""
    return "".join(letter for letter in code.casefold() if letter.isalnum())[:12]
