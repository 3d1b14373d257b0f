"""The register: every column of every table is either explained or known to be impersonal."""

import pytest
from django.apps import apps

from handtag.kernel import ids
from handtag.privacy.queries import tables
from handtag.privacy.queries.words import record_words
from handtag.privacy.rules import retention
from handtag.privacy.rules.record import Erasing, Record
from handtag.privacy.rules.register import BY_TYPE, IMPERSONAL, REGISTER

RECORDS = {record.table: record for record in REGISTER}
TABLES = {
    model._meta.label_lower: [field.attname for field in model._meta.concrete_fields]
    for model in apps.get_models()
    if model.__module__.startswith("handtag.") or model._meta.app_label in ("account", "mfa")
}
TABLES.pop("account.emailconfirmation", None)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_column_is_explained(table: str) -> None:
    if table in IMPERSONAL:
        assert table not in RECORDS
        return
    assert table in RECORDS, f"{table} is neither in the register nor among the impersonal tables"
    record = RECORDS[table]
    assert sorted(set(record.personal) | set(record.plain)) == sorted(TABLES[table])
    assert not set(record.personal) & set(record.plain)


@pytest.mark.parametrize("record", REGISTER, ids=lambda record: record.type)
def test_every_record_says_why_in_words(record: Record) -> None:
    words = record_words(record)
    assert words.title
    assert words.purpose
    assert words.basis
    assert words.recipients


def test_what_an_erasure_leaves_has_its_reason() -> None:
    assert all(record.kept_because for record in REGISTER if record.erasing != Erasing.DELETE)


def test_columns_named_by_a_record_exist() -> None:
    for record in REGISTER:
        named = {*record.blank, *record.free_text, *record.hidden}
        assert named <= {*record.personal, *record.plain}, record.type


@pytest.mark.django_db
@pytest.mark.parametrize("record", REGISTER, ids=lambda record: record.type)
def test_lookups_lead_somewhere(record: Record) -> None:
    known = BY_TYPE[record.type]
    assert tables.about(known, ids.new()).count() == 0
    assert tables.in_town(known, ids.new()).count() == 0


def test_only_records_with_an_event_can_be_destroyed() -> None:
    assert all(BY_TYPE[record_type].event for record_type in retention.DESTRUCTIBLE)
