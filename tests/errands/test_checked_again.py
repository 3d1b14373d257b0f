"""Who was told may have changed since: all is asked again when an offer is made, and when it is accepted."""

from datetime import UTC, datetime, timedelta

import pytest

from handtag.errands.actions import meeting
from handtag.errands.models import Errand, Told
from handtag.errands.queries import eligible
from handtag.errands.queries.sought import as_sought
from handtag.helpers import actions as helpers
from handtag.helpers.models import HelperProfile, Posting
from handtag.kernel import clock
from handtag.kernel.actor import system
from handtag.kernel.errors import HandtagError
from handtag.kernel.rights import Role
from handtag.outreach.actions import waves
from handtag.people import actions as people
from handtag.people.models import Person
from handtag.permits import actions as permits
from handtag.permits.models import Permit
from tests.errands import stage as stages

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 19, 11, tzinfo=UTC)  # a Thursday, 12 in Sweden


@pytest.fixture
def stage():
    with clock.travelling(NOON):
        made = stages.build()
        made.person("karin", role=Role.COORDINATOR)
        made.helper("leila")
        yield made


def revoke(stage):
    permit = Permit.objects.of(stage.town.id).get(person=stage.people["leila"], side="perform")
    permits.revoke(by=stage.actor("karin"), permit_id=permit.id)


def block(stage):
    people.block(by=stage.actor("asker"), other_id=stage.people["leila"].id)


def protect(stage):
    Person.objects.filter(pk=stage.people["leila"].pk).update(protection="secrecy_mark")


def suspend_in_the_table_alone(stage):
    """As if nothing had followed from it: the permit itself is read again."""
    Permit.objects.of(stage.town.id).filter(person=stage.people["leila"]).update(state="suspended")


LOSSES = [revoke, block, protect, suspend_in_the_table_alone]


@pytest.mark.parametrize("lose", LOSSES)
@pytest.mark.parametrize("agreement", ["first", "asker"])
def test_lost_between_telling_and_offer(stage, lose, agreement):
    ask = stage.ask(agreement=agreement)
    assert waves.advance(by=system(stage.town.id), ask_id=ask.id) == 1
    assert Told.objects.of(stage.town.id).filter(ask=ask, person=stage.people["leila"]).exists()
    lose(stage)
    with pytest.raises(HandtagError):
        meeting.make_offer(by=stage.actor("leila"), occasion_id=stage.occasion(ask).id)
    assert not Errand.objects.of(stage.town.id).exists()


@pytest.mark.parametrize("lose", LOSSES)
def test_lost_between_offer_and_acceptance(stage, lose):
    ask = stage.ask(agreement="asker")
    offer = meeting.make_offer(by=stage.actor("leila"), occasion_id=stage.occasion(ask).id)
    lose(stage)
    with pytest.raises(HandtagError):
        meeting.accept_offer(by=stage.actor("asker"), offer_id=offer.id)
    assert not Errand.objects.of(stage.town.id).exists()


@pytest.mark.parametrize("lose", LOSSES)
def test_lost_between_invitation_and_yes(stage, lose):
    ask = stage.ask(agreement="coordinator")
    invitation = meeting.invite(
        by=stage.actor("karin"), occasion_id=stage.occasion(ask).id, person_id=stage.people["leila"].id
    )
    lose(stage)
    with pytest.raises(HandtagError):
        meeting.answer_invitation(by=stage.actor("leila"), invitation_id=invitation.id, yes=True)
    assert not Errand.objects.of(stage.town.id).exists()


@pytest.mark.parametrize("lose", [*LOSSES, lambda stage: helpers.pause(by=stage.actor("leila"))])
def test_a_second_ago_counts_for_who_is_told(stage, lose):
    ask = stage.ask()
    sought = as_sought(stage.town.id, ask.id)
    assert eligible.helpers(sought).count() == 1
    lose(stage)
    assert Posting.objects.count() == 1
    assert eligible.helpers(sought).count() == 0


def test_who_rests_is_told_of_nothing_but_may_say_yes_of_their_own_accord(stage):
    ask, later = stage.ask(), stage.ask("rut", start=clock.now() + timedelta(days=4))
    waves.advance(by=system(stage.town.id), ask_id=ask.id)
    helpers.pause(by=stage.actor("leila"))
    assert waves.advance(by=system(stage.town.id), ask_id=later.id) == 0
    assert meeting.make_offer(by=stage.actor("leila"), occasion_id=stage.occasion(ask).id).errand


def test_a_posting_that_was_left_behind_sends_nobody(stage):
    """Old postings may miss somebody; what the profile says now is what counts."""
    sought = as_sought(stage.town.id, stage.ask().id)
    HelperProfile.objects.of(stage.town.id).update(is_active=False)
    assert Posting.objects.count() == 1
    assert not eligible.helpers(sought).exists()
