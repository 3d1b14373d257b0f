"""Setting rules and services: versions, refusals, and those who are already approved."""

from datetime import timedelta

import pytest

from handtag.kernel import clock
from handtag.kernel.errors import NotAllowed, NotFound, Problem, Problems
from handtag.kernel.rights import Role
from handtag.permits.actions import (
    ServiceWish,
    apply,
    change_service,
    decide,
    lapse_expired,
    make_service,
    move_service,
    record_check,
    set_rule,
    switch_service,
)
from handtag.permits.models import Permit, Rule, Service
from handtag.permits.queries import current_rule, rule_versions, services, standing
from handtag.permits.queries import service as row_of
from handtag.permits.queries.published import history
from handtag.permits.rules import Demand

IDENTITY, INTERVIEW = Demand("identity"), Demand("interview", months=24)


def wish(service, **changes):
    kept = {name: getattr(service, name) for name in ServiceWish.__dataclass_fields__}
    return ServiceWish(**kept | changes)


@pytest.fixture
def held(town, helper, caseworker, meets):
    """Approved to shop, under the first version."""
    meets(helper, "identity")
    permit = apply(by=helper, service_id=town.service("shopping").id, side="perform")
    return decide(by=caseworker, permit_id=permit.id, verb="granted")


def sharpen(town, coordinator, **more):
    return set_rule(
        by=coordinator,
        service_id=town.service("shopping").id,
        side="perform",
        demands=[IDENTITY, Demand("adult"), INTERVIEW],
        automatic=False,
        **more,
    )


def test_a_change_makes_a_new_version_and_the_old_one_stays(town, coordinator):
    service = town.service("shopping")
    assert sharpen(town, coordinator).version == 2
    assert [rule.version for rule in rule_versions(town.id, service.id, "perform")] == [2, 1]
    changed = history(town.id, service.id, "perform")[0].changed
    assert len(changed) == 2


def test_the_same_again_makes_no_version(town, coordinator):
    sharpen(town, coordinator)
    assert sharpen(town, coordinator).version == 2


def test_who_is_approved_keeps_it_by_the_version_of_then(town, coordinator, held, helper):
    sharpen(town, coordinator)
    stands = standing(helper.person, row_of(town.id, held.service_id), "perform")
    assert (stands.in_force, stands.rule.version, stands.missing) == (True, 1, [])
    other = town.person("Sven")
    assert standing(other.person, row_of(town.id, held.service_id), "perform").rule.version == 2


def test_re_examined_who_lacks_something_has_30_days(town, coordinator, caseworker, held, helper):
    sharpen(town, coordinator, re_examine=True)
    permit = Permit.objects.of(town.id).get()
    assert (permit.state, permit.valid_until) == ("granted", clock.today() + timedelta(days=30))
    assert town.letters().filter(kind="permit.asked_for_more").count() == 1
    with clock.travelling(clock.now() + timedelta(days=31)):
        lapse_expired()
    assert Permit.objects.of(town.id).get().state == "lapsed"


def test_re_examined_who_meets_it_in_time_goes_on(town, coordinator, caseworker, held, helper):
    sharpen(town, coordinator, re_examine=True)
    with clock.travelling(clock.now() + timedelta(days=10)):
        record_check(by=caseworker, person_id=helper.person, kind="interview")
        permit = Permit.objects.of(town.id).get()
        assert permit.valid_until > clock.today() + timedelta(days=700)
    assert permit.decisions.get(number=3).rule.version == 2


def test_re_examined_who_meets_it_already_goes_over_without_a_letter(town, coordinator, held, meets, helper):
    meets(helper, "interview")
    town.letters().delete()
    sharpen(town, coordinator, re_examine=True)
    assert held.decisions.order_by("number").last().verb == "renewed"
    assert not town.letters().exists()


def test_an_extract_without_a_law_is_refused_and_the_refusal_says_why(town, coordinator):
    with pytest.raises(Problems) as refusal:
        set_rule(
            by=coordinator,
            service_id=town.service("shopping").id,
            side="perform",
            demands=[IDENTITY, Demand("record_extract", months=12)],
            automatic=False,
        )
    assert "2013:852" in str(refusal.value)
    assert "2026:43" in str(refusal.value)
    assert Rule.objects.of(town.id).filter(version=2).count() == 0


def test_a_service_that_demands_an_extract_cannot_lose_its_ground(town, coordinator):
    homework = town.service("homework")
    with pytest.raises(Problem) as refusal:
        change_service(by=coordinator, service_id=homework.id, wish=wish(homework, with_children=False))
    assert refusal.value.field == "with_children"
    assert town.service("homework").with_children


def test_a_caseworker_sets_no_rules(town, caseworker):
    with pytest.raises(NotAllowed):
        sharpen(town, caseworker)


def test_another_towns_service_is_not_found(town, neighbour):
    service = neighbour.service("shopping")
    theirs = town.staff(Role.COORDINATOR, "Eva")
    for deed in (
        lambda: set_rule(by=theirs, service_id=service.id, side="ask", demands=[], automatic=False),
        lambda: change_service(by=theirs, service_id=service.id, wish=wish(service)),
        lambda: switch_service(by=theirs, service_id=service.id, on=False),
        lambda: move_service(by=theirs, service_id=service.id, up=True),
    ):
        with pytest.raises(NotFound):
            deed()


def test_a_role_narrowed_to_another_service_sets_nothing_here(town):
    narrow = town.staff(Role.COORDINATOR, "Eva", services=[town.service("dog_walk").id])
    with pytest.raises(NotAllowed):
        sharpen(town, narrow)


def test_the_committee_must_be_the_towns_own(town, neighbour, coordinator):
    service = town.service("shopping")
    theirs = neighbour.service("shopping").committee_id
    with pytest.raises(NotFound):
        change_service(by=coordinator, service_id=service.id, wish=wish(service, committee_id=theirs))


def test_a_service_of_ones_own_starts_off_with_an_identity_demanded(town, coordinator):
    committee = town.service("shopping").committee_id
    made = make_service(by=coordinator, wish=ServiceWish(committee, name="Snow"))
    assert not made.is_on
    assert [each.kind for each in current_rule(made.id, "perform").demands] == ["identity", "adult"]
    switch_service(by=coordinator, service_id=made.id, on=True)
    assert "Snow" in [row.words.name for row in services(town.id)]
    with pytest.raises(Problem):
        make_service(by=coordinator, wish=ServiceWish(committee, name="snow"))
    with pytest.raises(Problem):
        make_service(by=coordinator, wish=ServiceWish(committee))


def test_services_move_one_step_at_a_time(town, coordinator):
    order = [row.id for row in services(town.id)]
    move_service(by=coordinator, service_id=order[1], up=True)
    move_service(by=coordinator, service_id=order[1], up=True)
    assert [row.id for row in services(town.id)] == [order[1], order[0], *order[2:]]
    move_service(by=coordinator, service_id=order[-1], up=False)
    assert [row.id for row in services(town.id)][-1] == order[-1]


def test_a_new_town_has_the_catalogue_with_rules_on_both_sides(town):
    assert Service.objects.of(town.id).count() == 10
    assert Rule.objects.of(town.id).count() == 20
    assert all(row.words.name and row.words.responsibility for row in services(town.id))


@pytest.mark.race
def test_two_who_set_a_rule_at_the_same_moment_make_one_version(town, coordinator, at_once):
    results = at_once(*[lambda: sharpen(town, coordinator)] * 4)
    assert {each.version for each in results} == {2}
