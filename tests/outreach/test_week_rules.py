"""Who could come to what is held against the one filter of eligibility, on towns drawn by lot."""

import random
from dataclasses import replace
from datetime import time, timedelta

import pytest

from handtag.errands.actions import meeting
from handtag.errands.models import Ask, AskGroup, Errand
from handtag.errands.queries import eligible
from handtag.errands.queries.sought import as_sought
from handtag.geo.points import Point, metres
from handtag.groups.models import Group, Membership
from handtag.helpers.models import Availability, HelperProfile
from handtag.kernel import clock
from handtag.kernel.rights import Role
from handtag.outreach.queries.week import proposal
from handtag.outreach.queries.week_placer import Placer
from handtag.outreach.rules.week import Choices
from handtag.people.models import Block, Person
from handtag.permits.models import Permit
from tests.errands import stage as stages

pytestmark = pytest.mark.django_db
NAMES = [f"helper{number}" for number in range(18)]
ASKERS = [f"asker{number}" for number in range(10)]
WAYS = ("is_active", "paused", "revoked", "protected", "erased", "hours", "far", "fits", "fits", "fits")


def at(days, hour):
    return clock.at(clock.today() + timedelta(days=days), time(hour))


def monday(moment):
    day = clock.local(moment).date()
    return day - timedelta(days=day.weekday())


def helper(stage, name, lot):
    """Somebody who may come, or one of the reasons why not."""
    way = lot.choice(WAYS)
    stage.helper(
        name,
        km=lot.choice([0, 1, 4, 7]),
        speaks=tuple(lot.sample(["sv", "ar", "fi"], lot.randint(1, 2))),
        is_active=way != "is_active",
        any_time=way != "hours",
        reach=1000 if way == "far" else 5000,
        most_in_week=lot.choice([None, 1, 2]),
        paused_until=clock.now() + timedelta(days=1) if way == "paused" else None,
    )
    person = stage.people[name]
    if way == "revoked":
        Permit.objects.of(stage.town.id).filter(person=person).update(state="revoked")
    if way == "protected":
        Person.objects.filter(pk=person.pk).update(protection="marked")
    if way == "erased":
        Person.objects.filter(pk=person.pk).update(erased_at=clock.now())
    if way == "hours":
        for weekday in range(7):
            first = lot.choice([8, 9, 10]) * 60
            Availability.objects.create(
                profile=stage.profile(name), weekday=weekday, from_minute=first, to_minute=first + 180
            )


def drawn(seed):
    """A town with a group, blocks, and some who are booked."""
    lot, stage = random.Random(seed), stages.build()
    stage.person("karin", role=Role.COORDINATOR)
    for name in NAMES:
        helper(stage, name, lot)
    group = Group.objects.create(municipality=stage.town, name="Mörarps byalag")
    for name in lot.sample(NAMES, 9):
        Membership.objects.create(
            municipality=stage.town, group=group, person=stage.people[name], state="member"
        )
    for asker in ASKERS:
        ask = stage.ask(
            asker,
            start=at(lot.randint(1, 4), lot.choice([8, 9, 10, 11])),
            languages=lot.choice([[], ["sv"], ["ar", "fi"]]),
            wider_by=lot.choice([0, 0, 5000]),
            wanted=lot.choice([1, 1, 2]),
        )
        if lot.random() < 0.3:
            AskGroup.objects.create(ask=ask, group=group)
        for other in lot.sample(NAMES, 2):
            first, second = lot.sample([stage.people[other], stage.people[asker]], 2)
            Block.objects.create(municipality=stage.town, person=first, other=second)
    able = set(eligible.helpers(as_sought(stage.town.id, ask.id)).values_list("person_id", flat=True))
    for person_id in sorted(able)[:2]:
        by = next(stage.actor(name) for name in NAMES if stage.people[name].id == person_id)
        booked = stage.ask(f"other{person_id}", start=stage.occasion(ask).starts_at + timedelta(hours=1))
        meeting.make_offer(by=by, occasion_id=stage.occasion(booked).id)
    return stage


@pytest.mark.parametrize("seed", range(3))
def test_the_edges_are_those_of_the_one_filter_and_the_proposal_breaks_no_limit(seed):
    stage = drawn(seed)
    same_edges(stage)
    breaks_no_limit(stage)


def same_edges(stage):
    """Who could come to each date is whom the filter finds for it."""
    placer, found = Placer(stage.actor("karin")), 0
    assert len(placer.rows.dates) == len(ASKERS)
    for number, date in enumerate(placer.rows.dates):
        sought = as_sought(stage.town.id, date.ask_id)
        slot = next(each for each in sought.slots if each.id == date.id)
        here = Point(date.longitude, date.latitude)
        near = {
            row.person_id
            for row in eligible.helpers(replace(sought, slots=(slot,)))
            if metres(here, Point(row.longitude, row.latitude)) <= row.reach + date.wider_by
        }
        edges = {placer.person(row) for row in placer.board.edges[number]}
        assert edges == near, date
        found += len(edges)
    assert found > 10


def breaks_no_limit(stage):
    """Nobody blocked, protected, in two places, or with more than they want."""
    found = proposal(stage.actor("karin"), Choices())
    assert found.lines
    blocked = {frozenset(pair) for pair in Block.objects.of(stage.town.id).values_list("person", "other")}
    asker = dict(Ask.objects.of(stage.town.id).values_list("id", "asker"))
    had = list(Errand.objects.of(stage.town.id).values_list("helper_id", "starts_at", "ends_at"))
    week = [*had, *((line.coming.person_id, line.start, line.end) for line in found.lines)]
    for line in found.lines:
        person = line.coming.person_id
        assert frozenset((person, asker[line.ask_id])) not in blocked
        assert not eligible.is_protected(person)
        mine = [(start, end) for whose, start, end in week if whose == person]
        assert sum(start < line.end and line.start < end for start, end in mine) == 1
        most = HelperProfile.objects.of(stage.town.id).get(person=person).most_in_week
        same = [start for start, _ in mine if monday(start) == monday(line.start)]
        assert most is None or len(same) <= most
