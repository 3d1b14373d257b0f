"""Erasing a person: asked for, done by who keeps the records, everything that can go goes."""

import json
from uuid import UUID

import pytest

from handtag.history import actions as history
from handtag.history import queries as book
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, NotFound
from handtag.kernel.rights import Role
from handtag.login import actions as login
from handtag.login.models import User
from handtag.operations.queries import state
from handtag.people.models import Person
from handtag.privacy.actions import erasing
from handtag.privacy.queries import holdings
from handtag.privacy.queries import retention as queries
from tests.privacy.conftest import Town


def test_nothing_of_the_person_is_left_anywhere(town: Town, resident: UUID, keeper: Actor) -> None:
    login.make_user(
        by=town.as_(keeper.person, Role.ADMINISTRATOR), person_id=resident, email="greta@example.org"
    )
    erased = erasing.erase(by=keeper, person_id=resident)
    everything = "\n".join(state.line(row) for model in state.tables() for row in state.rows(model))
    assert "Greta" not in everything
    assert "greta@example.org" not in everything
    assert erased.deleted["notice"] == 4
    assert not User.objects.filter(email="greta@example.org").exists()
    assert Person.objects.get(pk=resident).erased_at is not None


def test_what_stays_has_its_reason(resident: UUID, keeper: Actor) -> None:
    erased = erasing.erase(by=keeper, person_id=resident)
    assert "person" in erased.kept
    assert all(erased.kept.values())


def test_the_chain_of_the_log_still_holds(town: Town, resident: UUID, keeper: Actor) -> None:
    history.record(
        by=keeper, verb="person.read", kind="person", object_id=resident, about=resident, reason="Greta rang"
    )
    history.seal()
    erasing.erase(by=keeper, person_id=resident)
    history.seal()
    assert book.verify_chain(town.id).holds


def test_twice_changes_nothing(resident: UUID, keeper: Actor) -> None:
    erasing.erase(by=keeper, person_id=resident)
    before = state.digest()
    erasing.erase(by=keeper, person_id=resident)
    assert state.digest() == before


def test_asking_is_seen_by_who_keeps_the_records_and_answered(
    town: Town, resident: UUID, keeper: Actor
) -> None:
    by = town.as_(resident, Role.RESIDENT)
    erasing.ask_for_erasure(by=by)
    erasing.ask_for_erasure(by=by)
    assert [one.person_id for one in queries.erasure_requests(keeper)] == [resident]
    erasing.erase(by=keeper, person_id=resident)
    assert queries.erasure_requests(keeper) == []


def test_nobody_else_erases(town: Town, resident: UUID) -> None:
    with pytest.raises(NotAllowed):
        erasing.erase(by=town.as_(town.register("Maria"), Role.COORDINATOR), person_id=resident)


def test_the_neighbour_erases_nobody_here(neighbour: Town, resident: UUID) -> None:
    stranger = neighbour.as_(neighbour.register("Stranger"), Role.ADMINISTRATOR)
    with pytest.raises(NotFound):
        erasing.erase(by=stranger, person_id=resident)


def test_my_data_holds_what_is_mine_and_who_looked(town: Town, resident: UUID, keeper: Actor) -> None:
    history.looked(by=keeper, about=resident, page="person")
    by = town.as_(resident, Role.RESIDENT)
    titles = {holding.record.type for holding in holdings.holdings(by, resident)}
    assert {"person", "role", "notice"} <= titles
    assert [look.page for look in holdings.looks(by, resident)] == ["person"]
    exported = json.dumps(holdings.export(by, resident))
    assert "greta@example.org" in exported
    assert "Words to Greta" in exported


def test_nobody_reads_somebody_elses_data(town: Town, resident: UUID) -> None:
    by = town.as_(town.register("Other"), Role.RESIDENT)
    with pytest.raises(NotAllowed):
        holdings.holdings(by, resident)
    with pytest.raises(NotAllowed):
        holdings.export(by, resident)
