"""Opening a case: from a report, from silence, from a page that could not be used."""

from dataclasses import replace

from handtag.cases import queries
from handtag.cases.actions import from_silence
from handtag.cases.models import Case, Note
from handtag.errands.actions.errand import report
from handtag.history.models import Entry
from handtag.kernel.actor import NOBODY, system
from handtag.municipalities.actions import Feedback, send_feedback
from handtag.notices.models import Notice
from tests.cases.conftest import Desk

SECRET = "He took the receipt of Gun-Britt"


def only(desk: Desk) -> Case:
    return Case.objects.of(desk.stage.town.id).get()


def test_a_report_becomes_a_case_and_the_reporter_hears_that_it_came(desk: Desk) -> None:
    report(by=desk.actor("asker"), errand_id=desk.errand.id, concern="money", words=SECRET)
    case = only(desk)
    assert (case.kind, case.concern, case.state, case.words) == ("errand", "money", "new", SECRET)
    assert case.reported_by == desk.stage.people["asker"]
    assert case.committee_id == desk.stage.service.committee_id
    notice = Notice.objects.of(desk.stage.town.id).get(kind="case.received")
    assert notice.address == "asker@example.org"
    assert SECRET not in notice.subject + notice.body
    assert str(case.id) in notice.link


def test_history_keeps_the_deed_and_not_the_words(desk: Desk) -> None:
    report(by=desk.actor("asker"), errand_id=desk.errand.id, concern="money", words=SECRET)
    entry = Entry.objects.get(verb="case.opened")
    assert entry.object_id == only(desk).id
    assert SECRET not in str(entry.facts)


def test_saying_more_adds_to_the_case_that_is_open(desk: Desk) -> None:
    for words in (SECRET, "And one thing more", ""):
        report(by=desk.actor("asker"), errand_id=desk.errand.id, concern="money", words=words)
    assert [note.text for note in Note.objects.filter(case=only(desk))] == ["And one thing more"]


def test_the_other_side_gets_a_case_of_its_own(desk: Desk) -> None:
    report(by=desk.actor("asker"), errand_id=desk.errand.id, concern="money", words="A")
    report(by=desk.actor("helper"), errand_id=desk.errand.id, concern="unsafe", words="B")
    assert Case.objects.of(desk.stage.town.id).count() == 2


def test_silence_becomes_a_case_once(desk: Desk) -> None:
    for _ in range(2):
        from_silence(system(desk.stage.town.id), desk.errand)
    assert only(desk).kind == "unconfirmed"
    assert not Notice.objects.of(desk.stage.town.id).filter(kind="case.received").exists()


def test_feedback_of_a_visitor_gets_its_receipt_by_email(desk: Desk) -> None:
    feedback = Feedback("The map cannot be read aloud", "visitor@example.net")
    send_feedback(by=NOBODY, municipality_id=desk.stage.town.id, feedback=feedback)
    assert (only(desk).kind, only(desk).reported_by) == ("accessibility", None)
    assert Notice.objects.of(desk.stage.town.id).get(kind="case.received").address == "visitor@example.net"


def test_feedback_without_an_address_still_becomes_a_case(desk: Desk) -> None:
    send_feedback(by=NOBODY, municipality_id=desk.stage.town.id, feedback=Feedback("Too small letters"))
    assert only(desk).words == "Too small letters"
    assert not Notice.objects.of(desk.stage.town.id).filter(kind="case.received").exists()


def test_the_case_of_one_town_is_not_in_the_others_queue(desk: Desk) -> None:
    report(by=desk.actor("asker"), errand_id=desk.errand.id, concern="money", words=SECRET)
    elsewhere = replace(desk.actor("coordinator"), municipality_id=system(None).person_id)
    elsewhere = replace(elsewhere, municipality_id=desk.errand.id)
    assert len(queries.waiting(desk.actor("coordinator"))) == 1
    assert queries.waiting(elsewhere) == []
