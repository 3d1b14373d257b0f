"""A protected person's applications exist for the officers alone, who say why they open them."""

import pytest

from handtag.history.models import Entry, Words
from handtag.kernel.actor import system
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Role
from handtag.people.actions import mark_protected
from handtag.permits.actions import ReasonNeeded, apply, decide, open_case, open_person, record_check
from handtag.permits.queries.queue import queue
from handtag.permits.queries.verifying import search

CANARY = "Kanariefågel"


@pytest.fixture
def protected(town):
    person = town.person(CANARY, family_name="Hemlig")
    permit = apply(by=person, service_id=town.service("shopping").id, side="perform")
    mark_protected(by=system(town.id), person_id=person.person, kind="secrecy_mark", reason="decision seen")
    return person, permit


@pytest.fixture
def officer(town):
    return town.staff(Role.PROTECTED_IDENTITY_OFFICER, "Olga")


def test_absent_and_hidden_look_the_same_to_a_caseworker(town, protected, caseworker):
    person, permit = protected
    assert (queue(caseworker).ready, queue(caseworker).rest, queue(caseworker).counts["waiting"]) == (
        [],
        [],
        0,
    )
    for deed in (
        lambda: open_case(by=caseworker, permit_id=permit.id),
        lambda: open_person(by=caseworker, person_id=person.person),
        lambda: decide(by=caseworker, permit_id=permit.id, verb="refused"),
        lambda: record_check(by=caseworker, person_id=person.person, kind="identity"),
    ):
        with pytest.raises(NotFound):
            deed()
    client = town.client_of(caseworker)
    for name, ident in (("permit", permit.id), ("permits_of_person", person.person)):
        assert client.get(town.url(name, ident)).status_code == 404
    for page in ("permits", "verify"):
        body = client.post(town.url(page), {"namn": CANARY[:5], "sok": CANARY}).content.decode()
        assert CANARY not in body.replace(f'value="{CANARY}"', "")


def test_an_officer_decides_and_says_why_first(town, protected, officer):
    person, permit = protected
    with pytest.raises(ReasonNeeded):
        open_case(by=officer, permit_id=permit.id)
    assert open_case(by=officer, permit_id=permit.id, reason="applied").name == f"{CANARY} Hemlig"
    assert Entry.objects.filter(verb="person.read", about_id=person.person).count() == 1
    assert Words.objects.filter(text="applied").exists()
    record_check(by=officer, person_id=person.person, kind="identity", adult=True)
    decide(by=officer, permit_id=permit.id, verb="granted")


def test_on_the_page_the_reason_is_asked_for_and_the_record_marked(town, protected, officer):
    _person, permit = protected
    client = town.client_of(officer)
    first = client.get(town.url("permit", permit.id)).content.decode()
    assert CANARY not in first
    assert 'name="reason"' in first
    opened = client.post(town.url("permit", permit.id), {"reason": "applied"}).content.decode()
    assert CANARY in opened
    assert "shield" in opened


def test_a_caseworker_finds_no_helper_by_code_or_name(town, protected, officer, caseworker):
    person, permit = protected
    record_check(by=officer, person_id=person.person, kind="identity", adult=True)
    decide(by=officer, permit_id=permit.id, verb="granted")
    assert search(caseworker, CANARY) == []
    assert [each.name for each in search(officer, CANARY)] == [f"{CANARY} Hemlig"]
