"""Deciding: granting, refusing, pausing, withdrawing, letting it hold again."""

from threading import Barrier

import pytest

from handtag.history.models import Entry
from handtag.kernel.errors import NotAllowed, NotFound, Problem, TooLate
from handtag.kernel.rights import Role
from handtag.permits.actions import apply, decide, reinstate, revoke, suspend
from handtag.permits.models import Permit
from handtag.permits.queries import NoPermit, must_hold, recomputed, wrong_states


@pytest.fixture
def waiting(town, helper, meets):
    """An application for which all demands are met."""
    meets(helper, "identity", "interview", "reference")
    return apply(by=helper, service_id=town.service("care_companion").id, side="perform")


@pytest.fixture
def granted(waiting, caseworker):
    return decide(by=caseworker, permit_id=waiting.id, verb="granted")


def now(permit):
    return Permit.objects.everywhere().get(id=permit.id)


def test_a_grant_says_who_when_why_and_by_which_rule(town, helper, waiting, caseworker):
    decide(by=caseworker, permit_id=waiting.id, verb="granted", motivation="Welcome")
    decision = waiting.decisions.get()
    assert (decision.verb, decision.decided_by_id, decision.reason_code) == (
        "granted",
        caseworker.person,
        "demands_met",
    )
    assert (decision.rule.version, decision.motivation) == (1, "Welcome")
    assert now(waiting).valid_until is not None
    assert town.letters().get().kind == "permit.granted"
    entry = Entry.objects.get(verb="permit.granted")
    assert (entry.about_id, entry.role, entry.facts["reason_code"]) == (
        helper.person,
        "caseworker",
        "demands_met",
    )


def test_no_letter_carries_the_motivation(town, waiting, caseworker):
    decide(by=caseworker, permit_id=waiting.id, verb="refused", motivation="Secret words")
    letter = town.letters().get()
    assert "Secret" not in letter.subject + letter.body
    assert "Secret" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_nothing_is_granted_while_something_remains(town, helper, caseworker, meets):
    meets(helper, "identity")
    permit = apply(by=helper, service_id=town.service("care_companion").id, side="perform")
    with pytest.raises(Problem) as refusal:
        decide(by=caseworker, permit_id=permit.id, verb="granted")
    assert refusal.value.field == "verb"
    assert now(permit).state == "applied"
    decide(by=caseworker, permit_id=permit.id, verb="asked_for_more")
    assert now(permit).state == "applied"


@pytest.mark.parametrize(("deed", "state"), [(suspend, "suspended"), (revoke, "revoked")])
def test_a_loss_takes_effect_at_once_in_the_rooms_above(granted, caseworker, losses, deed, state):
    deed(by=caseworker, permit_id=granted.id)
    assert now(granted).state == state
    assert losses == [granted.id]
    with pytest.raises(NoPermit):
        must_hold(person_id=granted.person_id, service_id=granted.service_id, side="perform")


def test_a_consequence_that_fails_undoes_the_loss(granted, caseworker):
    from handtag.permits.actions import AFTER_LOSS

    def refuse(by, permit):
        raise RuntimeError

    AFTER_LOSS.append(refuse)
    try:
        with pytest.raises(RuntimeError):
            revoke(by=caseworker, permit_id=granted.id)
    finally:
        AFTER_LOSS.remove(refuse)
    assert now(granted).state == "granted"
    assert granted.decisions.count() == 1


def test_what_was_paused_can_hold_again(granted, caseworker, losses):
    suspend(by=caseworker, permit_id=granted.id)
    reinstate(by=caseworker, permit_id=granted.id)
    assert now(granted).state == "granted"
    assert now(granted).valid_until == granted.valid_until
    assert must_hold(person_id=granted.person_id, service_id=granted.service_id, side="perform")


def test_withdrawing_what_is_paused_is_no_second_loss(granted, caseworker, losses):
    suspend(by=caseworker, permit_id=granted.id)
    revoke(by=caseworker, permit_id=granted.id)
    assert now(granted).state == "revoked"
    assert losses == [granted.id]


def test_deciding_twice_is_too_late(waiting, caseworker):
    decide(by=caseworker, permit_id=waiting.id, verb="granted")
    for verb in ("granted", "refused", "reinstated"):
        with pytest.raises(TooLate):
            decide(by=caseworker, permit_id=waiting.id, verb=verb)
    assert waiting.decisions.count() == 1


def test_deciding_on_a_page_opened_before_somebody_else_decided_is_too_late(waiting, caseworker):
    decide(by=caseworker, permit_id=waiting.id, verb="asked_for_more", seen=0)
    with pytest.raises(TooLate):
        decide(by=caseworker, permit_id=waiting.id, verb="granted", seen=0)


def test_a_verb_or_reason_of_the_products_own_is_refused(granted, caseworker):
    for verb, code in (("lapsed", ""), ("reopened", ""), ("revoked", "person_left"), ("revoked", "report")):
        with pytest.raises(Problem):
            decide(by=caseworker, permit_id=granted.id, verb=verb, reason_code=code)


def test_where_an_extract_is_demanded_a_refusal_says_not_approved_and_nothing_more(town, helper, caseworker):
    permit = apply(by=helper, service_id=town.service("homework").id, side="perform")
    with pytest.raises(Problem) as refusal:
        decide(by=caseworker, permit_id=permit.id, verb="refused", motivation="What I saw")
    assert refusal.value.field == "motivation"
    with pytest.raises(Problem):
        decide(by=caseworker, permit_id=permit.id, verb="refused", reason_code="not_met_in_time")
    decide(by=caseworker, permit_id=permit.id, verb="refused")
    assert permit.decisions.get().reason_code == "not_approved"


def test_without_the_right_nothing_is_decided(town, waiting, helper):
    host = town.staff(Role.SERVICE_POINT_HOST, "Eva")
    for who in (host, helper):
        with pytest.raises(NotAllowed):
            decide(by=who, permit_id=waiting.id, verb="granted")


def test_nobody_decides_about_themselves(town, caseworker, coordinator):
    own = apply(by=caseworker, service_id=town.service("dog_walk").id, side="perform")
    with pytest.raises(NotAllowed):
        decide(by=caseworker, permit_id=own.id, verb="refused")
    decide(by=coordinator, permit_id=own.id, verb="refused")


def test_a_case_of_another_town_is_not_found(waiting, neighbour):
    with pytest.raises(NotFound):
        decide(by=neighbour.staff(), permit_id=waiting.id, verb="granted")


def test_a_role_narrowed_to_another_service_or_committee_does_not_find_it(town, waiting):
    elsewhere = town.staff(name="Ann", services=[town.service("dog_walk").id])
    with pytest.raises(NotFound):
        decide(by=elsewhere, permit_id=waiting.id, verb="refused")
    here = town.staff(name="Bo", services=[waiting.service_id])
    decide(by=here, permit_id=waiting.id, verb="refused")


def test_the_state_is_what_the_decisions_lead_to(town, granted, caseworker):
    suspend(by=caseworker, permit_id=granted.id)
    assert recomputed(now(granted)) == "suspended"
    assert wrong_states(town.id) == []
    Permit.objects.of(town.id).filter(id=granted.id).update(state="granted")
    assert wrong_states(town.id) == [granted.id]
    assert wrong_states() == [granted.id]


@pytest.mark.race
def test_two_who_decide_at_the_same_moment_decide_once(town, helper, caseworker, coordinator, meets, at_once):
    meets(helper, "identity", "interview", "reference")
    permit = apply(by=helper, service_id=town.service("care_companion").id, side="perform")
    results = at_once(
        lambda: decide(by=caseworker, permit_id=permit.id, verb="granted"),
        lambda: decide(by=coordinator, permit_id=permit.id, verb="refused"),
        lambda: decide(by=caseworker, permit_id=permit.id, verb="granted"),
        lambda: decide(by=coordinator, permit_id=permit.id, verb="refused"),
    )
    assert sorted(type(each).__name__ for each in results) == ["Permit", "TooLate", "TooLate", "TooLate"]
    assert permit.decisions.count() == 1
    assert wrong_states(town.id) == []


@pytest.mark.race
def test_without_the_guards_two_decisions_stand(
    town, helper, caseworker, coordinator, meets, at_once, monkeypatch, on_postgres
):
    """The control: no lock, and the state written whatever it was meanwhile."""
    if not on_postgres:
        pytest.skip("SQLite has one writer at a time")
    from handtag.permits.actions import deciding, writing

    meets(helper, "identity", "interview", "reference")
    permit = apply(by=helper, service_id=town.service("care_companion").id, side="perform")
    both_have_read = Barrier(2)

    def unlocked(town_id, permit_id):
        found = Permit.objects.of(town_id).get(id=permit_id)
        both_have_read.wait(30)
        return found

    monkeypatch.setattr(deciding, "locked", unlocked)
    monkeypatch.setattr(
        writing, "move", lambda one, was: Permit.objects.of(town.id).filter(id=one.id).update(state=one.state)
    )
    at_once(
        lambda: decide(by=caseworker, permit_id=permit.id, verb="granted"),
        lambda: decide(by=coordinator, permit_id=permit.id, verb="refused"),
    )
    assert permit.decisions.count() == 2
