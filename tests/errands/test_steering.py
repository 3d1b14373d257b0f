"""Steering an ask that nobody has taken: widen it, ask a group, ring the asker; by who may, and once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from handtag.errands.actions.meeting import invite, make_offer, place
from handtag.errands.actions.steering import ask_group, note_call, open_contact, widen
from handtag.errands.models import Ask, AskGroup, Invitation
from handtag.errands.queries import steering as queries
from handtag.errands.queries.calls import calls
from handtag.errands.queries.sides import errand_of
from handtag.errands.rules.steering import urgency
from handtag.groups.models import Group, Membership
from handtag.history.models import Entry
from handtag.history.queries import who_looked
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, NotFound, Problem, TooLate
from handtag.kernel.rights import Role
from handtag.municipalities.models import Committee
from handtag.people.models import Person
from handtag.permits.models import Service
from tests.errands import stage
from tests.errands.stage import Stage

HOUR = timedelta(hours=1)


@pytest.fixture
def town(db: None) -> Stage:
    made = stage.build()
    for name, role in (("coordinator", Role.COORDINATOR), ("caseworker", Role.CASEWORKER)):
        made.person(name, role=role)
    made.person("officer", role=Role.PROTECTED_IDENTITY_OFFICER)
    return made


def group_of(town: Stage, *names: str) -> Group:
    group = Group.objects.create(municipality=town.town, name="Knackargruppen", kind="association")
    for name in names:
        Membership.objects.create(
            municipality=town.town, group=group, person=town.people[name], state=Membership.State.MEMBER
        )
    return group


def protect(town: Stage, name: str) -> None:
    Person.objects.filter(pk=town.people[name].pk).update(protection="secrecy_mark")


def waiting(town: Stage, name: str = "coordinator") -> list[UUID]:
    actor = town.actor(name)
    return [row.id for row in queries.untaken(actor, queries.reach(actor))]


def test_the_queue_holds_what_nobody_has_taken_oldest_first(town: Stage) -> None:
    later, earlier = town.ask("asker"), town.ask("asker", opened_at=clock.now() - 9 * HOUR)
    assert waiting(town) == [earlier.id, later.id]
    make_offer(by=town.helper("helper"), occasion_id=town.occasion(later).id)
    assert waiting(town) == [earlier.id]


def test_the_queue_is_for_who_steers(town: Stage) -> None:
    town.ask("asker")
    with pytest.raises(NotAllowed):
        queries.untaken(town.actor("caseworker"), {town.service.id})
    assert len(waiting(town, "officer")) == 1


def test_a_protected_askers_ask_is_for_the_officers(town: Stage) -> None:
    ask = town.ask("asker")
    protect(town, "asker")
    assert waiting(town) == []
    assert waiting(town, "officer") == [ask.id]
    for deed in (
        lambda by: widen(by=by, ask_id=ask.id, metres=5000),
        lambda by: note_call(by=by, ask_id=ask.id, words="Hej"),
        lambda by: open_contact(by=by, ask_id=ask.id),
    ):
        with pytest.raises(NotFound):
            deed(town.actor("coordinator"))


def test_social_services_asks_are_for_their_committee(town: Stage) -> None:
    town.ask("asker")
    committee = Committee.objects.of(town.town.id).get(name="Socialnämnden")
    Service.objects.of(town.town.id).filter(pk=town.service.pk).update(frame="social", committee=committee)
    assert waiting(town) == []
    by = town.actor("coordinator")
    named = replace(by, hats=tuple(replace(hat, committees=frozenset({committee.id})) for hat in by.hats))
    assert len(queries.untaken(named, queries.reach(named))) == 1


def narrowed(town: Stage, **to: Any) -> Actor:
    by = town.actor("coordinator")
    return replace(by, hats=tuple(replace(hat, **to) for hat in by.hats))


def test_a_narrowed_role_steers_its_own_services_alone(town: Stage) -> None:
    ask, helper = town.ask("asker"), town.helper("helper")
    other = Service.objects.of(town.town.id).exclude(pk=town.service.pk).first()
    assert other is not None
    elsewhere = narrowed(town, services=frozenset({other.id}))
    assert queries.untaken(elsewhere, queries.reach(elsewhere)) == []
    within = narrowed(town, services=frozenset({town.service.id}))
    assert [row.id for row in queries.untaken(within, queries.reach(within))] == [ask.id]
    occasion_id = town.occasion(ask).id
    absent(elsewhere, ask, occasion_id, helper)
    errand = place(by=within, occasion_id=occasion_id, person_id=helper.person)
    assert errand_of(within, errand.id) == errand
    with pytest.raises(NotFound):
        errand_of(elsewhere, errand.id)


def test_what_the_social_services_answer_for_is_met_by_their_committee_alone(town: Stage) -> None:
    ask, helper = town.ask("asker"), town.helper("helper")
    committee = Committee.objects.of(town.town.id).get(name="Socialnämnden")
    Service.objects.of(town.town.id).filter(pk=town.service.pk).update(frame="social", committee=committee)
    occasion_id = town.occasion(ask).id
    absent(town.actor("coordinator"), ask, occasion_id, helper)
    named = narrowed(town, committees=frozenset({committee.id}))
    errand = place(by=named, occasion_id=occasion_id, person_id=helper.person)
    with pytest.raises(NotFound):
        errand_of(town.actor("coordinator"), errand.id)


def absent(by: Actor, ask: Ask, occasion_id: UUID, helper: Actor) -> None:
    """For this actor there is no such ask, whatever they try with it."""
    for deed in (
        lambda: widen(by=by, ask_id=ask.id, metres=5000),
        lambda: note_call(by=by, ask_id=ask.id, words="Hej"),
        lambda: invite(by=by, occasion_id=occasion_id, person_id=helper.person),
        lambda: place(by=by, occasion_id=occasion_id, person_id=helper.person),
    ):
        with pytest.raises(NotFound):
            deed()


def test_what_is_asked_in_words_of_care_is_marked(town: Stage) -> None:
    town.ask("asker", care_words=["medicin"])
    by = town.actor("coordinator")
    (row,) = queries.untaken(by, queries.reach(by))
    assert row.sounds_like_care


def test_widening_reaches_further_and_tells_the_next_at_once(town: Stage) -> None:
    far = town.helper("far", km=6, reach=2000)
    ask = town.ask("asker")
    Ask.objects.of(town.town.id).update(announce_at=None)
    by = town.actor("coordinator")
    (row,) = queries.untaken(by, queries.reach(by))
    assert [(step.metres, step.more) for step in queries.wider(by, row, ())] == [(5000, 1)]
    wide = widen(by=by, ask_id=ask.id, metres=5000)
    assert wide.wider_by == 5000
    assert wide.announce_at is not None
    assert Entry.objects.get(verb="ask.widened").facts == {"metres": 5000}
    (row,) = queries.untaken(by, queries.reach(by))
    assert queries.wider(by, row, ()) == []
    make_offer(by=far, occasion_id=town.occasion(ask).id)


def test_what_a_coordinator_places_is_widened_and_announced_to_nobody(town: Stage) -> None:
    ask = town.ask("asker", agreement="coordinator")
    assert widen(by=town.actor("coordinator"), ask_id=ask.id, metres=2000).announce_at is None


def test_widening_twice_or_back_is_refused(town: Stage) -> None:
    ask = town.ask("asker")
    by = town.actor("coordinator")
    widen(by=by, ask_id=ask.id, metres=5000)
    for metres in (5000, 2000):
        with pytest.raises(TooLate):
            widen(by=by, ask_id=ask.id, metres=metres)
    with pytest.raises(Problem):
        widen(by=by, ask_id=ask.id, metres=90_000)
    assert Entry.objects.filter(verb="ask.widened").count() == 1


def test_only_who_steers_here_widens(town: Stage) -> None:
    ask = town.ask("asker")
    for name in ("caseworker", "asker"):
        with pytest.raises(NotAllowed):
            widen(by=town.actor(name), ask_id=ask.id, metres=5000)
    neighbour = replace(town.actor("coordinator"), municipality_id=stage.build("1260").town.id)
    with pytest.raises(NotFound):
        widen(by=neighbour, ask_id=ask.id, metres=5000)


def test_a_group_is_asked_each_member_who_may_come_once(town: Stage) -> None:
    for name, km in (("near", 1.0), ("far", 30.0)):
        town.helper(name, km=km)
    town.person("unpermitted")
    town.helper("outside")
    group = group_of(town, "near", "far", "unpermitted")
    ask = town.ask("asker", dates=3)
    by = town.actor("coordinator")
    assert ask_group(by=by, ask_id=ask.id, group_id=group.id) == 2
    sent = Invitation.objects.of(town.town.id)
    assert {row.person_id for row in sent} == {town.people[name].id for name in ("near", "far")}
    assert {row.occasion_id for row in sent} == {town.occasion(ask).id}
    with pytest.raises(Problem):
        ask_group(by=by, ask_id=ask.id, group_id=group.id)
    assert sent.count() == 2
    assert not AskGroup.objects.exists()


def test_an_ask_shown_in_one_group_is_shown_in_the_one_asked_too(town: Stage) -> None:
    town.helper("near")
    group = group_of(town, "near")
    ask = town.ask("asker")
    other = Group.objects.create(municipality=town.town, name="En annan")
    AskGroup.objects.create(ask=ask, group=other)
    ask_group(by=town.actor("coordinator"), ask_id=ask.id, group_id=group.id)
    assert set(AskGroup.objects.values_list("group_id", flat=True)) == {other.id, group.id}


def test_a_protected_member_is_never_asked_with_a_group(town: Stage) -> None:
    town.helper("near")
    group = group_of(town, "near")
    protect(town, "near")
    with pytest.raises(Problem):
        ask_group(by=town.actor("officer"), ask_id=town.ask("asker").id, group_id=group.id)


def test_the_groups_to_choose_from_are_those_of_the_town(town: Stage) -> None:
    town.helper("near")
    group_of(town, "near")
    Group.objects.create(municipality=stage.build("1260").town, name="Bjuvs grupp")
    Group.objects.create(municipality=town.town, name="Nedlagd", closed_at=clock.now())
    found = {row.name: row.members for row in queries.groups(town.actor("coordinator"), town.ask("asker").id)}
    assert found["Knackargruppen"] == 1
    assert not {"Bjuvs grupp", "Nedlagd"} & set(found)


def test_the_neighbours_group_does_not_exist_here(town: Stage) -> None:
    elsewhere = Group.objects.create(municipality=stage.build("1260").town, name="Bjuvs grupp")
    with pytest.raises(NotFound):
        ask_group(by=town.actor("coordinator"), ask_id=town.ask("asker").id, group_id=elsewhere.id)


def test_ringing_shows_the_number_and_logs_the_reading(town: Stage) -> None:
    ask = town.ask("asker")
    assert open_contact(by=town.actor("coordinator"), ask_id=ask.id).contact.phone == "+46701740610"
    (line,) = who_looked(town.people["asker"].id)
    assert line.facts == {"page": "ask"}
    protect(town, "asker")
    with pytest.raises(NotFound):
        open_contact(by=town.actor("officer"), ask_id=ask.id)


def test_what_was_said_on_the_phone_is_kept_apart_from_the_chain(town: Stage) -> None:
    ask = town.ask("asker")
    by = town.actor("coordinator")
    note_call(by=by, ask_id=ask.id, words=" She would rather have it on Friday. ")
    (call,) = calls(by, ask)
    assert (call.who, call.words) == ("Coordinator Exempel", "She would rather have it on Friday.")
    assert "Friday" not in str(Entry.objects.get(verb="ask.phoned").facts)
    with pytest.raises(Problem):
        note_call(by=by, ask_id=ask.id, words=" ")


def test_an_ask_grows_urgent_with_age_and_as_its_hour_comes_near() -> None:
    week = timedelta(days=7)
    assert [urgency(hours * HOUR, week) for hours in (0, 5, 6, 35, 36)] == ["", "", "warn", "warn", "bad"]
    assert [urgency(hours * HOUR, 20 * HOUR) for hours in (0, 5, 6)] == ["warn", "warn", "bad"]


@pytest.mark.race
def test_two_widen_at_the_same_moment_and_one_is_told(town: Stage, at_once) -> None:
    ask = town.ask("asker")
    both = [town.actor(name) for name in ("coordinator", "officer")]
    said = at_once(*(lambda by=by: widen(by=by, ask_id=ask.id, metres=5000) for by in both))
    assert sorted(type(each).__name__ for each in said) == ["Ask", "TooLate"]
    assert Entry.objects.filter(verb="ask.widened").count() == 1


def test_nobody_steers_without_a_role(town: Stage) -> None:
    with pytest.raises(NotAllowed):
        queries.steered(Actor(town.people["coordinator"].id, town.town.id), town.ask("asker").id)
