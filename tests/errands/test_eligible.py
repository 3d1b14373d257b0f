"""Eligibility is one filter with two faces: both say the same, and an index serves each."""

import re
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from django.db import connection

from handtag.errands.models import Ask, AskGroup
from handtag.errands.queries import eligible, nearby
from handtag.errands.queries.lately import Moments
from handtag.errands.queries.sought import as_sought
from handtag.errands.rules.hours import Weekly, covers, weekly_of
from handtag.errands.rules.times import Window, window
from handtag.groups.models import Group, Membership
from handtag.helpers.actions import rebuild_postings
from handtag.helpers.models import Availability, HelperProfile, HelperService, Posting
from handtag.kernel import clock
from handtag.people.models import Block, Person
from handtag.permits.models import Service
from tests.errands import stage as stages

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 26).date()


@pytest.fixture
def stage():
    return stages.build()


def seen(stage, ask):
    """The ask as eligibility sees it."""
    sought = as_sought(stage.town.id, ask.id)
    assert sought is not None
    return sought


def finds(stage, ask, name):
    """What the ask sees of the helper, and the helper of the ask."""
    sought = seen(stage, ask)
    person_id = stage.people[name].id
    by_ask = eligible.helpers(sought, telling=False).filter(person_id=person_id).exists()
    helper = eligible.helper(stage.town.id, person_id)
    by_helper = helper is not None and eligible.occasions(helper).filter(ask=ask).exists()
    return by_ask, by_helper


def test_both_faces_agree_on_who_may(stage):
    ask = stage.ask(languages=["ar", "sv"])
    stage.helper("fits", speaks=("ar", "en"))
    stage.helper("mute", speaks=("fi",))
    stage.helper("inactive", is_active=False)
    by = stage.helper("blocked")
    Block.objects.create(municipality=stage.town, person=ask.asker, other_id=by.person)
    expected = {"fits": (True, True)} | dict.fromkeys(("mute", "inactive", "blocked"), (False, False))
    assert {name: finds(stage, ask, name) for name in expected} == expected


def test_a_group_sees_what_is_shown_in_it(stage):
    ask = stage.ask()
    group = Group.objects.create(municipality=stage.town, name="Mörarps byalag")
    AskGroup.objects.create(ask=ask, group=group)
    member, other = stage.helper("leila"), stage.helper("olle")
    Membership.objects.create(municipality=stage.town, group=group, person_id=member.person, state="member")
    Membership.objects.create(municipality=stage.town, group=group, person_id=other.person, state="asked")
    assert finds(stage, ask, "leila") == (True, True)
    assert finds(stage, ask, "olle") == (False, False)
    Group.objects.of(stage.town.id).filter(pk=group.pk).update(closed_at=clock.now())
    assert finds(stage, ask, "leila") == (False, False)


def test_a_service_that_is_off_is_helped_with_by_nobody(stage):
    ask = stage.ask()
    stage.helper("leila")
    assert finds(stage, ask, "leila") == (True, True)
    Service.objects.of(stage.town.id).filter(pk=ask.service_id).update(is_on=False)
    assert finds(stage, ask, "leila") == (False, False)


def test_hours_decide_who_is_told(stage):
    day = clock.today() + timedelta(days=(3 - clock.today().weekday()) % 7 + 7)
    ask = stage.ask(start=clock.at(day, time(14)))
    for name, hours in (
        ("fits", (3, 13 * 60, 16 * 60)),
        ("short", (3, 13 * 60, 15 * 60)),
        ("monday", (0, 0, 1440)),
    ):
        stage.helper(name, any_time=False)
        Availability.objects.create(
            profile=stage.profile(name), weekday=hours[0], from_minute=hours[1], to_minute=hours[2]
        )
    sought = seen(stage, ask)
    told = eligible.helpers(sought).values_list("person__given_name", flat=True)
    assert list(told) == ["Fits"]
    assert eligible.helpers(sought, telling=False).count() == 3


def test_a_window_in_the_week_survives_the_clock_change():
    hours = [Weekly(6, 14 * 60, 16 * 60)]
    for day in (datetime(2026, 10, 18), datetime(2026, 10, 25), datetime(2027, 3, 28)):
        assert covers(hours, window(day.date(), time(14), time(16)))
    midnight = Window(clock.at(THURSDAY, time(22)), clock.at(THURSDAY + timedelta(days=1), time(0)))
    assert weekly_of(midnight) == Weekly(3, 1320, 1440)
    over = Window(clock.at(THURSDAY, time(22)), clock.at(THURSDAY + timedelta(days=1), time(1)))
    assert weekly_of(over) is None


def plan(queryset):
    """How the database means to find it."""
    return queryset.explain()


@pytest.fixture
def crowded(stage):
    """Enough helpers and asks around that reading a whole table does not pay."""
    one, by = stage.ask(languages=["sv"]), stage.helper("leila")
    profile = stage.profile("leila")
    people = Person.objects.bulk_create(Person(given_name=f"Olle{number}") for number in range(800))
    profiles = HelperProfile.objects.bulk_create(
        HelperProfile(
            municipality=stage.town,
            person=person,
            longitude=profile.longitude + number / 100,
            latitude=profile.latitude + number / 100,
        )
        for number, person in enumerate(people)
    )
    HelperService.objects.bulk_create(
        HelperService(profile=profile, service=service)
        for profile in profiles
        for service in Service.objects.of(stage.town.id)
    )
    rebuild_postings()
    Ask.objects.bulk_create(
        Ask(
            municipality=stage.town,
            asker=person,
            service=stage.service,
            agreement="first",
            state="done" if number % 5 else "open",
            longitude=one.longitude + number / 100,
            latitude=one.latitude + number / 100,
            responsibility="",
            responsibility_accepted_at=clock.now(),
        )
        for number, person in enumerate(people)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return one, by


def test_an_index_serves_helpers_for_an_ask(stage, crowded):
    sought = seen(stage, crowded[0])
    index = "postings_by_square"
    if connection.vendor == "postgresql":
        # Eight hundred rows are read through faster than looked up, and whose they are is asked first.
        index = r"(postings_by_square|posting_once) on helpers_posting"
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    said = plan(eligible.helpers(sought))
    assert re.search(index, said), said
    assert not re.search(r"(SCAN|Seq Scan on) helpers_\w+(?! USING)\b", said), said
    assert Posting.objects.count() > 800
    assert "postings_by_square" in plan(
        Posting.objects.filter(service_id=sought.service_id, square__in=eligible.squares_of(sought, 2_500))
    )
    at = Moments.of(sought)
    assert len(nearby.glance(sought, eligible.squares_of(sought, 2_500), at, telling=True).people) == 1


def test_an_ask_widened_far_is_looked_for_in_a_box(stage, crowded):
    far = replace(seen(stage, crowded[0]), wider_by=20_000)
    assert eligible.squares_of(far) is None
    said = plan(eligible.helpers(far))
    assert not re.search(r"(SCAN|Seq Scan on) helpers_helperprofile(?! USING)", said), said


def test_helpers_are_asked_for_in_one_question(stage, django_assert_num_queries):
    stage.helper("leila")
    sought = seen(stage, stage.ask(languages=["ar", "sv"], dates=3))
    with django_assert_num_queries(1):
        assert len(eligible.helpers(sought)) == 1


def test_an_index_serves_asks_for_a_helper(stage, crowded):
    helper = eligible.helper(stage.town.id, crowded[1].person)
    assert helper is not None
    said = plan(eligible.asks(helper))
    assert re.search(r"asks_by_(place|state)|asks_to_announce", said), said
    said = plan(eligible.occasions(helper))
    assert not re.search(r"(SCAN|Seq Scan on) errands_ask(?! USING)\b", said), said
