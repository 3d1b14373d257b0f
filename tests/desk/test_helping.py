"""How a caller helps, changed or begun by phone: the same as on the web, with both names."""

import re
from typing import Any
from uuid import uuid4

import pytest

from handtag.desk import actions
from handtag.desk.models import Call
from handtag.helpers.models import HelperProfile, Posting
from handtag.helpers.queries import profile
from handtag.helpers.rules import Tick, Wish
from handtag.history.models import Entry
from handtag.kernel.errors import HandtagError, NotAllowed, NotFound, Problem
from handtag.people.models import Person
from handtag.permits.models import Permit, Service
from tests.desk.conftest import DeskTown, resident


def wish(town: DeskTown, *kinds: str, **more: Any) -> Wish:
    rows = Service.objects.of(town.id).filter(kind__in=kinds or ["shopping"])
    said = {"service_ids": tuple(rows.values_list("id", flat=True)), "place_id": town.place().id, **more}
    return Wish(**said)


def change(town: DeskTown, **more: Any) -> None:
    actions.change_helping(by=town.agent, person_id=town.berta.person, wish=wish(town, **more))


def sent(town: DeskTown, **more: Any) -> dict[str, Any]:
    return {
        "services": [str(town.service().id)],
        "place": str(town.place().id),
        "reach": "5000",
        "ticks": ["1-morning"],
        "languages": ["sv"],
        "most_in_week": "2",
        "submission": uuid4().hex,
        **more,
    }


def test_who_rings_becomes_a_helper_and_both_names_stand_beside_it(town: DeskTown) -> None:
    change(town, any_time=False, ticks=frozenset({Tick(1, "morning")}), reach=5_000, most_in_week=2)
    found = profile(town.id, town.berta.whose)
    assert found is not None
    assert (found.reach, found.any_time, found.most_in_week, found.is_ready) == (5_000, False, 2, True)
    assert Permit.objects.of(town.id).filter(person_id=town.berta.person, side="perform").exists()
    assert Posting.objects.filter(person_id=town.berta.person).exists()
    entries = Entry.objects.filter(verb__startswith="profile.")
    assert entries
    assert {(one.actor_id, one.behalf_of, one.via) for one in entries} == {
        (town.agent.person, town.berta.person, "phone")
    }
    assert Call.objects.of(town.id).get().topics == ["helping"]


def test_another_time_it_is_changed(town: DeskTown) -> None:
    change(town)
    change(town, reach=10_000, most_in_week=1)
    found = profile(town.id, town.berta.whose)
    assert found is not None
    assert (found.reach, found.most_in_week) == (10_000, 1)
    assert HelperProfile.objects.of(town.id).filter(person_id=town.berta.person).count() == 1


def test_only_who_answers_calls(town: DeskTown) -> None:
    with pytest.raises(NotAllowed):
        actions.change_helping(by=resident(town.anna), person_id=town.berta.person, wish=wish(town))


def test_nobody_carries_their_own_words(town: DeskTown) -> None:
    with pytest.raises(Problem):
        actions.change_helping(by=town.agent, person_id=town.agent.whose, wish=wish(town))


def test_not_from_another_town_nor_of_nobody(town: DeskTown, stranger: Any) -> None:
    with pytest.raises(HandtagError):
        actions.change_helping(by=stranger, person_id=town.berta.person, wish=wish(town))
    with pytest.raises(NotFound):
        actions.change_helping(by=town.agent, person_id=uuid4(), wish=wish(town))
    assert not HelperProfile.objects.of(town.id).filter(person_id=town.berta.person).exists()


def test_of_a_protected_person_by_nobody_but_the_officers(town: DeskTown) -> None:
    town.protect(town.berta)
    with pytest.raises(NotFound):
        change(town)
    assert town.browser(town.agent).get(town.path(f"{town.berta.person}/hjalper/")).status_code == 404


class TestPage:
    """The sheet with the caller on the line."""

    def path(self, town: DeskTown) -> str:
        return town.path(f"{town.berta.person}/hjalper/")

    def test_it_is_reached_from_the_callers_page_and_saves(self, town: DeskTown) -> None:
        client = town.browser(town.agent)
        assert self.path(town) in client.get(town.path(f"{town.berta.person}/")).text
        answer = client.post(self.path(town), sent(town), follow=True)
        assert "Sparat." in answer.text
        found = profile(town.id, town.berta.whose)
        assert found is not None
        assert (found.reach, found.ticks) == (5_000, frozenset({Tick(1, "morning")}))
        page = client.get(self.path(town)).text
        assert re.search(r'name="ticks" value="1-morning"[^>]* checked', page)

    def test_whoever_opens_it_stands_in_the_reading_log(self, town: DeskTown) -> None:
        before = Entry.objects.filter(about_id=town.berta.person, actor_id=town.agent.person).count()
        town.browser(town.agent).get(self.path(town))
        assert (
            Entry.objects.filter(about_id=town.berta.person, actor_id=town.agent.person).count() == before + 1
        )

    def test_of_a_protected_one_an_officer_says_why_once_and_nothing_is_lost(self, town: DeskTown) -> None:
        town.protect(town.berta)
        client, kept = town.browser(town.officer()), 'name="reason" value="Vill ändra"'
        assert kept not in client.get(self.path(town)).text
        assert kept in client.post(self.path(town), {"reason": "Vill ändra"}).text
        page = client.post(self.path(town), sent(town, services=[], reason="Vill ändra")).text
        assert kept in page
        assert re.search(r'name="ticks" value="1-morning"[^>]* checked', page)
        client.post(self.path(town), sent(town, reason="Vill ändra"))
        assert profile(town.id, town.berta.whose) is not None

    def test_sent_twice_is_done_once(self, town: DeskTown) -> None:
        client, said = town.browser(town.agent), sent(town)
        client.post(self.path(town), said)
        before = Entry.objects.count()
        client.post(self.path(town), said)
        assert Entry.objects.count() == before

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"services": []}, "Välj minst en sak att hjälpa till med."),
            ({"place": ""}, "Välj orten du hjälper till från."),
            ({"ticks": []}, "Kryssa i"),
            ({"languages": []}, "Välj minst ett språk"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_lost(
        self, town: DeskTown, wrong: dict[str, Any], told: str
    ) -> None:
        answer = town.browser(town.agent).post(self.path(town), sent(town, **wrong))
        assert told in answer.text
        assert not HelperProfile.objects.of(town.id).filter(person_id=town.berta.person).exists()
        assert re.search(r'<option value="2"[^>]* selected', answer.text), "it is lost"

    def test_who_is_under_age_is_offered_what_is_open_to_them(self, town: DeskTown) -> None:
        closed = Service.objects.of(town.id).filter(open_to_youth=False, is_on=True).first()
        assert closed is not None
        client = town.browser(town.agent)
        assert str(closed.id) in client.get(self.path(town)).text
        Person.objects.filter(pk=town.berta.person).update(age="youth")
        assert f'name="services" value="{closed.id}"' not in client.get(self.path(town)).text
