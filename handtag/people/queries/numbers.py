"""Whom an identity number belongs to, asked by its keyed hashes."""

from collections.abc import Iterable
from uuid import UUID

from handtag.people.models import KnownNumber


def person_with(municipality_id: UUID, hashes: Iterable[str]) -> UUID | None:
    """The person in this municipality whose number it is; only numbers that are confirmed count."""
    rows = KnownNumber.objects.of(municipality_id).filter(
        number_hash__in=list(hashes), certainty=KnownNumber.Certainty.CONFIRMED, person__erased_at=None
    )
    return rows.values_list("person_id", flat=True).first()


def has_number(municipality_id: UUID, person_id: UUID) -> bool:
    """Whether a number was shown for this person here."""
    return KnownNumber.objects.of(municipality_id).filter(person_id=person_id).exists()


def has_other_number(municipality_id: UUID, person_id: UUID, hashes: Iterable[str]) -> bool:
    """Whether another number than this was shown for the person."""
    rows = KnownNumber.objects.of(municipality_id).filter(person_id=person_id)
    return rows.exclude(number_hash__in=list(hashes)).exists()
