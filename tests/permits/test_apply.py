"""Applying: what opens at once, what waits for a person, and what is not open."""

from datetime import date

import pytest

from handtag.kernel.actor import system
from handtag.kernel.errors import NotAllowed, NotFound, Problem
from handtag.kernel.rights import Role
from handtag.municipalities.actions import set_committee_decision
from handtag.municipalities.models import Committee
from handtag.permits.actions import apply, settle_waiting, switch_service, take_up
from handtag.permits.models import Decision, HelperCode, Permit
from handtag.permits.queries import NoPermit, holds, must_hold, permitted_services, standing


def state(permit):
    return Permit.objects.everywhere().get(id=permit.id).state


def test_asking_is_open_to_all_without_anybody_deciding(town, helper):
    service = town.service("shopping")
    permit = apply(by=helper, service_id=service.id, side="ask")
    decision = permit.decisions.get()
    assert state(permit) == "granted"
    assert (decision.verb, decision.reason_code, decision.decided_by_id) == ("granted", "open_to_all", None)
    assert must_hold(person_id=helper.person, service_id=service.id, side="ask").id == permit.id


def test_taking_up_what_is_open_gives_the_permit_on_the_spot(town, helper):
    service = town.service("shopping")
    assert service.id in {row.id for row in permitted_services(helper.person, town.id, "ask")}
    permit = take_up(by=helper, service_id=service.id, side="ask")
    assert permit.state == "granted"
    assert take_up(by=helper, service_id=service.id, side="ask").id == permit.id


def test_taking_up_what_is_not_open_says_what_remains_to_the_person_alone(town, helper):
    with pytest.raises(NoPermit) as refusal:
        take_up(by=helper, service_id=town.service("shopping").id, side="perform")
    assert len(refusal.value.remaining) == 2
    assert not Permit.objects.of(town.id).exists()


def test_a_rule_decides_by_itself_when_the_committee_allows_it(town, helper, meets):
    town.allow_automatic()
    service = town.service("shopping")
    permit = apply(by=helper, service_id=service.id, side="perform")
    assert state(permit) == "applied"
    meets(helper, "identity")
    decision = permit.decisions.get()
    assert state(permit) == "granted"
    assert (decision.decided_by_id, decision.reason_code, decision.rule.version) == (None, "automatic", 1)
    assert holds(person_id=helper.person, service_id=service.id, side="perform")
    assert HelperCode.objects.of(town.id).get().person_id == helper.person


def test_until_the_committee_has_decided_a_person_decides(town, helper, meets):
    permit = apply(by=helper, service_id=town.service("shopping").id, side="perform")
    meets(helper, "identity")
    assert state(permit) == "applied"
    settle_waiting()
    assert state(permit) == "applied"
    town.allow_automatic()
    assert settle_waiting() == 1
    assert state(permit) == "granted"


def test_the_decision_of_another_committee_does_not_count(town, helper, meets):
    service = town.service("shopping")
    other = Committee.objects.of(town.id).exclude(id=service.committee_id).get()
    set_committee_decision(by=system(town.id), committee_id=other.id, on=date(2026, 1, 7), reference="§ 1")
    meets(helper, "identity")
    assert apply(by=helper, service_id=service.id, side="perform").state == "applied"


def test_what_a_person_must_decide_waits_though_all_is_met(town, helper, meets):
    town.allow_automatic()
    meets(helper, "identity", "interview", "reference")
    permit = apply(by=helper, service_id=town.service("care_companion").id, side="perform")
    assert state(permit) == "applied"
    assert standing(helper.person, *of(permit)).waits_for_decision


def of(permit):
    from handtag.permits.queries import service

    return service(permit.municipality_id, permit.service_id), permit.side


def test_twice_is_once(town, helper):
    service = town.service("homework")
    first = apply(by=helper, service_id=service.id, side="perform")
    again = apply(by=helper, service_id=service.id, side="perform")
    assert first.id == again.id
    assert Permit.objects.of(town.id).count() == 1
    assert not Decision.objects.of(town.id).exists()


def test_after_a_refusal_one_may_apply_again_and_then_a_person_decides(town, helper, caseworker, meets):
    from handtag.permits.actions import decide

    town.allow_automatic()
    service = town.service("shopping")
    permit = apply(by=helper, service_id=service.id, side="perform")
    decide(by=caseworker, permit_id=permit.id, verb="refused", reason_code="not_approved")
    meets(helper, "identity")
    assert apply(by=helper, service_id=service.id, side="perform").state == "applied"
    assert [d.verb for d in permit.decisions.order_by("number")] == ["refused", "reopened"]


def test_somebody_under_18_is_only_let_into_services_for_the_young(town):
    young = town.person("Elsa", age="youth")
    with pytest.raises(Problem):
        apply(by=young, service_id=town.service("shopping").id, side="perform")
    assert apply(by=young, service_id=town.service("dog_walk").id, side="perform").state == "applied"
    kinds = {row.kind for row in permitted_services(young.person, town.id, "ask")}
    assert kinds == {"homework", "dog_walk", "library"}


def test_staff_apply_for_somebody_without_a_login(town, helper):
    agent = town.staff(Role.CONTACT_CENTRE_AGENT, "Eva")
    service = town.service("shopping")
    permit = apply(by=agent, service_id=service.id, side="ask", person_id=helper.person)
    assert (permit.person_id, permit.state) == (helper.person, "granted")


def test_nobody_applies_for_a_neighbour(town, helper):
    other = town.person("Sven")
    with pytest.raises(NotAllowed):
        apply(by=other, service_id=town.service("shopping").id, side="ask", person_id=helper.person)


def test_another_towns_service_is_not_found(town, neighbour, helper):
    with pytest.raises(NotFound):
        apply(by=helper, service_id=neighbour.service("shopping").id, side="ask")


def test_another_towns_people_are_not_found(town, neighbour):
    stranger = neighbour.person("Lars")
    agent = town.staff(Role.CONTACT_CENTRE_AGENT, "Eva")
    with pytest.raises(NotFound):
        apply(by=agent, service_id=town.service("shopping").id, side="ask", person_id=stranger.person)


def test_a_service_turned_off_is_not_found(town, helper, coordinator):
    service = town.service("shopping")
    switch_service(by=coordinator, service_id=service.id, on=False)
    with pytest.raises(NotFound):
        apply(by=helper, service_id=service.id, side="ask")
    assert service.id not in {row.id for row in permitted_services(helper.person, town.id, "ask")}


def test_who_was_approved_on_the_page_gets_no_letter(town, helper):
    apply(by=helper, service_id=town.service("shopping").id, side="ask")
    assert not town.letters().exists()


def test_who_was_approved_by_somebody_elses_deed_gets_a_letter_without_needs(town, helper, meets):
    town.allow_automatic()
    apply(by=helper, service_id=town.service("shopping").id, side="perform")
    meets(helper, "identity")
    letter = town.letters().get()
    assert letter.kind == "permit.granted"
    words = f"{letter.subject} {letter.body}".lower()
    assert not any(word in words for word in ("nadja", "shopping", "handla", "helsingborg"))
    assert letter.link.startswith("http://localhost:8000/helsingborg/")


@pytest.mark.race
def test_applying_many_times_at_the_same_moment_makes_one_permit(town, helper, at_once):
    service = town.service("shopping")
    results = at_once(*[lambda: apply(by=helper, service_id=service.id, side="ask")] * 8)
    assert [type(each).__name__ for each in results] == ["Permit"] * 8
    permit = Permit.objects.of(town.id).get()
    assert permit.decisions.count() == 1
