"""What a caller can have done: the web's own deeds, in their name, and nothing more."""

from typing import Any
from uuid import UUID

import pytest

from handtag.desk import actions
from handtag.desk.actions import DEEDS
from handtag.errands.actions import meeting
from handtag.errands.models import Ask, Errand, Feedback, Invitation, Occasion, Offer
from handtag.helpers.models import HelperProfile
from handtag.history.models import Entry
from handtag.kernel.actor import Actor, Hat
from handtag.kernel.errors import HandtagError, NotAllowed, NotFound, Problem
from handtag.kernel.rights import Role
from handtag.mandates.models import Mandate
from handtag.people.models import Block
from tests.desk.conftest import DeskTown, resident

NOTHING = UUID(int=0)


def carry(town: DeskTown, caller: Actor, verb: str, key: UUID = NOTHING, **said: str) -> Any:
    return actions.carry_out(by=town.agent, person_id=caller.person, verb=verb, object_id=key, said=said)


def both_names_stand(town: DeskTown, caller: Actor, verb: str) -> bool:
    entry = Entry.objects.filter(verb=verb).latest("at")
    return (entry.actor_id, entry.behalf_of, entry.via) == (town.agent.person, caller.person, "phone")


def test_taken_back_and_undone(town: DeskTown) -> None:
    ask = town.file()
    carry(town, town.berta, "withdraw", ask.id)
    assert Ask.objects.of(town.id).get().state == "withdrawn"
    carry(town, town.berta, "restore", ask.id)
    assert Ask.objects.of(town.id).get().state == "open"
    assert both_names_stand(town, town.berta, "ask.restored")


def test_another_time(town: DeskTown) -> None:
    ask = town.file()
    wish = town.wish(need="Mjölk")
    actions.change(by=town.agent, person_id=town.berta.person, ask_id=ask.id, wish=wish)
    assert Ask.objects.of(town.id).get().need == "Mjölk"
    assert both_names_stand(town, town.berta, "ask.changed")


def test_an_offer_is_accepted_or_declined(town: DeskTown) -> None:
    Ask.objects.of(town.id)
    service = town.service()
    type(service).objects.of(town.id).filter(pk=service.pk).update(agreement="asker")
    ask, helpers = town.file(), [town.helper("Leila"), town.helper("Marek")]
    occasion = Occasion.objects.of(town.id).get(ask=ask)
    first, second = (meeting.make_offer(by=each, occasion_id=occasion.pk) for each in helpers)
    carry(town, town.berta, "decline_offer", first.id)
    carry(town, town.berta, "accept_offer", second.id)
    assert Errand.objects.of(town.id).get().helper_id == helpers[1].person
    assert both_names_stand(town, town.berta, "offer.accepted")
    assert Offer.objects.of(town.id).get(pk=first.id).state == "declined"


class TestHelper:
    """A helper who rings."""

    def invited(self, town: DeskTown, helper: Actor) -> Invitation:
        ask = town.file()
        occasion = Occasion.objects.of(town.id).get(ask=ask)
        coordinator = town.staff(Role.COORDINATOR, "Maria")
        return meeting.invite(by=coordinator, occasion_id=occasion.pk, person_id=helper.person)

    def test_a_yes_only_once_the_text_is_read(self, town: DeskTown) -> None:
        helper = town.helper()
        invitation = self.invited(town, helper)
        with pytest.raises(Problem):
            carry(town, helper, "invitation_yes", invitation.id)
        carry(town, helper, "invitation_yes", invitation.id, accept="1")
        assert Errand.objects.of(town.id).get().helper_id == helper.person
        assert both_names_stand(town, helper, "invitation.accepted")

    def test_a_no(self, town: DeskTown) -> None:
        helper = town.helper()
        invitation = self.invited(town, helper)
        carry(town, helper, "invitation_no", invitation.id)
        assert Invitation.objects.of(town.id).get().state == "declined"

    def test_an_errand_from_beginning_to_end(self, town: DeskTown) -> None:
        helper = town.helper()
        errand = town.agree(town.file(), helper)
        carry(town, helper, "start", errand.id)
        carry(town, helper, "complete", errand.id)
        carry(town, helper, "how", errand.id, how="good")
        errand.refresh_from_db()
        assert (errand.state, Feedback.objects.get(errand=errand).side) == ("completed", "helper")
        assert both_names_stand(town, helper, "errand.completed")

    def test_something_came_up(self, town: DeskTown) -> None:
        helper = town.helper()
        errand = town.agree(town.file(), helper)
        carry(town, helper, "cancel", errand.id)
        errand.refresh_from_db()
        assert errand.state == "cancelled_by_helper"

    def test_a_pause_and_back(self, town: DeskTown) -> None:
        helper = town.helper()
        carry(town, helper, "pause")
        assert HelperProfile.objects.of(town.id).get().paused_until is not None
        carry(town, helper, "resume")
        assert HelperProfile.objects.of(town.id).get().paused_until is None

    def test_an_agent_who_helps_is_not_who_comes(self, town: DeskTown) -> None:
        """The agent is a helper in her spare time: on the phone only the caller's yes counts."""
        helper = town.helper()
        occasion = Occasion.objects.of(town.id).get(ask=town.file())
        carry(town, helper, "say_yes", occasion.pk, accept="1")
        assert Errand.objects.of(town.id).get().helper_id == helper.person


def test_the_asker_calls_an_errand_off(town: DeskTown) -> None:
    errand = town.agree(town.file(), town.helper())
    carry(town, town.berta, "cancel", errand.id)
    errand.refresh_from_db()
    assert errand.state == "cancelled_by_asker"


def test_a_block_and_a_mandate_ended(town: DeskTown) -> None:
    helper = town.helper()
    carry(town, town.berta, "block", helper.person)
    assert Block.objects.of(town.id).get().person_id == town.berta.person
    mandate = town.mandate(helped=town.berta)
    carry(town, town.berta, "end_mandate", mandate.id)
    assert Mandate.objects.of(town.id).get(pk=mandate.pk).ended_because == "helped"
    other = town.mandate(helped=town.berta)
    carry(town, town.anna, "end_mandate", other.id)
    assert Mandate.objects.of(town.id).get(pk=other.pk).ended_because == "proxy"


def test_a_mandate_of_others_is_not_the_callers_to_end(town: DeskTown) -> None:
    mandate = town.mandate()
    with pytest.raises(HandtagError):
        carry(town, town.berta, "end_mandate", mandate.id)
    assert Mandate.objects.of(town.id).get().ended_at is None


def test_nobody_elses_ask_or_errand(town: DeskTown) -> None:
    ask = town.file()
    errand = town.agree(ask, town.helper())
    for verb, key in (("withdraw", ask.id), ("complete", errand.id), ("cancel", errand.id)):
        with pytest.raises((NotFound, NotAllowed)):
            carry(town, town.greta, verb, key)


def test_a_coordinator_on_the_phone_has_no_more_rights_than_the_caller(town: DeskTown) -> None:
    ask = town.file()
    coordinator = town.staff(Role.COORDINATOR, "Maria")
    with pytest.raises(NotFound):
        actions.carry_out(
            by=coordinator, person_id=town.greta.person, verb="withdraw", object_id=ask.id, said={}
        )


@pytest.mark.parametrize("verb", sorted(DEEDS))
def test_only_who_answers_calls_and_only_for_whom_they_may_know_of(
    town: DeskTown, neighbour: DeskTown, verb: str
) -> None:
    said = {"accept": "1", "how": "good"}
    for by, refusal in ((resident(town.anna), NotAllowed), (neighbour.agent, NotFound)):
        with pytest.raises(refusal):
            actions.carry_out(by=by, person_id=town.berta.person, verb=verb, object_id=NOTHING, said=said)
    town.protect(town.berta)
    with pytest.raises(NotFound):
        carry(town, town.berta, verb)


def test_there_are_no_other_deeds(town: DeskTown) -> None:
    with pytest.raises(NotFound):
        carry(town, town.berta, "grant")


def test_who_is_no_resident_here_does_nothing_here(town: DeskTown) -> None:
    """A colleague known as staff alone takes no part until they join."""
    colleague = Actor(town.colleague.person_id, town.id, (Hat(Role.CONTACT_CENTRE_AGENT),))
    assert actions.as_caller(town.agent, colleague.person).office == Role.CONTACT_CENTRE_AGENT
