"""A municipality comes into being by its code."""

import pytest

from handtag.geo import municipalities as listed
from handtag.history.models import Entry
from handtag.kernel.actor import Actor, Via, system
from handtag.kernel.errors import NotAllowed, Problem
from handtag.municipalities import actions, queries
from handtag.municipalities.models import Committee, Municipality
from tests.municipalities.ground import Town

BY = system(None, Via.COMMAND)


def test_it_is_live_at_once(db: None) -> None:
    made = actions.add(by=BY, code="0120")
    assert (made.name, made.slug, made.county) == ("Värmdö", "varmdo", "Stockholms län")
    assert queries.by_slug("varmdo") == queries.by_code("0120") == queries.by_id(made.id) == made
    assert [area.name for area in queries.areas(made.id)] == ["Värmdö"]
    assert {row.name for row in queries.places(made.id)} == {place.name for place in listed.places("0120")}
    assert {one.name for one in queries.committees(made.id)} == {"Kommunstyrelsen", "Socialnämnden"}
    assert not made.is_sample


def test_all_its_places_fall_into_its_one_area(db: None) -> None:
    made = actions.add(by=BY, code="1276")
    assert {row.area for row in queries.places(made.id)} == {"Klippan"}


def test_a_wrong_code_is_answered_with_the_nearest(db: None) -> None:
    with pytest.raises(Problem, match="1283"):
        actions.add(by=BY, code="1238")
    assert not Municipality.objects.exists()


def test_only_the_product_adds(coordinator: Actor) -> None:
    with pytest.raises(NotAllowed):
        actions.add(by=coordinator, code="1260")


def test_twice_is_refused_and_changes_nothing(town: Town) -> None:
    before = Committee.objects.of(town.id).count()
    with pytest.raises(actions.AlreadyHere):
        actions.add(by=BY, code="1283")
    assert Municipality.objects.count() == 1
    assert Committee.objects.of(town.id).count() == before


def test_it_stands_in_the_book_of_the_new_town(town: Town) -> None:
    entry = Entry.objects.get(verb="municipality.added")
    assert (entry.municipality_id, entry.facts) == (town.id, {"code": "1283"})


def test_rooms_above_give_it_what_is_theirs(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[object] = []
    monkeypatch.setattr(actions.towns, "AFTER_ADD", [lambda made, by: given.append((made.code, by.tenant))])
    made = actions.add(by=BY, code="1260")
    assert given == [("1260", made.id)]


def test_a_consequence_that_fails_leaves_no_town(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(made: Municipality, by: Actor) -> None:
        raise RuntimeError

    monkeypatch.setattr(actions.towns, "AFTER_ADD", [fails])
    with pytest.raises(RuntimeError):
        actions.add(by=BY, code="1260")
    assert not Municipality.objects.exists()


@pytest.mark.race
def test_the_same_town_twice_at_the_same_moment(at_once) -> None:
    outcomes = at_once(*[lambda: actions.add(by=BY, code="1260")] * 3)
    assert sum(isinstance(one, Municipality) for one in outcomes) == 1
    assert sum(isinstance(one, actions.AlreadyHere) for one in outcomes) == 2
