"""What a caller without a login has written, skipped, undone and repaid through an agent, with both names."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from handtag.desk import actions
from handtag.desk.queries.acting import as_caller
from handtag.errands.actions import errand as errands
from handtag.errands.models import Errand, Message, Occasion, Outlay, Series
from handtag.errands.queries.errands import errand_page
from handtag.errands.queries.written import talks
from handtag.history.models import Entry
from handtag.kernel import ids
from handtag.kernel.actor import Actor, system
from handtag.kernel.errors import HandtagError, NotFound, Problem
from handtag.notices.models import Notice
from handtag.people.actions import erase_person
from tests.desk.conftest import DeskTown, resident


def carry(town: DeskTown, caller: Actor, verb: str, key: UUID, **said: str) -> Any:
    return actions.carry_out(by=town.agent, person_id=caller.person, verb=verb, object_id=key, said=said)


def agreed(town: DeskTown) -> Errand:
    return town.agree(town.file(), town.helper())


def helper_of(town: DeskTown, errand: Errand) -> Actor:
    return resident(Actor(errand.helper_id, town.id))


class TestWrite:
    """Messages to the other side of an errand."""

    def test_the_other_side_reads_it_with_both_names_and_is_told(self, town: DeskTown) -> None:
        errand = agreed(town)
        carry(town, town.berta, "write", errand.id, text="Ring på hos grannen")
        (said,) = errand_page(helper_of(town, errand), errand.id).messages
        assert (said.text, said.is_mine) == ("Ring på hos grannen", False)
        assert said.who == "Petronella åt Berta"
        told = Notice.objects.of(town.id).filter(person_id=errand.helper_id, kind="message.written")
        assert told.count() == 1
        entry = Entry.objects.filter(verb="message.written").latest("at")
        assert (entry.actor_id, entry.behalf_of, entry.via) == (town.agent.person, town.berta.person, "phone")

    def test_the_caller_and_the_agent_read_whose_it_is(self, town: DeskTown) -> None:
        errand = agreed(town)
        carry(town, town.berta, "write", errand.id, text="Ring på")
        (own,) = errand_page(resident(town.berta), errand.id).messages
        assert (own.is_mine, own.who) == (True, "Petronella åt Berta Berg")
        (talk,) = talks(as_caller(town.colleague, town.berta.person), [errand.id])
        (said,) = talk.messages
        assert said.is_mine
        assert said.who.startswith("Petronella åt Berta")

    def test_a_helper_writes_too_and_it_stands_on_the_helpers_side(self, town: DeskTown) -> None:
        errand = agreed(town)
        helper = helper_of(town, errand)
        carry(town, helper, "write", errand.id, text="Jag är sen")
        (said,) = errand_page(resident(town.berta), errand.id).messages
        assert (said.is_mine, said.who) == (False, "Petronella åt Leila")

    def test_an_agent_who_writes_for_both_is_two_voices(self, town: DeskTown) -> None:
        errand = agreed(town)
        helper = helper_of(town, errand)
        carry(town, town.berta, "write", errand.id, text="Kommer du?")
        carry(town, helper, "write", errand.id, text="Ja")
        mine = [each.is_mine for each in errand_page(helper, errand.id).messages]
        assert mine == [False, True]
        assert Notice.objects.of(town.id).filter(kind="message.written").count() == 2

    def test_an_agent_who_is_the_helper_reads_their_own_words_as_their_own(self, town: DeskTown) -> None:
        """Petronella helps in her spare time; at work she writes for the one she helps, not as herself."""
        errand = agreed(town)
        Errand.objects.of(town.id).filter(pk=errand.pk).update(helper_id=town.agent.person)
        errands.write_message(by=resident(town.agent), errand_id=errand.id, text="Jag kommer tre")
        carry(town, town.berta, "write", errand.id, text="Bra")
        own, theirs = errand_page(resident(town.agent), errand.id).messages
        assert (own.is_mine, own.who) == (True, "")
        assert (theirs.is_mine, theirs.who) == (False, "Petronella Berg åt Berta")

    def test_nothing_and_too_late(self, town: DeskTown) -> None:
        errand = agreed(town)
        with pytest.raises(Problem):
            carry(town, town.berta, "write", errand.id, text=" ")
        errands.cancel(by=helper_of(town, errand), errand_id=errand.id)
        with pytest.raises(HandtagError):
            carry(town, town.berta, "write", errand.id, text="Synd")
        assert not Message.objects.exists()

    def test_of_an_errand_that_is_not_theirs(self, town: DeskTown, neighbour: DeskTown) -> None:
        errand, theirs = agreed(town), agreed(neighbour)
        other = town.caller("Beda")
        for caller, key in ((other, errand.id), (town.berta, theirs.id), (town.berta, ids.new())):
            with pytest.raises(NotFound):
                carry(town, caller, "write", key, text="Hej")
        assert talks(as_caller(town.agent, other.person), [errand.id, theirs.id]) == ()

    def test_whose_words_they_are_decides_when_somebody_is_erased(self, town: DeskTown) -> None:
        errand = agreed(town)
        carry(town, town.berta, "write", errand.id, text="Mitt")
        erase_person(by=system(town.id), person_id=town.berta.person)
        assert Message.objects.get().text == ""

    def test_on_the_page_of_the_caller(self, town: DeskTown) -> None:
        errand = agreed(town)
        errands.write_message(by=helper_of(town, errand), errand_id=errand.id, text="Har du en vagn?")
        browser = town.browser(town.agent)
        assert "Har du en vagn?" in browser.get(town.path(f"{town.berta.person}/")).text
        where = town.path(f"{town.berta.person}/gor/write/{errand.id}/")
        sent = {"submission": "2" * 32, "text": "Ja, i hallen"}
        for _each in range(2):
            browser.post(where, sent)
        assert Message.objects.filter(text="Ja, i hallen").count() == 1


class TestDates:
    """One date out of a weekly ask, and back."""

    def weekly(self, town: DeskTown) -> list[Occasion]:
        day = town.wish().day
        assert day
        ask = town.file(last_on=day + timedelta(weeks=3))
        return list(Occasion.objects.of(town.id).filter(ask=ask).order_by("starts_at"))

    def test_taken_away_and_who_came_is_told(self, town: DeskTown) -> None:
        dates = self.weekly(town)
        errand = town.agree(dates[1].ask, town.helper(), number=1)
        carry(town, town.berta, "except_date", dates[1].id)
        states = [each.state for each in Occasion.objects.of(town.id).order_by("starts_at")]
        assert states == ["open", "withdrawn", "open", "open"]
        errand.refresh_from_db()
        assert errand.state == "cancelled_by_asker"
        entry = Entry.objects.filter(verb="ask.excepted").latest("at")
        assert (entry.actor_id, entry.behalf_of) == (town.agent.person, town.berta.person)

    def test_and_put_back(self, town: DeskTown) -> None:
        dates = self.weekly(town)
        carry(town, town.berta, "except_date", dates[2].id)
        page = town.browser(town.agent).get(town.path(f"{town.berta.person}/")).text
        assert f"gor/include_date/{dates[2].id}/" in page
        assert f"gor/except_date/{dates[3].id}/" in page
        carry(town, town.berta, "include_date", dates[2].id)
        assert Series.objects.get().excepted == []

    def test_not_somebody_elses_nor_of_another_town_nor_none(
        self, town: DeskTown, neighbour: DeskTown
    ) -> None:
        mine, theirs = self.weekly(town), self.weekly(neighbour)
        beda = town.caller("Beda")
        for caller, key in ((beda, mine[0].id), (town.berta, theirs[0].id), (town.berta, ids.new())):
            with pytest.raises(NotFound):
                carry(town, caller, "except_date", key)

    def test_a_single_ask_has_no_date_to_take_away(self, town: DeskTown) -> None:
        ask = town.file()
        with pytest.raises(NotFound):
            carry(town, town.berta, "except_date", Occasion.objects.of(town.id).get(ask=ask).id)


def test_a_helper_without_login_starts_by_phone_and_can_take_it_back(town: DeskTown) -> None:
    errand = agreed(town)
    helper = helper_of(town, errand)
    page = town.browser(town.agent).get(town.path(f"{helper.person}/")).text
    assert f"gor/start/{errand.id}/" in page
    carry(town, helper, "start", errand.id)
    page = town.browser(town.agent).get(town.path(f"{helper.person}/")).text
    assert f"gor/undo/{errand.id}/" in page
    carry(town, helper, "undo", errand.id)
    errand.refresh_from_db()
    assert errand.state == "agreed"


def test_what_the_goods_cost_and_that_it_is_repaid(town: DeskTown) -> None:
    errand = agreed(town)
    helper = helper_of(town, errand)
    Outlay.objects.filter(errand=errand).delete()
    Outlay.objects.create(
        errand=errand,
        ceiling=300,
        how="cash",
        asker_agreed_at=errand.agreed_at,
        helper_agreed_at=errand.agreed_at,
    )
    for words in ("", "tio", "-3", "301"):
        with pytest.raises(Problem):
            carry(town, helper, "spent", errand.id, spent=words)
    assert f"gor/spent/{errand.id}/" in town.browser(town.agent).get(town.path(f"{helper.person}/")).text
    carry(town, helper, "spent", errand.id, spent="120")
    assert f"gor/repaid/{errand.id}/" in town.browser(town.agent).get(town.path(f"{town.berta.person}/")).text
    carry(town, town.berta, "repaid", errand.id)
    assert Outlay.objects.get(errand=errand).repaid_at is not None


def test_thanks_by_phone_reach_the_other(town: DeskTown) -> None:
    errand = agreed(town)
    carry(town, town.berta, "complete", errand.id)
    carry(town, town.berta, "how", errand.id, how="good", thanks="Tack snälla Leila")
    assert errand_page(helper_of(town, errand), errand.id).thanks == "Tack snälla Leila"
