"""This is for home care: handed on, and not lost."""

from datetime import timedelta

import pytest

from handtag.cases import actions as cases
from handtag.cases import queries
from handtag.cases.models import Case
from handtag.desk import actions
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, NotFound, Problem
from handtag.kernel.rights import Role
from handtag.notices.models import Notice
from tests.desk.conftest import DeskTown


@pytest.fixture
def carer(town: DeskTown) -> Actor:
    """Somebody of home care, who reads only what is handed on to them."""
    return town.staff(Role.AMBASSADOR, "Sofia")


def hand_on(town: DeskTown, receiver: Actor | None = None, by: Actor | None = None) -> Case:
    return actions.hand_on(
        by=by or town.agent,
        person_id=town.berta.person,
        concern="home_care",
        words="Behöver hjälp att duscha",
        days=1,
        receiver_id=receiver.person if receiver else None,
    )


def test_it_stands_on_the_list_until_somebody_takes_it(town: DeskTown, carer: Actor) -> None:
    case = hand_on(town, carer)
    row = queries.handed_on(town.colleague)[0]
    assert (row.receiver, row.state, row.person) == ("Sofia Berg", "new", "Berta Berg")
    assert Notice.objects.of(town.id).filter(person_id=carer.person, kind="case.handed_on").exists()
    cases.accept(by=carer, case_id=case.id)
    cases.accept(by=carer, case_id=case.id)
    assert [(row.state, row.handler) for row in queries.handed_on(town.agent)] == [("in_hand", "Sofia Berg")]


def test_the_receiver_reads_it_and_other_staff_do_not(town: DeskTown, carer: Actor) -> None:
    case = hand_on(town, carer)
    assert cases.open_page(by=carer, case_id=case.id).words == "Behöver hjälp att duscha"
    with pytest.raises(NotFound):
        cases.open_page(by=town.colleague, case_id=case.id)
    with pytest.raises(NotFound):
        cases.accept(by=town.colleague, case_id=case.id)


def test_what_nobody_takes_in_time_is_the_coordinators_again(town: DeskTown, carer: Actor) -> None:
    case = hand_on(town, carer)
    assert cases.fall_back_due() == 0
    with clock.travelling(clock.now() + timedelta(days=2)):
        assert (cases.fall_back_due(), cases.fall_back_due()) == (1, 0)
        with pytest.raises(NotFound):
            cases.accept(by=carer, case_id=case.id)
        rows = queries.waiting(town.staff(Role.COORDINATOR, "Maria"))
        assert [(row.id, row.is_late) for row in rows] == [(case.id, True)]


def test_without_a_receiver_it_is_the_coordinators_from_the_start(town: DeskTown) -> None:
    case = hand_on(town)
    assert [row.id for row in queries.waiting(town.staff(Role.COORDINATOR, "Maria"))] == [case.id]


def test_not_to_somebody_without_an_office(town: DeskTown) -> None:
    with pytest.raises(NotFound):
        hand_on(town, town.anna)


def test_what_and_for_whom_must_be_said(town: DeskTown) -> None:
    with pytest.raises(Problem):
        actions.hand_on(by=town.agent, person_id=town.berta.person, concern="home_care", words=" ", days=1)


def test_only_who_answers_calls_in_this_town_and_nobody_protected(
    town: DeskTown, neighbour: DeskTown
) -> None:
    with pytest.raises(NotAllowed):
        hand_on(town, by=town.anna)
    with pytest.raises(NotFound):
        hand_on(town, by=neighbour.agent)
    hand_on(town)
    town.protect(town.berta)
    with pytest.raises(NotFound):
        hand_on(town)
    assert queries.handed_on(town.agent) == []
    assert queries.handed_on(neighbour.agent) == []
