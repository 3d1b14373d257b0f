"""What the two sides say: messages while they are close, money up to its ceiling, how it was, once."""

from datetime import timedelta

import pytest

from handtag.errands.actions import errand as actions
from handtag.errands.actions import words
from handtag.errands.models import Message
from handtag.errands.queries.errands import errand_page
from handtag.kernel import clock
from handtag.kernel.errors import NotAllowed, NotFound, Problem, TooLate
from handtag.kernel.rights import Role
from handtag.notices.models import Notice
from tests.errands import stage as stages

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    return stages.build()


@pytest.fixture
def errand(stage):
    return stage.errand(outlay_ceiling=400, outlay_how="swish", know="Hunden skäller")


def test_both_write_and_one_notice_is_enough(stage, errand):
    for name, text in (("leila", "Hej!"), ("leila", "Jag kommer tre."), ("asker", "Bra!")):
        words.write_message(by=stage.actor(name), errand_id=errand.id, text=text)
    page = errand_page(stage.actor("asker"), errand.id)
    assert [(said.text, said.is_mine) for said in page.messages] == [
        ("Hej!", False),
        ("Jag kommer tre.", False),
        ("Bra!", True),
    ]
    told = Notice.objects.of(stage.town.id).filter(kind="message.written")
    assert told.count() == 2
    assert {row.person_id for row in told} == {errand.asker_id, errand.helper_id}
    assert not [row for row in told if "Hej" in row.body or "Bra!" in row.body]


def test_nobody_else_writes_or_reads(stage, errand):
    stage.helper("olle")
    stage.person("karin", role=Role.COORDINATOR)
    with pytest.raises(NotFound):
        words.write_message(by=stage.actor("olle"), errand_id=errand.id, text="Hej")
    with pytest.raises(NotAllowed):
        words.write_message(by=stage.actor("karin"), errand_id=errand.id, text="Hej")
    words.write_message(by=stage.actor("leila"), errand_id=errand.id, text="Hemligt")
    assert errand_page(stage.actor("karin"), errand.id).messages == ()


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001])
def test_empty_and_endless_messages_are_refused(stage, errand, text):
    with pytest.raises(Problem):
        words.write_message(by=stage.actor("leila"), errand_id=errand.id, text=text)
    assert not Message.objects.exists()


def test_seven_days_after_the_end_place_phone_and_writing_are_gone(stage, errand):
    by = stage.actor("leila")
    page = errand_page(by, errand.id)
    assert page.where is not None
    assert (page.where.words, page.where.door, page.know) == (
        "Exempelvägen 4",
        "Portkod 2580",
        "Hunden skäller",
    )
    assert page.phone
    assert page.full_name == "Asker Exempel"
    actions.complete(by=by, errand_id=errand.id)
    with clock.travelling(errand.ends_at + timedelta(days=6, hours=23)):
        assert errand_page(by, errand.id).where is not None
    with clock.travelling(errand.ends_at + timedelta(days=7)):
        page = errand_page(by, errand.id)
        assert (page.where, page.phone, page.know, page.full_name) == (None, "", "", "Asker")
        with pytest.raises(TooLate):
            words.write_message(by=by, errand_id=errand.id, text="Hej")


def test_a_cancelled_errand_shows_nothing_of_where(stage, errand):
    actions.cancel(by=stage.actor("asker"), errand_id=errand.id)
    page = errand_page(stage.actor("leila"), errand.id)
    assert (page.where, page.phone, page.door_code, page.full_name) == (None, "", "", "Asker")


def test_money_stays_under_its_ceiling(stage, errand):
    by = stage.actor("leila")
    with pytest.raises(Problem, match="400"):
        words.note_spent(by=by, errand_id=errand.id, spent=401)
    with pytest.raises(NotAllowed):
        words.note_spent(by=stage.actor("asker"), errand_id=errand.id, spent=10)
    assert words.note_spent(by=by, errand_id=errand.id, spent=400).spent == 400
    assert words.note_repaid(by=stage.actor("asker"), errand_id=errand.id).repaid_at
    with pytest.raises(TooLate):
        words.note_spent(by=by, errand_id=errand.id, spent=100)


def test_no_money_where_none_was_agreed(stage):
    errand = stage.errand(asker="olle", helper="maja")
    with pytest.raises(Problem):
        words.note_spent(by=stage.actor("maja"), errand_id=errand.id, spent=10)


def test_how_it_was_once_from_each_side(stage, errand):
    with pytest.raises(TooLate):
        words.give_feedback(by=stage.actor("asker"), errand_id=errand.id, how="good")
    actions.complete(by=stage.actor("leila"), errand_id=errand.id)
    words.give_feedback(
        by=stage.actor("asker"),
        errand_id=errand.id,
        how="good",
        thanks="Tack snälla!",
        for_municipality="Halt",
    )
    with pytest.raises(TooLate):
        words.give_feedback(by=stage.actor("asker"), errand_id=errand.id, how="bad")
    words.give_feedback(by=stage.actor("leila"), errand_id=errand.id, how="fair")
    assert errand_page(stage.actor("leila"), errand.id).thanks == "Tack snälla!"
    assert errand_page(stage.actor("asker"), errand.id).thanks == ""
    assert Notice.objects.of(stage.town.id).filter(kind="feedback.given").count() == 1


def test_a_how_that_does_not_exist(stage, errand):
    actions.complete(by=stage.actor("leila"), errand_id=errand.id)
    with pytest.raises(Problem):
        words.give_feedback(by=stage.actor("asker"), errand_id=errand.id, how="superb")
