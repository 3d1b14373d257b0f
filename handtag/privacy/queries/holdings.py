"""What is held on one person, in words and as data, and who has looked."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from handtag.history import queries as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed
from handtag.kernel.rights import Right
from handtag.municipalities.models import Municipality
from handtag.people import queries as people
from handtag.privacy.queries import tables
from handtag.privacy.queries.words import column_words, record_words, role_words, value_words
from handtag.privacy.rules.record import Record
from handtag.privacy.rules.register import REGISTER

MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class Cell:
    """One column in words with its value."""

    words: str
    value: str


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of record about a person: why it is held, and its rows."""

    record: Record
    title: str
    purpose: str
    basis: str
    recipients: str
    rows: list[list[Cell]]


@dataclass(frozen=True, slots=True)
class Look:
    """One time that somebody looked."""

    at: datetime
    who: str
    role: str
    page: str


def _must_be_own(by: Actor, person_id: UUID) -> None:
    """One's own, or those who keep the records; a helped person's too, for who acts in their name."""
    if person_id not in (by.person_id, by.behalf_of) and not by.may(Right.KEEP_RECORDS):
        raise NotAllowed("somebody else's data")


def holdings(by: Actor, person_id: UUID) -> list[Holding]:
    """Everything held about a person, kind by kind, as they read it; kinds without rows left out."""
    _must_be_own(by, person_id)
    found = []
    for record in REGISTER:
        rows = [_cells(row) for row in _values(record, person_id, _read(record))]
        if any(rows):
            words = record_words(record)
            found.append(Holding(record, words.title, words.purpose, words.basis, words.recipients, rows))
    return found


def _read(record: Record) -> list[str]:
    """The columns that somebody reads on the page; photos and keys are not fetched for it."""
    every = (*record.personal, *record.plain)
    return [name for name in every if name not in record.hidden and not name.endswith("_id")]


def _values(record: Record, person_id: UUID, columns: list[str]) -> Iterator[dict[str, object]]:
    if not columns:
        return
    found = tables.about(record, person_id).order_by("pk").values(*columns)
    yield from found[:MOST_ROWS]


def _cells(row: dict[str, object]) -> list[Cell]:
    return [
        Cell(column_words(name), _shown(value))
        for name, value in row.items()
        if value not in (None, "", [], {})
    ]


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return f"{clock.local(value):%Y-%m-%d %H:%M}"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return value_words(str(value))


def export(by: Actor, person_id: UUID) -> dict[str, object]:
    """Everything held about a person as plain data (GDPR articles 15 and 20)."""
    _must_be_own(by, person_id)
    return {
        "person": str(person_id),
        "records": {
            record.type: [
                {name: _plain(value) for name, value in row.items()}
                for row in _values(record, person_id, _given(record))
            ]
            for record in REGISTER
        },
        "who_has_looked": [
            {"at": look.at.isoformat(), "who": look.who, "role": look.role, "page": look.page}
            for look in looks(by, person_id)
        ],
    }


def _given(record: Record) -> list[str]:
    """The columns of an export, without secrets and without who else is meant."""
    secret = {"password", "token_hash", "data", "other_id", "fingerprint", "digest"}
    others = {"actor_id", "about_id", "behalf_of", "helper_id", "asker_id", "checked_by_id", "decided_by_id"}
    return [name for name in (*record.personal, *record.plain) if name not in secret | others]


def _plain(value: object) -> object:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode("ascii")
    return str(value) if isinstance(value, UUID) else value


def looks(by: Actor, person_id: UUID) -> list[Look]:
    """Who has read pages about this person, newest first."""
    _must_be_own(by, person_id)
    lines = history.who_looked(person_id)
    names = people.names(by, {line.actor_id for line in lines if line.actor_id})
    return [
        Look(
            at=line.at,
            who=names.get(line.actor_id, "") if line.actor_id else "",
            role=role_words(line.role),
            page=str(line.facts.get("page", "")),
        )
        for line in lines
    ]


def towns_of(person_id: UUID) -> list[str]:
    """The municipalities in which a person has any role, by name."""
    held = {held.municipality_id for held in people.roles_of(person_id) if held.municipality_id}
    return list(Municipality.objects.filter(pk__in=held).values_list("name", flat=True))
