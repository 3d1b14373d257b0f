"""What is held on one person, in words and as data, and who has looked."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from handtag.history import queries as history
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed
from handtag.kernel.rights import Right
from handtag.municipalities.models import Municipality
from handtag.people import queries as people
from handtag.privacy.queries import references, tables
from handtag.privacy.queries.columns import column_words
from handtag.privacy.queries.values import value_words
from handtag.privacy.queries.words import record_words, role_words
from handtag.privacy.rules.record import Record
from handtag.privacy.rules.register import REGISTER

MOST_ROWS = 500  # of one kind on the page, the latest; the file holds every row
MOST_LOOKS = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """One column in words with its value."""

    words: str
    value: str


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of record about a person: why it is held, its latest rows, and how many there are."""

    record: Record
    title: str
    purpose: str
    basis: str
    recipients: str
    rows: list[list[Cell]]
    total: int


@dataclass(frozen=True, slots=True)
class Look:
    """One time that somebody looked."""

    at: datetime
    who: str
    role: str
    page: str


def _must_be_own(by: Actor, person_id: UUID) -> None:
    """One's own, or for those who keep the records; nobody reads it in another's name."""
    if person_id != by.person_id and not by.may(Right.KEEP_RECORDS):
        raise NotAllowed("somebody else's data")


def holdings(by: Actor, person_id: UUID) -> list[Holding]:
    """Everything held about a person, kind by kind, as they read it; kinds without rows left out."""
    _must_be_own(by, person_id)
    found = []
    for record in REGISTER:
        rows = _rows(record, person_id)
        if any(rows):
            words = record_words(record)
            total = len(rows) if len(rows) < MOST_ROWS else tables.about(record, person_id).count()
            found.append(
                Holding(record, words.title, words.purpose, words.basis, words.recipients, rows, total)
            )
    return found


def shown(record: Record) -> list[str]:
    """The columns that somebody reads on the page: references by name, and no photos or keys."""
    every = [name for name in (*record.personal, *record.plain) if name not in record.hidden]
    return [name for name in every if name in references.REFERENCES or not name.endswith("_id")]


def _values(
    record: Record, person_id: UUID, columns: list[str], most: int | None = None
) -> Iterator[dict[str, object]]:
    """A record's rows, the newest first: ids grow with time."""
    if not columns:
        return
    found = tables.about(record, person_id).order_by("-pk").values(*columns)
    yield from found[:most].iterator()


def _rows(record: Record, person_id: UUID) -> list[list[Cell]]:
    """A record's latest rows in words; what is empty is left out."""
    columns = shown(record)
    rows = list(_values(record, person_id, columns, MOST_ROWS))
    known = {
        name: references.names(name, [row[name] for row in rows])
        for name in columns
        if name in references.REFERENCES
    }
    return [
        [
            Cell(column_words(record.type, name), _said(record, name, value, known))
            for name, value in row.items()
            if value not in (None, "", [], {})
        ]
        for row in rows
    ]


def _said(record: Record, name: str, value: object, known: dict[str, references.Names]) -> str:
    return references.said(value, known[name]) if name in known else value_words(record, name, value)


def export(by: Actor, person_id: UUID) -> dict[str, object]:
    """Everything held about a person as plain data, however much it is (GDPR articles 15 and 20)."""
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
            for look in looks(by, person_id, most=None)
        ],
    }


def _given(record: Record) -> list[str]:
    """The columns of an export, without secrets and without who else is meant."""
    secret = {"password", "token_hash", "data", "other_id", "fingerprint", "digest"}
    others = {"actor_id", "about_id", "behalf_of", "helper_id", "asker_id"}
    others |= {"checked_by_id", "decided_by_id", "asked_by_id"}
    others |= {"helped_id", "proxy_id", "evidence_by_id", "consent_to_id", "ended_by_id", "begun_by_id"}
    return [name for name in (*record.personal, *record.plain) if name not in secret | others]


def _plain(value: object) -> object:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode("ascii")
    return str(value) if isinstance(value, UUID) else value


def looks(by: Actor, person_id: UUID, most: int | None = MOST_LOOKS) -> list[Look]:
    """Who has read pages about this person, newest first."""
    _must_be_own(by, person_id)
    lines = history.who_looked(person_id, most)
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


def times_looked(by: Actor, person_id: UUID) -> int:
    """How many times pages about this person were read."""
    _must_be_own(by, person_id)
    return history.times_looked(person_id)


def towns_of(person_id: UUID) -> list[str]:
    """The municipalities in which a person has any role, by name."""
    held = {held.municipality_id for held in people.roles_of(person_id) if held.municipality_id}
    return list(Municipality.objects.filter(pk__in=held).values_list("name", flat=True))
