"""Letters that would come too late stand on the call list: rung, told, and gone from both lists."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from handtag.desk import actions
from handtag.desk.queries.ringing import call_list, mine
from handtag.errands.actions import errand as errands
from handtag.errands.models import Errand
from handtag.history.models import Entry
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, NotFound, Problem, TooLate
from handtag.notices.models import Notice
from handtag.notices.queries import queue, to_phone
from handtag.people.models import Person
from tests.desk.conftest import DeskTown, resident

HOME = {"postcode": "252 23", "post_town": "Helsingborg"}


def written(town: DeskTown, **home: str) -> Errand:
    """Berta is told by letter that somebody comes, in so few days that no post gets there."""
    Person.objects.filter(pk=town.berta.person).update(**{**HOME, **home})
    ask = town.file(way="letter", day=clock.today() + timedelta(days=2))
    return town.agree(ask, town.helper())


def test_what_would_come_too_late_is_a_row_with_why_and_until_when(town: DeskTown) -> None:
    errand = written(town)
    (row,) = call_list(town.agent)
    assert (row.person_id, row.is_letter, row.due_at) == (town.berta.person, True, errand.starts_at)
    page = town.browser(town.agent).get(town.path("samtal/")).text
    assert "Ett brev skulle komma för sent" in page
    assert town.path(f"{town.berta.person}/ring-i-stallet/") in page


def test_what_has_nowhere_to_go_too(town: DeskTown) -> None:
    written(town)
    Person.objects.filter(pk=town.berta.person).update(postcode="")
    (row,) = [each for each in call_list(town.agent) if each.is_letter]
    assert row.why == "no_address"


def test_it_is_taken_told_and_gone_from_both_lists(town: DeskTown) -> None:
    errand = written(town)
    browser = town.browser(town.agent)
    answer = browser.post(town.path(f"{town.berta.person}/ring-i-stallet/"), {"submission": "1" * 32})
    assert answer["Location"] == town.path(f"{town.berta.person}/")
    (call,) = mine(town.agent, town.berta.person)
    assert " ".join(errand.door_code) in str(call.news), "what the letter would have said is read aloud"
    told = [each.id for each in call.news]
    actions.note_outcome(by=town.agent, ring_back_id=call.row.id, outcome="reached", told=told)
    assert (call_list(town.agent), to_phone(town.agent), queue(town.agent).ready) == ([], (), ())
    assert Notice.objects.of(town.id).get(kind="errand.agreed").state == "sent"
    assert Entry.objects.filter(verb="letter.to_be_phoned", about_id=town.berta.person).count() == 1


def test_who_does_not_answer_stays_on_the_list(town: DeskTown) -> None:
    written(town)
    row = actions.take_letter(by=town.agent, person_id=town.berta.person)
    actions.note_outcome(by=town.agent, ring_back_id=row.id, outcome="no_answer")
    (row,) = call_list(town.agent)
    assert (row.is_letter, row.why, row.tries, row.waits) == (False, "news", 1, True)


def test_what_was_called_off_meanwhile_is_not_told(town: DeskTown) -> None:
    errand = written(town)
    errands.cancel(by=resident(Actor(errand.helper_id, town.id)), errand_id=errand.id)
    actions.take_letter(by=town.agent, person_id=town.berta.person)
    kinds = [each.kind for each in mine(town.agent, town.berta.person)[0].news]
    assert "errand.cancelled_by_helper" in kinds
    assert "errand.agreed" not in kinds


def test_twice_and_by_a_colleague(town: DeskTown) -> None:
    written(town)
    actions.take_letter(by=town.agent, person_id=town.berta.person)
    for by in (town.agent, town.colleague):
        with pytest.raises(TooLate):
            actions.take_letter(by=by, person_id=town.berta.person)


def test_without_a_number_nobody_rings(town: DeskTown) -> None:
    written(town)
    Person.objects.filter(pk=town.berta.person).update(phone="")
    assert [row.has_number for row in call_list(town.agent)] == [False]
    assert "ring-i-stallet" not in town.browser(town.agent).get(town.path()).text
    with pytest.raises(Problem):
        actions.take_letter(by=town.agent, person_id=town.berta.person)
    assert to_phone(town.agent)


def test_only_who_answers_calls_and_of_this_town(town: DeskTown, stranger: Actor) -> None:
    written(town)
    with pytest.raises(NotAllowed):
        actions.take_letter(by=resident(town.berta), person_id=town.berta.person)
    with pytest.raises(NotFound):
        actions.take_letter(by=stranger, person_id=town.berta.person)
    assert call_list(stranger) == []


def test_the_protected_are_on_no_list_but_the_officers(town: DeskTown) -> None:
    written(town)
    town.protect(town.berta)
    assert call_list(town.agent) == []
    with pytest.raises(NotFound):
        actions.take_letter(by=town.agent, person_id=town.berta.person)


@pytest.mark.race
def test_one_of_two_at_the_same_moment(transactional_db: None, at_once: Callable[..., list[Any]]) -> None:
    town = DeskTown().cast()
    written(town)

    def take(by: Actor) -> Callable[[], object]:
        return lambda: actions.take_letter(by=by, person_id=town.berta.person)

    got = at_once(take(town.agent), take(town.colleague))
    assert sorted(type(each).__name__ for each in got) == ["RingBack", "TooLate"]
