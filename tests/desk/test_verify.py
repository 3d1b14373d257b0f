"""Somebody at the door: yes or no."""

from datetime import timedelta

import pytest

from handtag.desk import actions
from handtag.desk.models import Call
from handtag.errands.models import Errand
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed
from handtag.permits.models import HelperCode, Permit
from tests.desk.conftest import DeskTown


def code_of(town: DeskTown, helper: Actor) -> str:
    row, _made = HelperCode.objects.of(town.id).get_or_create(
        municipality_id=town.id, person_id=helper.person, defaults={"code": "hk2580"}
    )
    return row.code


def test_by_name_or_by_the_number_on_the_card(town: DeskTown) -> None:
    helper = town.helper()
    for words in ("Leila", code_of(town, helper).upper()):
        found = actions.verify(by=town.agent, words=words)
        assert (found.is_yes, found.helpers[0].person_id) == (True, helper.person)


def test_by_the_address_about_the_hour(town: DeskTown) -> None:
    errand = town.agree(town.file(address="Storgatan 8"), town.helper())
    with clock.travelling(errand.starts_at - timedelta(minutes=10)):
        assert actions.verify(by=town.agent, words="storgatan 8").is_yes
        assert not actions.verify(by=town.agent, words="Storgatan 88").is_yes
    with clock.travelling(errand.starts_at - timedelta(days=1)):
        assert not actions.verify(by=town.agent, words="Storgatan 8").is_yes


def test_no_for_a_stranger_and_for_who_has_lost_the_permit(town: DeskTown) -> None:
    assert not actions.verify(by=town.agent, words="Rövare").is_yes
    helper = town.helper()
    Permit.objects.of(town.id).filter(person_id=helper.person).update(state="suspended")
    assert not actions.verify(by=town.agent, words="Leila").is_yes


def test_two_of_one_name_are_no_yes_yet(town: DeskTown) -> None:
    town.helper("Leila"), town.helper("Leila")
    found = actions.verify(by=town.agent, words="Leila")
    assert (found.is_yes, found.is_several) == (False, True)


def test_a_protected_helper_and_nobody_get_the_same_answer(town: DeskTown) -> None:
    helper = town.helper("Kanariefrida")
    code = code_of(town, helper)
    town.protect(helper)
    nobody = actions.verify(by=town.agent, words="Xyzzy")
    assert actions.verify(by=town.agent, words="Kanariefrida") == nobody
    assert actions.verify(by=town.agent, words=code) == nobody


def test_an_address_tells_nothing_of_the_protected(town: DeskTown) -> None:
    errand = town.agree(town.file(address="Storgatan 8"), town.helper())
    town.protect(town.berta)
    Errand.objects.of(town.id).filter(pk=errand.pk).update(state="agreed")
    with clock.travelling(errand.starts_at):
        assert not actions.verify(by=town.agent, words="Storgatan 8").is_yes


def test_each_question_is_logged(town: DeskTown) -> None:
    town.helper()
    actions.verify(by=town.agent, words="Leila")
    actions.verify(by=town.agent, words="Rövare")
    rows = Call.objects.of(town.id).filter(topics=["verify"]).order_by("at")
    assert list(rows.values_list("outcome", flat=True)) == ["yes", "no"]


def test_only_who_answers(town: DeskTown) -> None:
    with pytest.raises(NotAllowed):
        actions.verify(by=town.anna, words="Leila")


def test_a_neighbouring_towns_helper_is_nobody_here(town: DeskTown, neighbour: DeskTown) -> None:
    neighbour.helper()
    assert not actions.verify(by=town.agent, words="Leila").is_yes
