"""Who may read a case: those who handle cases, those listed on it; nobody a case is about."""

import pytest

from handtag.cases import queries
from handtag.cases.actions import add_reader, open_page
from handtag.cases.models import Case
from handtag.errands.actions.errand import report
from handtag.history.models import Entry, Words
from handtag.history.queries import who_looked
from handtag.kernel.actor import Actor, Hat
from handtag.kernel.errors import NotAllowed, NotFound
from handtag.kernel.rights import Role
from handtag.people.actions import ReasonNeeded
from handtag.people.models import Person
from tests.cases.conftest import Desk


@pytest.fixture
def case(desk: Desk) -> Case:
    report(by=desk.actor("asker"), errand_id=desk.errand.id, concern="money", words="The receipt")
    return Case.objects.of(desk.stage.town.id).get()


def protect(desk: Desk, name: str) -> None:
    Person.objects.filter(pk=desk.stage.people[name].pk).update(protection="secrecy_mark")


def test_reading_is_logged_for_both_sides(desk: Desk, case: Case) -> None:
    open_page(by=desk.actor("coordinator"), case_id=case.id)
    for side in ("asker", "helper"):
        (line,) = who_looked(desk.stage.people[side].id)
        assert line.actor_id == desk.stage.people["coordinator"].id
        assert line.facts == {"page": "case"}


@pytest.mark.parametrize("name", ["caseworker", "evaluator", "asker", "helper"])
def test_who_is_not_listed_finds_nothing(desk: Desk, case: Case, name: str) -> None:
    with pytest.raises(NotFound):
        open_page(by=desk.actor(name), case_id=case.id)
    assert not Entry.objects.filter(verb="person.read").exists()


def test_a_listed_reader_reads_and_may_not_handle(desk: Desk, case: Case) -> None:
    reader = desk.actor("caseworker")
    add_reader(by=desk.actor("coordinator"), case_id=case.id, person_id=reader.person)
    assert not open_page(by=reader, case_id=case.id).may_handle
    with pytest.raises(NotAllowed):
        queries.waiting(reader)


def test_a_listed_reader_who_has_left_the_staff_reads_no_more(desk: Desk, case: Case) -> None:
    reader = desk.actor("caseworker")
    add_reader(by=desk.actor("coordinator"), case_id=case.id, person_id=reader.person)
    with pytest.raises(NotFound):
        open_page(by=Actor(reader.person, reader.tenant, (Hat(Role.RESIDENT),)), case_id=case.id)


def test_nobody_handles_a_case_about_themselves(desk: Desk, case: Case) -> None:
    own = Actor(desk.stage.people["helper"].id, desk.stage.town.id, (Hat(Role.COORDINATOR),))
    assert queries.waiting(own) == []
    with pytest.raises(NotFound):
        open_page(by=own, case_id=case.id)


def test_the_neighbours_coordinator_finds_nothing(desk: Desk, case: Case) -> None:
    neighbour = Actor(desk.stage.people["coordinator"].id, case.id, (Hat(Role.COORDINATOR),))
    with pytest.raises(NotFound):
        open_page(by=neighbour, case_id=case.id)


def test_social_services_cases_are_for_their_committee(desk: Desk, case: Case) -> None:
    committee = desk.put_under_social_services()
    assert queries.waiting(desk.actor("coordinator")) == []
    with pytest.raises(NotFound):
        open_page(by=desk.actor("coordinator"), case_id=case.id)
    named = desk.of_committee("coordinator", committee)
    assert [row.id for row in queries.waiting(named)] == [case.id]


@pytest.mark.parametrize("side", ["asker", "helper"])
def test_a_protected_persons_case_is_for_officers_with_a_reason(desk: Desk, case: Case, side: str) -> None:
    protect(desk, side)
    assert queries.waiting(desk.actor("coordinator")) == []
    with pytest.raises(NotFound):
        open_page(by=desk.actor("coordinator"), case_id=case.id)
    officer = desk.actor("officer")
    assert [row.is_protected for row in queries.waiting(officer)] == [True]
    with pytest.raises(ReasonNeeded):
        open_page(by=officer, case_id=case.id)
    assert open_page(by=officer, case_id=case.id, reason="To sort it out").is_protected
    assert {words.text for words in Words.objects.all()} == {"To sort it out"}


def test_a_listed_reader_loses_a_case_that_becomes_protected(desk: Desk, case: Case) -> None:
    reader = desk.actor("caseworker")
    add_reader(by=desk.actor("coordinator"), case_id=case.id, person_id=reader.person)
    protect(desk, "asker")
    with pytest.raises(NotFound):
        open_page(by=reader, case_id=case.id)


def test_the_reporter_sees_their_own_words_and_nobody_elses(desk: Desk, case: Case) -> None:
    assert queries.own_report(desk.actor("asker"), case.id).words == "The receipt"
    with pytest.raises(NotFound):
        queries.own_report(desk.actor("helper"), case.id)
