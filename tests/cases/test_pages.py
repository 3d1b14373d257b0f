"""The pages of cases: the queue, one case worked from open to closed, and the reporter's own page."""

import pytest
from django.test import Client

from handtag.cases.models import Case
from handtag.errands.actions.errand import report
from handtag.people.models import Person
from tests.cases.conftest import Desk

CANARY = "Kanariefågel"


@pytest.fixture
def case(desk: Desk) -> Case:
    report(by=desk.actor("asker"), errand_id=desk.errand.id, concern="money", words="The receipt")
    return Case.objects.of(desk.stage.town.id).get()


def test_a_case_is_worked_from_the_queue_to_its_answer(desk: Desk, case: Case) -> None:
    client = desk.client("coordinator")
    here = desk.path(f"att-reda-ut/{case.id}/")
    assert here in client.get(desk.path("att-reda-ut/")).text
    assert "The receipt" in client.get(here).text
    client.post(f"{here}ta-hand-om/")
    client.post(f"{here}anteckna/", {"text": "Rang the helper"})
    assert "Rang the helper" in client.get(here).text
    answer = client.post(f"{here}avsluta/", {"came_of": "settled", "answer": "All is well", "note": ""})
    assert answer["Location"] == desk.path("att-reda-ut/")
    assert "All is well" in desk.client("asker").get(desk.path(f"det-du-berattade/{case.id}/")).text
    assert here in client.get(desk.path("att-reda-ut/?avslutade")).text
    client.post(f"{here}oppna/")
    case.refresh_from_db()
    assert case.state == "in_hand"


def test_what_was_typed_stays_when_something_is_missing(desk: Desk, case: Case) -> None:
    client = desk.client("coordinator")
    page = client.post(
        desk.path(f"att-reda-ut/{case.id}/avsluta/"), {"came_of": "settled", "answer": "", "note": "Only us"}
    )
    assert page.status_code == 200
    assert "somebody is waiting for it" in page.text
    assert "Only us" in page.text


def test_a_form_sent_twice_notes_once(desk: Desk, case: Case) -> None:
    client = desk.client("coordinator")
    for _ in range(2):
        client.post(
            desk.path(f"att-reda-ut/{case.id}/anteckna/"), {"text": "Once", "submission": "abcdefgh12345678"}
        )
    assert case.notes.count() == 1


def test_a_colleague_is_let_in_and_finds_the_case(desk: Desk, case: Case) -> None:
    here = desk.path(f"att-reda-ut/{case.id}/")
    reader = desk.client("caseworker")
    assert reader.get(here).status_code == 404
    desk.client("coordinator").post(f"{here}lasare/", {"person": desk.stage.people["caseworker"].id})
    page = reader.get(here)
    assert page.status_code == 200
    assert "avsluta/" not in page.text


def test_a_visitor_is_sent_to_log_in(desk: Desk, case: Case) -> None:
    answer = Client().get(desk.path(f"att-reda-ut/{case.id}/"))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/logga-in/")


def test_nothing_of_a_protected_person_is_on_the_coordinators_pages(desk: Desk, case: Case) -> None:
    Person.objects.filter(pk=desk.stage.people["asker"].pk).update(
        given_name=CANARY, protection="secrecy_mark"
    )
    client = desk.client("coordinator")
    assert str(case.id) not in client.get(desk.path("att-reda-ut/")).text
    assert client.get(desk.path(f"att-reda-ut/{case.id}/")).status_code == 404


def test_the_officer_says_why_and_then_reads(desk: Desk, case: Case) -> None:
    Person.objects.filter(pk=desk.stage.people["asker"].pk).update(
        given_name=CANARY, protection="secrecy_mark"
    )
    officer, here = desk.client("officer"), desk.path(f"att-reda-ut/{case.id}/")
    assert CANARY not in officer.get(desk.path("att-reda-ut/")).text
    asked = officer.get(here)
    assert CANARY not in asked.text
    assert 'name="reason"' in asked.text
    assert CANARY in officer.post(here, {"reason": "To sort it out"}).text


@pytest.mark.parametrize("page", ["att-reda-ut/", "att-reda-ut/{case}/"])
def test_the_pages_ask_little_of_the_database(
    desk: Desk, case: Case, page: str, django_assert_max_num_queries
):
    client = desk.client("coordinator")
    with django_assert_max_num_queries(12):
        client.get(desk.path(page.format(case=case.id)))
