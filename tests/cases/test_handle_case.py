"""Handling a case: in hand, noted, closed with an answer, opened again; each once, and never lost."""

import pytest

from handtag.cases import queries
from handtag.cases.actions import add_reader, close, note, reopen, take_in_hand
from handtag.cases.models import Case, Note, Reader
from handtag.cases.rules import Closing
from handtag.errands.actions.errand import report
from handtag.history.models import Entry
from handtag.kernel.actor import NOBODY
from handtag.kernel.errors import NotAllowed, NotFound, Problem, TooLate
from handtag.municipalities.actions import Feedback, send_feedback
from handtag.notices.models import Notice
from handtag.people.actions import erase_person
from handtag.people.models import RoleHeld
from tests.cases.conftest import Desk

ANSWER = Closing("put_right", "We have talked to both of you.", "Rang both")


@pytest.fixture
def case(desk: Desk) -> Case:
    report(by=desk.actor("asker"), errand_id=desk.errand.id, concern="money", words="The receipt")
    return Case.objects.of(desk.stage.town.id).get()


def test_taking_in_hand_says_who_and_twice_changes_nothing(desk: Desk, case: Case) -> None:
    for _ in range(2):
        taken = take_in_hand(by=desk.actor("coordinator"), case_id=case.id)
    assert (taken.state, taken.handled_by_id) == ("in_hand", desk.stage.people["coordinator"].id)
    assert Entry.objects.filter(verb="case.taken_in_hand").count() == 1


def test_a_colleague_can_take_over(desk: Desk, case: Case) -> None:
    take_in_hand(by=desk.actor("coordinator"), case_id=case.id)
    assert take_in_hand(by=desk.actor("officer"), case_id=case.id).handled_by == desk.stage.people["officer"]


def test_notes_are_added_by_those_who_may_read(desk: Desk, case: Case) -> None:
    add_reader(by=desk.actor("coordinator"), case_id=case.id, person_id=desk.stage.people["caseworker"].id)
    note(by=desk.actor("caseworker"), case_id=case.id, text=" Rang the helper. ")
    assert Note.objects.get(case=case, verb="noted").text == "Rang the helper."
    with pytest.raises(NotFound):
        note(by=desk.actor("evaluator"), case_id=case.id, text="Something")
    with pytest.raises(Problem):
        note(by=desk.actor("coordinator"), case_id=case.id, text="  ")


def test_a_reader_is_staff_and_listed_once(desk: Desk, case: Case) -> None:
    coordinator, caseworker = desk.actor("coordinator"), desk.stage.people["caseworker"]
    for _ in range(2):
        add_reader(by=coordinator, case_id=case.id, person_id=caseworker.id)
    assert Reader.objects.filter(case=case).count() == 1
    for stranger in (desk.stage.people["helper"].id, desk.stage.people["asker"].id, case.id):
        with pytest.raises(NotFound):
            add_reader(by=coordinator, case_id=case.id, person_id=stranger)
    with pytest.raises(NotAllowed):
        add_reader(by=desk.actor("caseworker"), case_id=case.id, person_id=caseworker.id)


def test_closing_answers_the_reporter(desk: Desk, case: Case) -> None:
    done = close(by=desk.actor("coordinator"), case_id=case.id, closing=ANSWER)
    assert (done.state, done.came_of, done.answer) == ("closed", "put_right", ANSWER.answer)
    assert queries.own_report(desk.actor("asker"), case.id).answer == ANSWER.answer
    notice = Notice.objects.of(desk.stage.town.id).get(kind="case.answered")
    assert notice.address == "asker@example.org"
    assert ANSWER.answer not in notice.body
    assert queries.waiting(desk.actor("coordinator")) == []
    assert [row.id for row in queries.closed(desk.actor("coordinator"))] == [case.id]


def test_closing_needs_what_came_of_it_and_an_answer(desk: Desk, case: Case) -> None:
    for closing, field in (
        (Closing("", "Words"), "came_of"),
        (Closing("won", "Words"), "came_of"),
        (Closing("settled", " "), "answer"),
    ):
        with pytest.raises(Problem) as refused:
            close(by=desk.actor("coordinator"), case_id=case.id, closing=closing)
        assert refused.value.field == field
    case.refresh_from_db()
    assert case.state == "new"


def test_only_who_handles_cases_closes(desk: Desk, case: Case) -> None:
    with pytest.raises(NotAllowed):
        close(by=desk.actor("caseworker"), case_id=case.id, closing=ANSWER)


def test_closing_twice_is_too_late_and_answers_once(desk: Desk, case: Case) -> None:
    close(by=desk.actor("coordinator"), case_id=case.id, closing=ANSWER)
    with pytest.raises(TooLate):
        close(by=desk.actor("officer"), case_id=case.id, closing=ANSWER)
    assert Notice.objects.of(desk.stage.town.id).filter(kind="case.answered").count() == 1


def test_reopening_keeps_what_was_answered_in_the_notes(desk: Desk, case: Case) -> None:
    with pytest.raises(TooLate):
        reopen(by=desk.actor("coordinator"), case_id=case.id)
    close(by=desk.actor("coordinator"), case_id=case.id, closing=ANSWER)
    again = reopen(by=desk.actor("coordinator"), case_id=case.id)
    assert (again.state, again.came_of, again.answer, again.closed_at) == ("in_hand", "", "", None)
    assert Note.objects.get(case=case, verb="reopened").text == ANSWER.answer


def test_feedback_is_answered_in_the_letter_itself(desk: Desk) -> None:
    feedback = Feedback("Too small letters", "visitor@example.net")
    send_feedback(by=NOBODY, municipality_id=desk.stage.town.id, feedback=feedback)
    case = Case.objects.of(desk.stage.town.id).get()
    close(by=desk.actor("coordinator"), case_id=case.id, closing=ANSWER)
    notice = Notice.objects.of(desk.stage.town.id).get(kind="case.answered")
    assert (notice.address, notice.body) == ("visitor@example.net", ANSWER.answer)


def test_erasure_takes_the_words_and_leaves_what_came_of_it(desk: Desk, case: Case) -> None:
    report(by=desk.actor("asker"), errand_id=desk.errand.id, concern="money", words="More")
    close(by=desk.actor("coordinator"), case_id=case.id, closing=ANSWER)
    keeper = desk.stage.person("keeper")
    RoleHeld.objects.create(person=keeper, municipality=desk.stage.town, role="administrator")
    erase_person(by=desk.actor("keeper"), person_id=desk.stage.people["asker"].id)
    case.refresh_from_db()
    assert (case.words, case.answer, case.came_of) == ("", "", "put_right")
    assert Note.objects.get(case=case, verb="told_more").text == ""


@pytest.mark.race
def test_two_close_at_the_same_moment_and_one_answer_goes(desk: Desk, case: Case, at_once) -> None:
    def closing(name: str):
        actor = desk.actor(name)
        return lambda: close(by=actor, case_id=case.id, closing=ANSWER)

    said = at_once(closing("coordinator"), closing("officer"))
    assert sorted(type(each).__name__ for each in said) == ["Case", "TooLate"]
    assert Notice.objects.of(desk.stage.town.id).filter(kind="case.answered").count() == 1
