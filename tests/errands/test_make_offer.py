"""Saying yes: the first helper takes it and the two are agreed; where the asker chooses, not yet."""

from datetime import timedelta

import pytest

from handtag.errands.actions import meeting, seats
from handtag.errands.models import Ask, Errand, Occasion, Offer, Outlay
from handtag.history.models import Entry
from handtag.kernel import clock
from handtag.kernel.errors import NotAllowed, NotFound, Problem, TooLate
from handtag.notices.models import Notice
from handtag.people.models import Block, Person, RoleHeld
from handtag.permits.models import Permit
from handtag.permits.queries import NoPermit
from tests.errands import stage as stages

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    return stages.build()


def test_the_first_helper_takes_it(stage):
    ask = stage.ask(outlay_ceiling=400, outlay_how="swish")
    by = stage.helper("leila")
    offer = meeting.make_offer(by=by, occasion_id=stage.occasion(ask).id)
    errand = offer.errand
    assert (offer.state, errand.state) == (Offer.State.ACCEPTED, Errand.State.AGREED)
    assert len(errand.door_code) == 4
    assert Outlay.objects.get(errand=errand).ceiling == 400
    assert stage.occasion(ask).state == Occasion.State.FILLED
    ask.refresh_from_db()
    assert ask.state == Ask.State.FILLED
    assert Entry.objects.filter(verb="errand.agreed", object_id=errand.id, actor_id=by.person).exists()
    notice = Notice.objects.of(stage.town.id).get(kind="errand.agreed")
    assert notice.person_id == ask.asker_id
    for secret in ("Leila", "Asker", "Exempel", "kasse", "Ödåkra"):
        assert secret not in notice.subject + notice.body


def test_an_offer_waits_for_the_asker(stage):
    ask = stage.ask(agreement="asker")
    by = stage.helper("leila")
    offer = meeting.make_offer(by=by, occasion_id=stage.occasion(ask).id)
    assert offer.state == Offer.State.MADE
    assert stage.occasion(ask).filled == 0
    with pytest.raises(TooLate):
        meeting.make_offer(by=by, occasion_id=stage.occasion(ask).id)


def test_several_dates_or_none(stage):
    ask = stage.ask(dates=3)
    first, second, third = (stage.occasion(ask, number) for number in range(3))
    meeting.make_offer(by=stage.helper("early"), occasion_id=second.id)
    by = stage.helper("leila")
    with pytest.raises(TooLate):
        meeting.make_offers(by=by, occasion_ids=[first.id, second.id, third.id])
    assert not Errand.objects.of(stage.town.id).filter(helper_id=by.person).exists()
    meeting.make_offers(by=by, occasion_ids=[first.id, third.id])
    ask.refresh_from_db()
    assert ask.state == Ask.State.FILLED


@pytest.mark.parametrize("state", ["suspended", "revoked", "lapsed", "applied", "refused"])
def test_not_without_a_permit_in_force(stage, state):
    ask, by = stage.ask(), stage.helper("leila")
    Permit.objects.of(stage.town.id).update(state=state)
    with pytest.raises((NoPermit, NotFound)):
        meeting.make_offer(by=by, occasion_id=stage.occasion(ask).id)
    assert stage.occasion(ask).filled == 0


def test_not_with_a_permit_that_ran_out(stage):
    ask, by = stage.ask(), stage.helper("leila")
    Permit.objects.of(stage.town.id).update(valid_until=clock.today() - timedelta(days=1))
    with pytest.raises((NoPermit, NotFound)):
        meeting.make_offer(by=by, occasion_id=stage.occasion(ask).id)


def test_not_when_blocked_or_one_is_protected(stage):
    ask, by = stage.ask(), stage.helper("leila")
    block = Block.objects.create(municipality=stage.town, person=ask.asker, other_id=by.person)
    with pytest.raises(NotFound):
        meeting.make_offer(by=by, occasion_id=stage.occasion(ask).id)
    block.delete()
    for who in ("asker", "leila"):
        Person.objects.filter(id=stage.people[who].id).update(protection=Person.Protection.SECRECY_MARK)
        with pytest.raises(NotFound):
            meeting.make_offer(by=by, occasion_id=stage.occasion(ask).id)
        Person.objects.filter(id=stage.people[who].id).update(protection=Person.Protection.NONE)


def test_not_two_errands_at_once(stage):
    one, other = stage.ask(), stage.ask("olle")
    by = stage.helper("leila")
    meeting.make_offer(by=by, occasion_id=stage.occasion(one).id)
    with pytest.raises(seats.Booked):
        meeting.make_offer(by=by, occasion_id=stage.occasion(other).id)
    after = stage.ask("maja", start=stage.occasion(one).ends_at)
    meeting.make_offer(by=by, occasion_id=stage.occasion(after).id)


def test_nor_one_in_each_of_two_towns(stage):
    by = stage.helper("leila")
    bjuv = stages.build("1260")
    bjuv.people["leila"] = stage.people["leila"]
    RoleHeld.objects.create(person_id=by.person, municipality=bjuv.town, role="resident")
    here, there = stage.ask(), bjuv.ask("olle")
    meeting.make_offer(by=bjuv.helper("leila"), occasion_id=bjuv.occasion(there).id)
    with pytest.raises(seats.Booked):
        meeting.make_offer(by=by, occasion_id=stage.occasion(here).id)


def test_not_ones_own_and_not_what_a_coordinator_places(stage):
    mine = stage.ask()
    with pytest.raises(NotFound):
        meeting.make_offer(by=stage.helper("asker"), occasion_id=stage.occasion(mine).id)
    placed = stage.ask("olle", agreement="coordinator")
    with pytest.raises(NotFound):
        meeting.make_offer(by=stage.helper("leila"), occasion_id=stage.occasion(placed).id)


def test_too_late_when_taken_passed_or_withdrawn(stage):
    ask = stage.ask()
    by = stage.helper("leila")
    passed = stage.ask("olle", start=clock.now() - timedelta(hours=1))
    with pytest.raises(TooLate):
        meeting.make_offer(by=by, occasion_id=stage.occasion(passed).id)
    meeting.make_offer(by=stage.helper("early"), occasion_id=stage.occasion(ask).id)
    with pytest.raises(TooLate):
        meeting.make_offer(by=by, occasion_id=stage.occasion(ask).id)


def test_another_town_and_a_stranger_find_nothing(stage):
    ask = stage.ask()
    other = stages.build("1260")
    other.service.kind = "shopping"
    stranger = other.helper("sture")
    with pytest.raises(NotFound):
        meeting.make_offer(by=stranger, occasion_id=stage.occasion(ask).id)
    with pytest.raises(NotFound):
        meeting.make_offer(by=stage.helper("leila"), occasion_id=ask.id)


def test_who_holds_no_role_may_not(stage):
    ask, by = stage.ask(), stage.helper("leila")
    with pytest.raises(NotAllowed):
        meeting.make_offer(by=type(by)(by.person, by.tenant), occasion_id=stage.occasion(ask).id)


def test_choosing_no_day_is_said(stage):
    with pytest.raises(Problem) as refused:
        meeting.make_offers(by=stage.helper("leila"), occasion_ids=[])
    assert refused.value.field == "occasions"
