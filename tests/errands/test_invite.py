"""The municipality invites, the helper answers; the asker chooses among offers; a coordinator places."""

import pytest

from handtag.errands.actions import meeting
from handtag.errands.actions.errand import complete
from handtag.errands.actions.seats import Booked
from handtag.errands.models import Errand, Invitation, Offer
from handtag.errands.queries.meeting import my_errands, offers_of, open_detail
from handtag.kernel.errors import NotAllowed, NotFound, Problem, TooLate
from handtag.kernel.rights import Role
from handtag.people.models import Block, Person
from handtag.permits.queries import NoPermit
from tests.errands import stage as stages

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    stage = stages.build()
    stage.person("karin", role=Role.COORDINATOR)
    return stage


@pytest.fixture
def occasion(stage):
    return stage.occasion(stage.ask(agreement="coordinator"))


def test_invited_and_yes(stage, occasion):
    by = stage.helper("leila")
    invitation = meeting.invite(by=stage.actor("karin"), occasion_id=occasion.id, person_id=by.person)
    assert [each.id for each in my_errands(by).invitations] == [invitation.id]
    detail = open_detail(by, occasion.ask_id)
    assert detail.ask is not None
    assert (len(detail.invitations), detail.ask.name) == (1, "Asker")
    errand = meeting.answer_invitation(by=by, invitation_id=invitation.id, yes=True)
    assert errand is not None
    assert errand.state == "agreed"
    with pytest.raises(Problem):
        meeting.answer_invitation(by=by, invitation_id=invitation.id, yes=True)


def test_invited_and_no(stage, occasion):
    by = stage.helper("leila")
    invitation = meeting.invite(by=stage.actor("karin"), occasion_id=occasion.id, person_id=by.person)
    assert meeting.answer_invitation(by=by, invitation_id=invitation.id, yes=False) is None
    invitation.refresh_from_db()
    assert invitation.state == Invitation.State.DECLINED
    assert meeting.invite(by=stage.actor("karin"), occasion_id=occasion.id, person_id=by.person)


def test_who_may_not_invite_and_whom_not(stage, occasion):
    by = stage.helper("leila")
    with pytest.raises(NotAllowed):
        meeting.invite(by=by, occasion_id=occasion.id, person_id=by.person)
    coordinator = stage.actor("karin")
    with pytest.raises(NoPermit):
        meeting.invite(by=coordinator, occasion_id=occasion.id, person_id=stage.person("olle").id)
    Block.objects.create(municipality=stage.town, person=occasion.ask.asker, other_id=by.person)
    with pytest.raises(Problem):
        meeting.invite(by=coordinator, occasion_id=occasion.id, person_id=by.person)
    bjuv = stages.build("1260")
    bjuv.person("sofia", role=Role.COORDINATOR)
    with pytest.raises(NotFound):
        meeting.invite(by=bjuv.actor("sofia"), occasion_id=occasion.id, person_id=by.person)


def test_twice_is_too_late(stage, occasion):
    by = stage.helper("leila")
    meeting.invite(by=stage.actor("karin"), occasion_id=occasion.id, person_id=by.person)
    with pytest.raises(TooLate):
        meeting.invite(by=stage.actor("karin"), occasion_id=occasion.id, person_id=by.person)


def test_another_ones_invitation_is_not_there(stage, occasion):
    by, other = stage.helper("leila"), stage.helper("olle")
    invitation = meeting.invite(by=stage.actor("karin"), occasion_id=occasion.id, person_id=by.person)
    with pytest.raises(NotFound):
        meeting.answer_invitation(by=other, invitation_id=invitation.id, yes=True)


def test_placed_by_phone(stage, occasion):
    by = stage.helper("leila")
    errand = meeting.place(by=stage.actor("karin"), occasion_id=occasion.id, person_id=by.person)
    assert (errand.state, errand.helper_id) == ("agreed", by.person)


def test_who_has_been_there_is_not_placed_there_again(stage):
    by = stage.helper("leila")
    occasion = stage.occasion(stage.ask("several", wanted=2))
    errand = meeting.place(by=stage.actor("karin"), occasion_id=occasion.id, person_id=by.person)
    complete(by=by, errand_id=errand.id)
    with pytest.raises(Booked):
        meeting.place(by=stage.actor("karin"), occasion_id=occasion.id, person_id=by.person)


def test_placed_after_having_offered(stage):
    ask, by = stage.ask(agreement="asker"), stage.helper("leila")
    offer = meeting.make_offer(by=by, occasion_id=stage.occasion(ask).id)
    errand = meeting.place(by=stage.actor("karin"), occasion_id=stage.occasion(ask).id, person_id=by.person)
    assert errand.offer_id == offer.id


def test_only_an_officer_places_a_protected_person(stage, occasion):
    by = stage.helper("leila")
    Person.objects.filter(id=occasion.ask.asker_id).update(protection=Person.Protection.SECRECY_MARK)
    with pytest.raises(NotFound):
        meeting.place(by=stage.actor("karin"), occasion_id=occasion.id, person_id=by.person)
    stage.person("vera", role=Role.PROTECTED_IDENTITY_OFFICER)
    errand = meeting.place(by=stage.actor("vera"), occasion_id=occasion.id, person_id=by.person)
    assert errand.state == "agreed"


def test_the_asker_chooses(stage):
    ask = stage.ask(agreement="asker")
    occasion = stage.occasion(ask)
    first, second = (
        meeting.make_offer(by=stage.helper(name), occasion_id=occasion.id) for name in ("leila", "olle")
    )
    asker = stage.actor("asker")
    assert [row.name for row in offers_of(asker, ask.id)] == ["Leila", "Olle"]
    with pytest.raises(NotFound):
        meeting.accept_offer(by=stage.actor("olle"), offer_id=first.id)
    errand = meeting.accept_offer(by=asker, offer_id=second.id)
    assert (errand.helper_id, errand.state) == (stage.people["olle"].id, "agreed")
    first.refresh_from_db()
    assert first.state == Offer.State.SUPERSEDED
    with pytest.raises(TooLate):
        meeting.accept_offer(by=asker, offer_id=first.id)


def test_the_asker_says_no_and_the_helper_takes_back(stage):
    ask = stage.ask(agreement="asker")
    by = stage.helper("leila")
    offer = meeting.make_offer(by=by, occasion_id=stage.occasion(ask).id)
    assert meeting.decline_offer(by=stage.actor("asker"), offer_id=offer.id)
    with pytest.raises(TooLate):
        meeting.withdraw_offer(by=by, offer_id=offer.id)
    assert not Errand.objects.of(stage.town.id).exists()


def test_an_offer_does_not_outlive_its_permit(stage):
    ask = stage.ask(agreement="asker")
    by = stage.helper("leila")
    offer = meeting.make_offer(by=by, occasion_id=stage.occasion(ask).id)
    type(stage.permit(stage.people["karin"])).objects.of(stage.town.id).update(state="suspended")
    with pytest.raises(NoPermit):
        meeting.accept_offer(by=stage.actor("asker"), offer_id=offer.id)
