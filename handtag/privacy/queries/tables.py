"""From a record of the register to its rows."""

from uuid import UUID

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from handtag.privacy.rules.record import Record


def rows_of(record: Record) -> "QuerySet[Model]":
    """All rows of a record's table; the caller narrows them to a person or a municipality."""
    return QuerySet(apps.get_model(record.table))


def about(record: Record, person_id: UUID) -> "QuerySet[Model]":
    """The rows that are about one person."""
    if not record.mine:
        return rows_of(record).none()
    narrowed = Q()
    for lookup in record.mine:
        narrowed |= Q(**{lookup: person_id})
    return rows_of(record).filter(narrowed)


def in_town(record: Record, municipality_id: UUID) -> "QuerySet[Model]":
    """The rows that belong to one municipality; none where a table belongs to no town."""
    if not record.town:
        return rows_of(record).none()
    return rows_of(record).filter(**{record.town: municipality_id})
