"""How an errand goes on: started, done, undone, cancelled, missed, reported, unconfirmed."""

from datetime import UTC, datetime, timedelta

import pytest

from handtag.errands.actions import closing, meeting, seats
from handtag.errands.actions import errand as actions
from handtag.errands.models import Ask, Errand, Occasion, Offer
from handtag.errands.rules import lifecycle
from handtag.history.models import Entry
from handtag.kernel import clock
from handtag.kernel.errors import NotAllowed, NotFound, Problem, TooLate
from handtag.kernel.rights import Role
from handtag.notices.models import Notice
from handtag.outreach.actions import waves
from handtag.people.models import Person
from handtag.permits import actions as permits
from handtag.permits.models import Permit
from handtag.permits.queries import NoPermit
from tests.errands import stage as stages

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 19, 11, tzinfo=UTC)


@pytest.fixture
def stage():
    with clock.travelling(NOON):
        yield stages.build()


@pytest.fixture
def errand(stage):
    return stage.errand(outlay_ceiling=400, outlay_how="swish")


def after_end(errand, **more):
    return clock.travelling(errand.ends_at + timedelta(**more))


def test_the_dict_names_every_state_once():
    assert set(lifecycle.ERRAND) == set(Errand.State.values)
    targets = {target for verbs in lifecycle.ERRAND.values() for target in verbs.values()}
    assert targets <= set(Errand.State.values)
    for verb in {verb for verbs in lifecycle.ERRAND.values() for verb in verbs}:
        assert len({verbs[verb] for verbs in lifecycle.ERRAND.values() if verb in verbs}) == 1


def test_what_is_over_is_not_begun_again(stage, errand):
    """As domain.md draws it: from these three no way leads on."""
    deeds = [
        lambda: actions.start(by=stage.actor("leila"), errand_id=errand.id),
        lambda: actions.complete(by=stage.actor("leila"), errand_id=errand.id),
        lambda: actions.cancel(by=stage.actor("asker"), errand_id=errand.id),
        lambda: actions.miss(by=stage.actor("asker"), errand_id=errand.id, missed_by="helper"),
        lambda: actions.undo(by=stage.actor("leila"), errand_id=errand.id),
    ]
    for state in ("missed", "cancelled_by_helper", "cancelled_by_asker"):
        Errand.objects.of(stage.town.id).update(state=state)
        for deed in deeds:
            with after_end(errand), pytest.raises(TooLate):
                deed()
        assert Errand.objects.of(stage.town.id).get().state == state


def test_whoever_is_reported_is_still_expected_at_that_time(stage, errand):
    actions.report(by=stage.actor("asker"), errand_id=errand.id, concern="other", words="Oklart")
    same_time = stage.ask("olle")
    with pytest.raises(seats.Booked):
        meeting.make_offer(by=stage.actor("leila"), occasion_id=stage.occasion(same_time).id)


def test_start_done_and_all_is_done(stage, errand):
    errand = actions.start(by=stage.actor("leila"), errand_id=errand.id)
    assert (errand.state, errand.started_at) == ("started", NOON)
    errand = actions.complete(by=stage.actor("asker"), errand_id=errand.id)
    assert errand.state == "completed"
    assert errand.occasion.__class__.objects.of(stage.town.id).get().state == Occasion.State.DONE
    assert Ask.objects.of(stage.town.id).get().state == Ask.State.DONE
    verbs = set(Entry.objects.filter(object_id=errand.id).values_list("verb", flat=True))
    assert verbs == {"errand.agreed", "errand.started", "errand.completed"}


def test_only_the_helper_starts_and_strangers_find_nothing(stage, errand):
    stage.helper("olle")
    with pytest.raises(NotAllowed):
        actions.start(by=stage.actor("asker"), errand_id=errand.id)
    for deed in (actions.start, actions.complete, actions.cancel, actions.undo):
        with pytest.raises(NotFound):
            deed(by=stage.actor("olle"), errand_id=errand.id)
    bjuv = stages.build("1260")
    with pytest.raises(NotFound):
        actions.start(by=bjuv.helper("sture"), errand_id=errand.id)


def test_a_start_needs_the_permit_still(stage, errand):
    Permit.objects.of(stage.town.id).update(state="lapsed")
    with pytest.raises(NoPermit):
        actions.start(by=stage.actor("leila"), errand_id=errand.id)


def test_twice_is_too_late(stage, errand):
    actions.start(by=stage.actor("leila"), errand_id=errand.id)
    with pytest.raises(TooLate):
        actions.start(by=stage.actor("leila"), errand_id=errand.id)


def test_undoing_a_start_and_a_done(stage, errand):
    by = stage.actor("leila")
    actions.start(by=by, errand_id=errand.id)
    assert actions.undo(by=by, errand_id=errand.id).state == "agreed"
    actions.complete(by=by, errand_id=errand.id)
    assert actions.undo(by=by, errand_id=errand.id).state == "started"
    assert Ask.objects.of(stage.town.id).get().state == Ask.State.FILLED
    actions.complete(by=by, errand_id=errand.id)
    actions.give_feedback(by=by, errand_id=errand.id, how="good")
    with pytest.raises(TooLate):
        actions.undo(by=by, errand_id=errand.id)


def test_the_helper_cancels_and_it_is_announced_again(stage, errand):
    stage.helper("olle")
    ask = Ask.objects.of(stage.town.id).get()
    Ask.objects.of(stage.town.id).update(announce_at=None)
    actions.cancel(by=stage.actor("leila"), errand_id=errand.id, reason="Feber")
    ask.refresh_from_db()
    occasion = stage.occasion(ask)
    assert (ask.state, occasion.state, occasion.filled) == ("open", "open", 0)
    assert Offer.objects.of(stage.town.id).get().state == Offer.State.WITHDRAWN
    assert ask.announce_at is not None
    waves.advance_due()
    kinds = set(Notice.objects.of(stage.town.id).values_list("kind", "person__given_name"))
    assert {("errand.cancelled_by_helper", "Asker"), ("ask.open", "Olle")} <= kinds
    taken = meeting.make_offer(by=stage.actor("olle"), occasion_id=occasion.id)
    assert taken.errand.state == "agreed"


def test_who_cancelled_may_come_after_all(stage, errand):
    by = stage.actor("leila")
    actions.cancel(by=by, errand_id=errand.id)
    again = meeting.make_offer(by=by, occasion_id=errand.occasion_id)
    assert again.errand.id != errand.id


def test_the_asker_cancels(stage, errand):
    actions.cancel(by=stage.actor("asker"), errand_id=errand.id)
    errand.refresh_from_db()
    assert errand.state == "cancelled_by_asker"
    assert Ask.objects.of(stage.town.id).get().state == Ask.State.WITHDRAWN
    assert Notice.objects.of(stage.town.id).filter(kind="errand.cancelled_by_asker").exists()
    with pytest.raises(TooLate):
        actions.cancel(by=stage.actor("leila"), errand_id=errand.id)


def test_one_of_two_who_come_is_not_needed(stage):
    errand = stage.errand(wanted=2)
    meeting.make_offer(by=stage.helper("olle"), occasion_id=errand.occasion_id)
    actions.cancel(by=stage.actor("asker"), errand_id=errand.id)
    occasion = Occasion.objects.of(stage.town.id).get()
    assert (occasion.wanted, occasion.filled, occasion.state) == (1, 1, "filled")


def test_missed_once_the_hour_has_struck(stage, errand):
    by = stage.actor("asker")
    with pytest.raises(TooLate):
        actions.miss(by=by, errand_id=errand.id, missed_by="helper")
    with after_end(errand, hours=1):
        with pytest.raises(Problem):
            actions.miss(by=by, errand_id=errand.id, missed_by="nobody")
        missed = actions.miss(by=by, errand_id=errand.id, missed_by="helper")
    assert (missed.state, missed.missed_by) == ("missed", "helper")


def test_after_a_day_both_are_asked_after_three_it_is_handed_over(stage, errand, monkeypatch):
    handed = []
    monkeypatch.setattr(closing, "AFTER_UNCONFIRMED", [lambda by, row: handed.append(row.id)])
    with after_end(errand, hours=23):
        assert closing.close_due() == 0
    with after_end(errand, hours=25):
        assert [closing.close_due(), closing.close_due()] == [1, 0]
    asked = Notice.objects.of(stage.town.id).filter(kind="errand.unconfirmed")
    assert {row.person_id for row in asked} == {errand.helper_id, errand.asker_id}
    with after_end(errand, hours=73):
        assert [closing.close_due(), closing.close_due()] == [1, 0]
        assert handed == [errand.id]
        assert actions.complete(by=stage.actor("asker"), errand_id=errand.id).state == "completed"


def test_a_report_goes_to_those_who_take_over(stage, errand, monkeypatch):
    heard = []
    monkeypatch.setattr(
        actions, "AFTER_REPORT", [lambda by, row, concern, words: heard.append((concern, words))]
    )
    by = stage.actor("asker")
    with pytest.raises(Problem):
        actions.report(by=by, errand_id=errand.id, concern="nonsense", words="x")
    assert actions.report(by=by, errand_id=errand.id, concern="money", words="Fel växel").state == "reported"
    assert heard == [("money", "Fel växel")]
    stage.person("karin", role=Role.COORDINATOR)
    assert actions.complete(by=stage.actor("karin"), errand_id=errand.id).state == "completed"
    actions.report(by=by, errand_id=errand.id, concern="other", words="En sak till")
    errand.refresh_from_db()
    assert (errand.state, len(heard)) == ("completed", 2)


def test_a_revoked_permit_reopens_and_tells_both(stage, errand):
    stage.person("karin", role=Role.COORDINATOR)
    permit = Permit.objects.of(stage.town.id).get(person_id=errand.helper_id)
    permits.revoke(by=stage.actor("karin"), permit_id=permit.id)
    errand.refresh_from_db()
    occasion = Occasion.objects.of(stage.town.id).get()
    assert (errand.state, occasion.state, occasion.filled) == ("cancelled_by_helper", "open", 0)
    told = Notice.objects.of(stage.town.id).filter(kind="errand.called_off")
    assert {row.person_id for row in told} == {errand.helper_id, errand.asker_id}


def test_an_askers_lost_permit_closes_their_asks(stage, errand):
    stage.person("karin", role=Role.COORDINATOR)
    permit = stage.permit(stage.people["asker"], "ask")
    permits.revoke(by=stage.actor("karin"), permit_id=permit.id)
    errand.refresh_from_db()
    assert errand.state == "cancelled_by_asker"
    assert Ask.objects.of(stage.town.id).get().state == Ask.State.WITHDRAWN


@pytest.mark.parametrize("who", ["asker", "leila"])
def test_a_person_protected_afterwards_leaves_all_that_was_agreed(stage, errand, who):
    from handtag.people.actions import mark_protected

    stage.person("vera", role=Role.PROTECTED_IDENTITY_OFFICER)
    mark_protected(
        by=stage.actor("vera"), person_id=stage.people[who].id, kind="secrecy_mark", reason="Beslut"
    )
    errand.refresh_from_db()
    ask = Ask.objects.of(stage.town.id).get()
    assert errand.state in lifecycle.CANCELLED
    assert ask.state == Ask.State.OPEN
    assert (ask.agreement, ask.announce_at) == ("coordinator", None) if who == "asker" else True
    assert Person.objects.get(id=stage.people[who].id).is_protected
