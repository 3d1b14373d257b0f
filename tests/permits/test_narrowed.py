"""A role narrowed to a service or a committee: what is outside it is absent, on every way in."""

from functools import partial

import pytest

from handtag.kernel.errors import NotAllowed, NotFound
from handtag.kernel.rights import Role
from handtag.municipalities.queries import committees
from handtag.people import actions as people
from handtag.people.models import Person
from handtag.people.queries import scopes
from handtag.permits.actions import (
    ServiceWish,
    apply,
    change_service,
    decide,
    make_service,
    open_case,
    record_check,
    set_rule,
    withdraw_check,
)
from handtag.permits.queries.own import at_counter, of_person
from handtag.permits.queries.queue import queue
from handtag.permits.rules import Demand
from tests.permits.test_set_rule import wish


@pytest.fixture
def shopping(town):
    return town.service("shopping")


@pytest.fixture
def dogs(town):
    return town.service("dog_walk")


@pytest.fixture
def eva(town, dogs):
    """A caseworker for dog walks alone."""
    return town.staff(name="Eva", services=[dogs.id])


def test_a_permit_of_another_service_is_neither_seen_nor_decided(town, helper, shopping, dogs, eva):
    inside, outside = (apply(by=helper, service_id=one.id, side="perform") for one in (dogs, shopping))
    assert [line.permit_id for line in queue(eva).rest] == [inside.id]
    assert queue(eva).counts["waiting"] == 1
    for deed in (
        partial(open_case, permit_id=outside.id),
        partial(decide, permit_id=outside.id, verb="refused"),
    ):
        with pytest.raises(NotFound):
            deed(by=eva)
    decide(by=eva, permit_id=inside.id, verb="refused")


def test_by_the_pages_it_does_not_exist(town, helper, shopping, dogs, eva):
    inside, outside = (apply(by=helper, service_id=one.id, side="perform") for one in (dogs, shopping))
    browser = town.client_of(eva)
    assert browser.get(town.url("permit", inside.id)).status_code == 200
    assert browser.get(town.url("permit", outside.id)).status_code == 404
    answer = browser.post(town.url("permit_decide", outside.id), {"verb": "refused", "seen": "0"})
    assert answer.status_code == 404
    outside.refresh_from_db()
    assert outside.state == "applied"


def test_a_committee_narrows_to_its_services(town, coordinator, helper, shopping, dogs):
    one, other = committees(town.id)
    for service, committee in ((shopping, one), (dogs, other)):
        change_service(by=coordinator, service_id=service.id, wish=wish(service, committee_id=committee.id))
    outside = apply(by=helper, service_id=shopping.id, side="perform")
    narrow = town.staff(name="Ann", committees=[other.id])
    with pytest.raises(NotFound):
        open_case(by=narrow, permit_id=outside.id)
    open_case(by=town.staff(name="Bo", committees=[one.id]), permit_id=outside.id)


def test_of_a_person_the_services_within_show(town, helper, shopping, dogs, eva):
    for service in (shopping, dogs):
        apply(by=helper, service_id=service.id, side="perform")
    assert {stands.service.id for stands in of_person(eva, helper.person).rows} == {dogs.id}
    Person.objects.filter(pk=helper.person).update(sought="nadja ek")
    (line,) = at_counter(eva, "Nadja Ek")
    assert len(line.applied_for) == 1


def test_an_extract_shown_for_another_service_is_not_taken_back(town, coordinator, caseworker, helper, eva):
    homework = town.service("homework")
    demands = [Demand("record_extract", months=12)]
    set_rule(by=coordinator, service_id=homework.id, side="perform", demands=demands, automatic=False)
    check = record_check(
        by=caseworker, person_id=helper.person, kind="record_extract", service_id=homework.id
    )
    with pytest.raises(NotFound):
        withdraw_check(by=eva, check_id=check.id)
    within = town.staff(name="Ann", services=[homework.id])
    assert withdraw_check(by=within, check_id=check.id).withdrawn_at is not None


def test_who_sets_one_service_sets_no_other_and_makes_none(town, shopping, dogs):
    by = town.staff(Role.COORDINATOR, "Moa", services=[dogs.id])
    browser = town.client_of(by)
    page = browser.get(town.url("services")).content.decode()
    assert (str(dogs.id) in page, str(shopping.id) in page) == (True, False)
    assert town.url("make_service") not in page
    assert browser.get(town.url("service", dogs.id)).status_code == 200
    assert browser.get(town.url("service", shopping.id)).status_code == 404
    assert browser.get(town.url("rule", shopping.id, "perform")).status_code == 404
    with pytest.raises(NotAllowed):
        make_service(by=by, wish=ServiceWish(dogs.committee_id, name="Snow"))


def test_who_sets_a_committees_services_gives_none_away(town, shopping):
    other = next(one for one in committees(town.id) if one.id != shopping.committee_id)
    by = town.staff(Role.COORDINATOR, "Moa", committees=[shopping.committee_id])
    with pytest.raises(NotAllowed):
        change_service(by=by, service_id=shopping.id, wish=wish(shopping, committee_id=other.id))
    with pytest.raises(NotAllowed):
        make_service(by=by, wish=ServiceWish(other.id, name="Snow"))
    assert make_service(by=by, wish=ServiceWish(shopping.committee_id, name="Snow"))


def test_services_are_there_to_be_narrowed_to_those_turned_off_too(town, neighbour, shopping, coordinator):
    offered = {one.id for one in scopes(coordinator)["services"]}
    assert shopping.id in offered
    assert neighbour.service("shopping").id not in offered
    with pytest.raises(NotFound):
        people.give_role(
            by=coordinator,
            person_id=town.person("Ann").person,
            role=Role.CASEWORKER,
            services=[neighbour.service("shopping").id],
        )
