"""Opening an ask."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from handtag.errands.models import Ask, AskPlace, Occasion, Series
from handtag.geo.points import Point, snap
from handtag.history.models import Entry
from handtag.kernel.actor import NOBODY, Actor
from handtag.kernel.errors import NotAllowed, NotFound, Problem, Problems
from handtag.kernel.rights import Role
from handtag.permits.models import Permit
from handtag.permits.queries import NoPermit
from tests.errands.asked import THURSDAY, AskTown

NOW = datetime(2026, 11, 21, 12, 40, tzinfo=UTC)  # 13:40 on a Swedish clock


@pytest.fixture(autouse=True)
def today(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def town(db: None) -> AskTown:
    return AskTown()


def test_it_is_open_with_its_time_its_place_and_a_trace(town: AskTown) -> None:
    asker = town.person()
    ask = town.ask(asker, need="Milk and bread", know="The dog barks", languages=("sv",), door="2 tr")
    place = town.place()
    occasion = Occasion.objects.of(town.id).get(ask=ask)
    assert (ask.state, ask.asker_id, ask.filed_by_id) == ("open", asker.person_id, None)
    assert occasion.starts_at == datetime(2026, 11, 26, 13, tzinfo=UTC)
    assert (occasion.wanted, occasion.filled) == (1, 0)
    assert AskPlace.objects.get(ask=ask).place_id == place.id
    assert Point(ask.longitude, ask.latitude) == snap(Point(place.longitude, place.latitude))
    assert ask.area_id is not None
    assert ask.announce_at == NOW
    assert ask.responsibility
    assert Entry.objects.filter(object_id=ask.id, verb="ask.opened", about_id=asker.person_id).exists()


def test_a_rule_that_lets_everybody_ask_grants_the_permit_on_the_way(town: AskTown) -> None:
    asker = town.person()
    town.ask(asker)
    assert Permit.objects.of(town.id).get(person_id=asker.person, side="ask").state == "granted"


def test_a_series_has_an_occasion_for_each_date_that_is_not_excepted(town: AskTown) -> None:
    ask = town.ask(
        town.person(),
        last_on=THURSDAY + timedelta(weeks=4),
        excepted=(THURSDAY + timedelta(weeks=2),),
        wanted=2,
    )
    occasions = Occasion.objects.of(town.id).filter(ask=ask)
    assert occasions.count() == 4
    assert {occasion.wanted for occasion in occasions} == {2}
    assert Series.objects.get(ask=ask).excepted == ["2026-12-10"]


def test_words_of_the_care_list_are_kept_for_the_coordinator(town: AskTown) -> None:
    ask = town.ask(town.person(), need="Ge mig min insulinspruta")
    assert ask.care_words == ["insulin*"]


def test_without_the_right_nothing_is_opened(town: AskTown) -> None:
    stranger = Actor(town.person().person_id, town.id, ())
    with pytest.raises(NotAllowed):
        town.ask(stranger)
    with pytest.raises(NotAllowed):
        town.ask(NOBODY)


def test_without_a_permit_the_asker_hears_what_remains(town: AskTown) -> None:
    from handtag.permits.actions import set_rule
    from handtag.permits.rules import Demand

    coordinator = town.staff(Role.COORDINATOR)
    set_rule(
        by=coordinator,
        service_id=town.service().id,
        side="ask",
        demands=[Demand("identity")],
        automatic=False,
        valid_months=None,
    )
    with pytest.raises(NoPermit) as refusal:
        town.ask(town.person())
    assert refusal.value.remaining
    assert not Ask.objects.of(town.id).exists()


def test_another_towns_service_and_place_are_not_there(town: AskTown) -> None:
    neighbour = AskTown("1260")
    asker = town.person()
    with pytest.raises(NotFound):
        town.ask(asker, service_id=neighbour.service().id)
    with pytest.raises(NotFound):
        town.ask(asker, place_id=neighbour.place().id)
    with pytest.raises(Problem):
        town.ask(asker, group_ids=(uuid4(),))
    assert not Ask.objects.everywhere().exists()


def test_a_point_outside_the_municipality_is_refused(town: AskTown) -> None:
    with pytest.raises(Problem) as refusal:
        town.ask(town.person(), place_id=None, longitude=18.06, latitude=59.33)
    assert refusal.value.field == "place"


def test_a_service_that_is_off_is_refused(town: AskTown) -> None:
    from handtag.permits.actions import switch_service

    switch_service(by=town.staff(Role.COORDINATOR), service_id=town.service().id, on=False)
    with pytest.raises(Problems) as refusal:
        town.ask(town.person())
    assert refusal.value.problems[0].field == "service"


def test_money_is_refused_where_the_service_has_none(town: AskTown) -> None:
    with pytest.raises(Problems) as refusal:
        town.ask(
            town.person(), service_id=town.service("dog_walk").id, outlay_how="swish", outlay_ceiling=200
        )
    assert refusal.value.problems[0].field == "outlay_how"


def test_all_problems_are_said_together_each_at_its_field(town: AskTown) -> None:
    with pytest.raises(Problems) as refusal:
        town.ask(
            town.person(), wanted=7, place_id=None, accepted=False, outlay_how="swish", outlay_ceiling=2001
        )
    fields = [problem.field for problem in refusal.value.problems]
    assert fields == ["outlay_ceiling", "wanted", "place", "accepted"]


def test_a_protected_persons_ask_says_nothing_finer_than_the_municipality(town: AskTown) -> None:
    from handtag.notices.models import Notice
    from handtag.people.actions import mark_protected

    officer = town.staff(Role.PROTECTED_IDENTITY_OFFICER, "Olga")
    give_officer_role(town, officer)
    asker = town.person("Kanariefågel")
    mark_protected(by=officer, person_id=asker.person, kind="secrecy_mark", reason="Decision seen")
    ask = town.ask(asker, address="Hemliga gatan 7", door="Kanariefågel")
    where = AskPlace.objects.get(ask=ask)
    centre = Point(town.municipality.longitude, town.municipality.latitude)
    assert (ask.area_id, where.place_id, where.words, where.door) == (None, None, "", "")
    assert Point(ask.longitude, ask.latitude) == snap(centre)
    assert ask.announce_at is None
    told = Notice.objects.of(town.id).get(kind="ask.for_officers")
    assert told.person_id == officer.person_id
    assert "anari" not in told.subject + told.body + told.link


def give_officer_role(town: AskTown, officer: Actor) -> None:
    from handtag.kernel.actor import system
    from handtag.people.actions import give_role

    give_role(by=system(town.id), person_id=officer.person, role=Role.PROTECTED_IDENTITY_OFFICER)


def test_one_who_acts_for_another_is_named_beside(town: AskTown) -> None:
    helped, coordinator = town.person(), town.staff(Role.COORDINATOR)
    acting = coordinator.in_name_of(helped.person)
    ask = town.ask(acting)
    assert (ask.asker_id, ask.filed_by_id) == (helped.person_id, coordinator.person_id)
