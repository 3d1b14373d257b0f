"""Two people who shall not meet."""

import uuid

import pytest

from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, NotFound, Problem
from handtag.people import actions, queries
from handtag.people.models import Block, Person
from tests.municipalities.ground import Town


@pytest.fixture
def bo(town: Town) -> Person:
    return town.resident("Bo")


def test_it_holds_in_both_directions(town: Town, anna: Person, bo: Person) -> None:
    actions.block(by=town.actor(anna), other_id=bo.id)
    assert queries.blocked(town.id, anna.id) == {bo.id}
    assert queries.blocked(town.id, bo.id) == {anna.id}
    assert queries.blocked_by_me(town.actor(anna)) == [(bo.id, "Bo")]
    assert queries.blocked_by_me(town.actor(bo)) == []


def test_twice_is_once(town: Town, anna: Person, bo: Person) -> None:
    for _again in range(2):
        actions.block(by=town.actor(anna), other_id=bo.id)
    assert Block.objects.of(town.id).count() == 1


def test_one_lifts_ones_own_alone(town: Town, anna: Person, bo: Person) -> None:
    actions.block(by=town.actor(anna), other_id=bo.id)
    actions.unblock(by=town.actor(bo), other_id=anna.id)
    assert queries.blocked(town.id, anna.id) == {bo.id}
    actions.unblock(by=town.actor(anna), other_id=bo.id)
    actions.unblock(by=town.actor(anna), other_id=bo.id)
    assert queries.blocked(town.id, anna.id) == set()


def test_not_oneself_nor_who_is_not_here(town: Town, neighbour: Town, anna: Person) -> None:
    with pytest.raises(Problem):
        actions.block(by=town.actor(anna), other_id=anna.id)
    for other in (neighbour.resident("Nils").id, uuid.uuid4()):
        with pytest.raises(NotFound):
            actions.block(by=town.actor(anna), other_id=other)


def test_a_visitor_blocks_nobody(town: Town, anna: Person) -> None:
    with pytest.raises(NotAllowed):
        actions.block(by=Actor(None, town.id), other_id=anna.id)


@pytest.mark.race
def test_at_the_same_moment_is_once(at_once, town: Town) -> None:
    one, other = town.resident("Anna"), town.resident("Bo")
    outcomes = at_once(*[lambda: actions.block(by=town.actor(one), other_id=other.id)] * 3)
    assert {type(outcome) for outcome in outcomes} == {Block}
    assert Block.objects.of(town.id).count() == 1
