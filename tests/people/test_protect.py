"""A protected identity: marked and lifted by officers, and absent for everybody else."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handtag.history.models import Entry
from handtag.kernel.actor import Actor, Hat
from handtag.kernel.errors import NotAllowed, NotFound, Problem
from handtag.kernel.rights import ROLES, Right, Role
from handtag.people import actions, queries
from handtag.people.actions import protecting
from handtag.people.models import Person
from tests.municipalities.ground import Town

MARK: dict[str, Any] = {"kind": "secrecy_mark", "reason": "Visat beslut"}
OTHERS = [role for role in Role if Right.KEEP_PROTECTED not in ROLES[role]]


def test_an_officer_marks_with_a_reason(town: Town, officer: Actor, anna: Person) -> None:
    marked = actions.mark_protected(by=officer, person_id=anna.id, **MARK)
    assert marked.is_protected
    entry = Entry.objects.get(verb="person.protected")
    assert (entry.about_id, entry.actor_id, entry.role) == (
        anna.id,
        officer.person,
        "protected_identity_officer",
    )
    assert entry.words.text == "Visat beslut"


@pytest.mark.parametrize(
    ("wrong", "field"), [({"reason": " "}, "reason"), ({"kind": "none"}, "kind"), ({"kind": "x"}, "kind")]
)
def test_half_a_mark_is_none(officer: Actor, anna: Person, wrong: dict[str, str], field: str) -> None:
    with pytest.raises(Problem) as refusal:
        actions.mark_protected(by=officer, person_id=anna.id, **(MARK | wrong))
    assert refusal.value.field == field
    anna.refresh_from_db()
    assert not anna.is_protected


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_marks_or_lifts(town: Town, anna: Person, hidden: Person, role: Role) -> None:
    by = Actor(uuid.uuid4(), town.id, (Hat(role),))
    with pytest.raises(NotAllowed):
        actions.mark_protected(by=by, person_id=anna.id, **MARK)
    with pytest.raises(NotAllowed):
        actions.unmark(by=by, person_id=hidden.id, reason="x")


def test_the_neighbours_officer_finds_nobody(neighbour: Town, anna: Person, hidden: Person) -> None:
    by = neighbour.staff(Role.PROTECTED_IDENTITY_OFFICER)
    with pytest.raises(NotFound):
        actions.mark_protected(by=by, person_id=anna.id, **MARK)
    with pytest.raises(NotFound):
        actions.unmark(by=by, person_id=hidden.id, reason="x")


@pytest.fixture
def in_both(neighbour: Town, hidden: Person) -> Person:
    """The protected person, who takes part next door too; Helsingborg has set the mark."""
    actions.become_resident(by=Actor(hidden.id, neighbour.id), person_id=hidden.id)
    return hidden


@pytest.fixture
def next_door(neighbour: Town) -> Actor:
    return neighbour.staff(Role.PROTECTED_IDENTITY_OFFICER, "Berit")


def test_the_town_that_set_the_mark_is_kept_and_lifts_it(town: Town, officer: Actor, hidden: Person) -> None:
    assert hidden.marked_by_id == town.id
    colleague = town.staff(Role.PROTECTED_IDENTITY_OFFICER, "Pia")
    lifted = actions.unmark(by=colleague, person_id=hidden.id, reason="Upphört")
    assert (lifted.protection, lifted.marked_by_id) == ("none", None)


def test_the_neighbour_neither_lifts_nor_changes_it(town: Town, next_door: Actor, in_both: Person) -> None:
    tries: list[Any] = [
        lambda: actions.unmark(by=next_door, person_id=in_both.id, reason="Upphört"),
        lambda: actions.mark_protected(by=next_door, person_id=in_both.id, **MARK),
        lambda: actions.mark_protected(
            by=next_door, person_id=in_both.id, kind="protected_registration", reason="Nytt", chosen_name="X"
        ),
    ]
    for deed in tries:
        with pytest.raises(Problem) as refusal:
            deed()
        # Where else somebody is known is not for the neighbour to read.
        assert town.municipality.name not in str(refusal.value)
    in_both.refresh_from_db()
    assert (in_both.protection, in_both.chosen_name, in_both.marked_by_id) == ("secrecy_mark", "Kim", town.id)


def test_the_neighbours_officer_still_reads_and_works(next_door: Actor, in_both: Person) -> None:
    page = actions.open_page(by=next_door, person_id=in_both.id, reason="Placera en fråga")
    assert (page.is_protected, page.may_lift) == (True, False)


def test_the_neighbour_marks_anew_what_was_lifted(
    neighbour: Town, officer: Actor, next_door: Actor, in_both: Person
) -> None:
    actions.unmark(by=officer, person_id=in_both.id, reason="Upphört")
    marked = actions.mark_protected(by=next_door, person_id=in_both.id, **MARK)
    assert marked.marked_by_id == neighbour.id
    with pytest.raises(Problem):
        actions.unmark(by=officer, person_id=in_both.id, reason="Upphört")


def test_who_has_left_the_town_that_set_it_is_not_marked_for_good(
    town: Town, neighbour: Town, next_door: Actor, in_both: Person
) -> None:
    actions.take_role(by=town.actor(in_both), person_id=in_both.id, role=Role.RESIDENT)
    assert actions.unmark(by=next_door, person_id=in_both.id, reason="Upphört").marked_by_id is None


@pytest.mark.race
def test_two_towns_that_mark_at_the_same_moment_do_not_overwrite_each_other(
    at_once: Callable[..., list[Any]], town: Town, neighbour: Town
) -> None:
    person = town.resident("Anna")
    actions.become_resident(by=Actor(person.id, neighbour.id), person_id=person.id)
    officers = [one.staff(Role.PROTECTED_IDENTITY_OFFICER) for one in (town, neighbour)]
    outcomes = at_once(
        *[lambda by=by: actions.mark_protected(by=by, person_id=person.id, **MARK) for by in officers]
    )
    set_by = [one.marked_by_id for one in outcomes if isinstance(one, Person)]
    person.refresh_from_db()
    assert set_by == [person.marked_by_id]
    assert Entry.objects.filter(verb="person.protected").count() == 1


def test_who_is_not_there_is_not_found(officer: Actor) -> None:
    with pytest.raises(NotFound):
        actions.mark_protected(by=officer, person_id=uuid.uuid4(), **MARK)


def test_twice_writes_once(officer: Actor, anna: Person) -> None:
    actions.mark_protected(by=officer, person_id=anna.id, **MARK)
    actions.mark_protected(by=officer, person_id=anna.id, **MARK)
    assert Entry.objects.filter(verb="person.protected").count() == 1
    actions.unmark(by=officer, person_id=anna.id, reason="Upphört")
    actions.unmark(by=officer, person_id=anna.id, reason="Upphört")
    assert Entry.objects.filter(verb="person.unprotected").count() == 1


def test_rooms_above_hide_it_in_the_same_transaction(
    officer: Actor, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    hid: list[uuid.UUID] = []
    monkeypatch.setattr(protecting, "AFTER_PROTECT", [lambda by, person_id: hid.append(person_id)])
    actions.mark_protected(by=officer, person_id=anna.id, **MARK)
    assert hid == [anna.id]

    def fails(by: Actor, person_id: uuid.UUID) -> None:
        raise RuntimeError

    actions.unmark(by=officer, person_id=anna.id, reason="Upphört")
    monkeypatch.setattr(protecting, "AFTER_PROTECT", [fails])
    with pytest.raises(RuntimeError):
        actions.mark_protected(by=officer, person_id=anna.id, **MARK)
    anna.refresh_from_db()
    assert not anna.is_protected


def test_lifting_needs_a_reason(officer: Actor, hidden: Person) -> None:
    with pytest.raises(Problem) as refusal:
        actions.unmark(by=officer, person_id=hidden.id, reason=" ")
    assert refusal.value.field == "reason"
    assert not actions.unmark(by=officer, person_id=hidden.id, reason="Upphört").is_protected


@pytest.mark.parametrize("role", OTHERS)
def test_for_all_others_hidden_is_absent(town: Town, hidden: Person, role: Role) -> None:
    by = Actor(uuid.uuid4(), town.id, (Hat(role),))
    for person_id in (hidden.id, uuid.uuid4()):
        with pytest.raises(NotFound):
            queries.person(by, person_id)
    if Right.SEE_PEOPLE in ROLES[role]:
        for words in ("Zelda", "Hemlig", hidden.phone, hidden.email, "070-174 06 33"):
            assert queries.search(by, words) == []
        for person_id in (hidden.id, uuid.uuid4()):
            with pytest.raises(NotFound):
                actions.open_page(by=by, person_id=person_id, reason="Jag vill")


def test_hidden_costs_the_same_queries_as_absent(coordinator: Actor, hidden: Person) -> None:
    """One and the same statement finds neither, so that not even its time can tell."""

    def asked(person_id: uuid.UUID) -> list[str]:
        nobody = uuid.UUID(int=0)
        with CaptureQueriesContext(connection) as seen, pytest.raises(NotFound):
            actions.open_page(by=coordinator, person_id=person_id)
        said = [query["sql"] for query in seen.captured_queries if "SAVEPOINT" not in query["sql"]]
        return [sql.replace(person_id.hex, nobody.hex).replace(str(person_id), str(nobody)) for sql in said]

    assert len(asked(hidden.id)) == 1
    assert asked(hidden.id) == asked(uuid.uuid4())


def test_oneself_and_the_officer_see_it_all(town: Town, officer: Actor, hidden: Person) -> None:
    assert queries.person(town.actor(hidden), hidden.id) == hidden
    assert queries.person(officer, hidden.id) == hidden
    (found,) = queries.search(officer, "zel")
    assert (found.name, found.is_protected) == ("Zelda Hemlig", True)


def test_the_reason_is_asked_and_kept(officer: Actor, hidden: Person, anna: Person) -> None:
    with pytest.raises(actions.ReasonNeeded):
        actions.open_page(by=officer, person_id=hidden.id)
    assert not Entry.objects.filter(verb="person.read").exists()
    page = actions.open_page(by=officer, person_id=hidden.id, reason="Placera en fråga")
    assert (page.name, page.is_protected) == ("Zelda Hemlig", True)
    assert Entry.objects.get(verb="person.read").words.text == "Placera en fråga"
    actions.open_page(by=officer, person_id=anna.id)
