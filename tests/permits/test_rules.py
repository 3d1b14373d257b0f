"""Demands, states and differences, without a database."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handtag.permits import rules
from handtag.permits.rules import Demand, DemandKind, Flaw, Proof

ONE = UUID(int=1)
EXTRACT = Demand(DemandKind.RECORD_EXTRACT, months=12)


@dataclass
class Offered:
    frame: str = "general"
    with_children: bool = False
    in_the_home: bool = False


@pytest.mark.parametrize(
    ("service", "allowed"),
    [
        (Offered(), False),
        (Offered("assignment"), False),
        (Offered("association", in_the_home=True), False),
        (Offered("general", in_the_home=True), False),
        (Offered("social"), False),
        (Offered("social", in_the_home=True), True),
        (Offered("general", with_children=True), True),
        (Offered("association", with_children=True), True),
    ],
)
def test_an_extract_is_demanded_only_where_a_law_says_so(service, allowed):
    flaws = rules.problems(service, [EXTRACT])
    assert flaws == ([] if allowed else [Flaw.EXTRACT_WITHOUT_GROUND])
    assert bool(rules.legal_ground(service)) == allowed


def test_an_extract_is_never_demanded_of_who_asks():
    flaws = rules.problems(Offered(with_children=True), [EXTRACT], side="ask")
    assert flaws == [Flaw.EXTRACT_OF_ASKERS]


def test_every_rule_of_the_catalogue_may_be_set():
    for seed in rules.CATALOGUE:
        assert rules.problems(seed, seed.demands, automatic=seed.automatic) == []
        assert seed.icon in rules.ICONS


@pytest.mark.parametrize(
    ("demands", "automatic", "flaw"),
    [
        ([Demand("blood_test")], False, Flaw.UNKNOWN),
        ([Demand("identity"), Demand("identity", months=3)], False, Flaw.TWICE),
        ([Demand("training", "Cars"), Demand("training", "cars")], False, Flaw.TWICE),
        ([Demand("training", " ")], False, Flaw.NAMELESS_TRAINING),
        ([Demand("interview", months=0)], False, Flaw.MONTHS),
        ([Demand("interview", months=121)], False, Flaw.MONTHS),
        ([Demand("caseworker")], True, Flaw.AUTOMATIC_AND_CASEWORKER),
    ],
)
def test_what_is_wrong_with_a_rule_is_named(demands, automatic, flaw):
    assert rules.problems(Offered(), demands, automatic=automatic) == [flaw]


def proof(kind="interview", seen=date(2026, 3, 31), **more):
    return Proof(ONE, kind, more.pop("name", ""), seen, **more)


def test_a_check_counts_as_long_as_the_demand_says_counted_from_the_day_it_was_seen():
    demand = Demand("interview", months=11)
    last = rules.good_until(demand, proof())
    assert last == date(2027, 2, 28)
    examined = rules.examine([demand], [proof()], today=last, ground="")
    assert (examined.missing, examined.until) == ((), last)
    assert rules.examine([demand], [proof()], today=date(2027, 3, 1), ground="").missing == (demand,)


def test_of_two_checks_the_one_that_lasts_longest_counts():
    demand = Demand("interview", months=12)
    newer = proof(seen=date(2026, 9, 1))
    examined = rules.examine([demand], [newer, proof()], today=date(2026, 10, 1), ground="")
    assert examined.met[0].proof == newer


def test_another_training_does_not_count():
    demand = Demand("training", "children")
    assert rules.examine(
        [demand], [proof("training", name="dogs")], today=date(2026, 4, 1), ground=""
    ).missing


def test_an_extract_shown_under_another_law_does_not_count():
    shown = proof("record_extract", legal_ground="2026:43")
    today = date(2026, 4, 1)
    assert rules.examine([EXTRACT], [shown], today=today, ground="2013:852").missing == (EXTRACT,)
    assert rules.examine([EXTRACT], [shown], today=today, ground="2026:43").missing == ()


def test_a_caseworkers_decision_is_no_check():
    examined = rules.examine([Demand("caseworker")], [], today=date(2026, 4, 1), ground="")
    assert (examined.met, examined.missing) == ((), ())


def test_where_an_extract_is_demanded_a_refusal_has_one_neutral_reason():
    assert rules.reasons("refused", [EXTRACT]) == ("not_approved",)
    assert "not_met_in_time" in rules.reasons("refused", [Demand("identity")])


def test_every_decision_has_reasons_and_every_state_a_way_on():
    verbs = {verb for ways in rules.STATES.values() for verb in ways}
    assert verbs == set(rules.REASONS)
    assert {state for ways in rules.STATES.values() for state in ways.values()} == set(rules.STATES)
    assert set(rules.STAFF_VERBS) < verbs


@given(st.lists(st.sampled_from(sorted(rules.REASONS)), max_size=12))
def test_recomputing_follows_the_table_and_nothing_else(verbs):
    state: str | None = "applied"
    for verb in verbs:
        state = rules.STATES[state].get(verb) if state else None
    assert rules.recompute(verbs) == state


def test_differences_between_versions_are_named_one_by_one():
    old = [Demand("identity"), Demand("interview", months=24)]
    new = [Demand("identity"), Demand("interview", months=12), Demand("reference")]
    found = rules.changes(old, new, automatic=(True, False), valid_months=(None, 24))
    assert [(each.what, each.demand.kind if each.demand else None) for each in found] == [
        ("added", "reference"),
        ("months", "interview"),
        ("automatic", None),
        ("valid_months", None),
    ]
    assert rules.changes(old, old, automatic=(True, True), valid_months=(None, None)) == []
