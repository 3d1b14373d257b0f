"""That somebody's identity number was seen: a keyed hash, so that their e-identity finds them again."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from handtag.history import actions as history
from handtag.kernel import clock, numbers, sealing
from handtag.kernel.actor import Actor
from handtag.kernel.errors import TooLate
from handtag.kernel.rights import Right
from handtag.people import queries
from handtag.people.models import KnownNumber


class AnotherPerson(TooLate):
    """The number belongs to somebody else here, or another number to this person."""


@transaction.atomic
def know_number(*, by: Actor, person_id: UUID, words: str, certainty: str = "confirmed") -> KnownNumber:
    """Keep that the number was shown on an identity card; the number itself is kept nowhere.

    Raises Problem for what is no number, AnotherPerson where it is somebody else's.
    """
    person = queries.person(by, person_id)
    by.must(Right.KEEP_PROTECTED if person.is_protected else Right.RECORD_CHECKS)
    if person.is_protected:
        by.must_be_fresh()
    number = numbers.normal(words)
    sure = numbers.certainty(number, certainty)
    hashed, coordination = hashes_of(by.tenant, number)[0], number.is_coordination
    return keep_hash(
        by=by,
        person_id=person_id,
        hashed=hashed,
        is_coordination=coordination,
        certainty=sure.value,
    )


@transaction.atomic
def keep_hash(
    *, by: Actor, person_id: UUID, hashed: str, is_coordination: bool = False, certainty: str = "confirmed"
) -> KnownNumber:
    """Keep a hash for somebody; said again it changes nothing but how sure it is."""
    by.must(Right.RECORD_CHECKS)
    mine = KnownNumber.objects.of(by.tenant).filter(person_id=person_id).first()
    theirs = KnownNumber.objects.of(by.tenant).filter(number_hash=hashed).exclude(person_id=person_id)
    if theirs.exists():
        raise AnotherPerson(_("Somebody else is registered with this number. Look them up."), field="number")
    values = {"number_hash": hashed, "is_coordination": is_coordination, "certainty": certainty}
    if mine is not None and all(getattr(mine, name) == value for name, value in values.items()):
        return mine
    try:
        with transaction.atomic():
            kept, _is_new = KnownNumber.objects.of(by.tenant).update_or_create(
                person_id=person_id,
                municipality_id=by.tenant,
                defaults={**values, "seen_at": clock.now()},
            )
    except IntegrityError as fault:
        raise AnotherPerson(
            _("Somebody else is registered with this number. Look them up."), field="number"
        ) from fault
    history.record(by=by, verb="person.number_seen", kind="person", object_id=person_id, about=person_id)
    return kept


def hashes_of(municipality_id: UUID, number: numbers.Number) -> tuple[str, ...]:
    """What is kept of a number, under each key: in each municipality another, so that no two can compare."""
    return tuple(sealing.keyed_hashes(f"{numbers.PURPOSE} {municipality_id}", number.digits))
