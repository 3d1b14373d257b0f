"""The short course and the material: open to all staff, noted for ambassadors, demanded where one wants."""

from typing import Any

import pytest

from handtag.ambassadors import queries, rules
from handtag.ambassadors.actions import answer, demand_course, say_branch
from handtag.ambassadors.models import Ambassador
from handtag.kernel.actor import Actor, system
from handtag.kernel.errors import NotAllowed, NotFound
from handtag.kernel.rights import IN_PARTNERSHIP, STAFF, Role
from handtag.people.actions import erase_person
from handtag.permits.models import Check
from tests.ambassadors.conftest import NearTown


def learn(town: NearTown, by: Actor, *but: str) -> None:
    for page in rules.PAGES:
        if page not in but:
            assert answer(by=by, page=page, chosen=rules.RIGHT[page])


def test_every_page_has_one_right_answer_and_says_why(town: NearTown) -> None:
    shown = [page for page, _done in queries.course(town.vera).pages]
    assert [page.key for page in shown] == list(rules.PAGES)
    for page in shown:
        assert len(page.answers) == 3
        assert rules.RIGHT[page.key] in range(3)
        assert all(str(piece) for piece in (*page.pieces, page.because))
    assert len(set(rules.RIGHT.values())) > 1


def test_done_with_the_last_right_answer_and_noted_as_a_check(town: NearTown) -> None:
    learn(town, town.vera, "fel")
    assert not answer(by=town.vera, page="fel", chosen=0)
    assert not Check.objects.of(town.id).exists()
    for _twice in range(2):
        assert answer(by=town.vera, page="fel", chosen=rules.RIGHT["fel"])
    check = Check.objects.of(town.id).get()
    assert (check.person_id, check.kind, check.name) == (town.vera.person_id, "training", rules.TRAINING)
    assert check.checked_by_id is None
    assert queries.course(town.vera).is_done


def test_of_other_staff_nothing_is_noted(town: NearTown) -> None:
    learn(town, town.petra)
    assert not Ambassador.objects.of(town.id).exists()
    assert not Check.objects.of(town.id).exists()


@pytest.mark.parametrize("role", sorted(STAFF - IN_PARTNERSHIP))
def test_everybody_on_the_staff_reads_and_no_resident(town: NearTown, role: Role) -> None:
    client = town.client(town.staff(role, "Nils"))
    for path in ("kurs/", "kurs/ja/", "material/", *(f"material/{leaf}/" for leaf in rules.MATERIAL)):
        assert client.get(town.url(path)).status_code == 200, path
    assert town.url("material/") in client.get(town.url("kurs/")).content.decode()


def test_no_resident_and_no_visitor(town: NearTown) -> None:
    with pytest.raises(NotAllowed):
        queries.course(town.anna)
    assert town.client(town.anna).get(town.url("kurs/")).status_code == 403
    with pytest.raises(NotFound):
        answer(by=town.vera, page="okand", chosen=0)


def test_by_the_pages(town: NearTown) -> None:
    client = town.client(town.vera)
    wrong = client.post(town.url("kurs/granne/"), {"answer": "0"}).content.decode()
    assert "Inte riktigt" in wrong
    right = client.post(town.url("kurs/granne/"), {"answer": "1"}).content.decode()
    assert town.url("kurs/ja/") in right
    assert client.get(town.url("kurs/okand/")).status_code == 404
    assert client.get(town.url("material/okand/")).status_code == 404


def test_demanded_by_those_who_give_the_role(town: NearTown, neighbour: NearTown) -> None:
    maria = town.staff(Role.COORDINATOR)
    for by in (town.vera, town.petra):
        with pytest.raises(NotAllowed):
            demand_course(by=by, wanted=True)
    for _twice in range(2):
        demand_course(by=maria, wanted=True)
    assert queries.course_comes_first(town.vera)
    assert not queries.course_comes_first(neighbour.vera)
    learn(town, town.vera)
    assert not queries.course_comes_first(town.vera)
    demand_course(by=maria, wanted=False)
    assert not queries.course_comes_first(town.lars)


def test_all_of_them_on_one_page(town: NearTown, django_assert_max_num_queries: Any) -> None:
    say_branch(by=town.vera, branch="school")
    town.take_on()
    client = town.client(town.staff(Role.COORDINATOR))
    with django_assert_max_num_queries(12):
        page = client.get(town.url("alla/")).content.decode()
    assert all(words in page for words in ("Vera", "Lars", "Skola", "en person"))
    assert "Rune" not in page
    client.post(town.url("alla/"), {"wanted": "yes"})
    assert queries.is_demanded(town.vera)
    assert town.client(town.vera).get(town.url("alla/")).status_code == 403


def test_erased_nothing_of_it_is_left(town: NearTown) -> None:
    learn(town, town.vera)
    erase_person(by=system(town.id), person_id=town.vera.person)
    assert not Ambassador.objects.of(town.id).exists()
