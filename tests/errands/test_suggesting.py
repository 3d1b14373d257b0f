"""The best for an ask, looked for from near to far: the same as if everybody had been ranked."""

from collections import Counter
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handtag.errands.models import Ask, Errand, Offer, Told
from handtag.errands.queries import best, eligible, suggesting
from handtag.errands.queries.sought import as_sought
from handtag.errands.rules.hours import Weekly, covers
from handtag.errands.rules.lifecycle import IN_FORCE
from handtag.errands.rules.times import Window
from handtag.helpers.actions import rebuild_postings
from handtag.helpers.models import Availability, HelperLanguage, HelperProfile, HelperService
from handtag.kernel import clock
from handtag.people.models import Block, Person
from handtag.permits.models import Permit, Service
from tests.errands import stage as stages

pytestmark = pytest.mark.django_db
NOW = clock.at(datetime(2026, 11, 18).date(), time(12))
COUNT = 40


def crowd(stage: stages.Stage, random: Any, ask: Ask) -> list[Person]:
    """Helpers all around, some of whom may not come for one reason or another, with a history."""
    people = Person.objects.bulk_create(Person(given_name=f"P{n}") for n in range(COUNT))
    profiles = HelperProfile.objects.bulk_create(
        HelperProfile(
            municipality=stage.town,
            person=person,
            longitude=stages.LON + random.uniform(-0.15, 0.15),
            latitude=stages.LAT + random.uniform(-0.08, 0.08),
            reach=random.choice([1_000, 2_000, 5_000, 10_000, 20_000, 50_000]),
            any_time=random.random() < 0.6,
            is_active=random.random() < 0.9,
            most_in_week=random.choice([None, None, 1, 2]),
            paused_until=random.choice([None, None, None, NOW - timedelta(1), NOW + timedelta(1)]),
        )
        for person in people
    )
    want(stage, random, profiles)
    Permit.objects.bulk_create(
        Permit(
            municipality=stage.town,
            person=each,
            service=stage.service,
            side="perform",
            state=random.choice(["granted", "granted", "granted", "granted", "suspended"]),
            valid_until=random.choice([None, None, NOW.date(), NOW.date() - timedelta(1)]),
        )
        for each in people
    )
    for each in random.sample(people, 4):
        pair = random.choice([(ask.asker, each), (each, ask.asker)])
        Block.objects.create(municipality=stage.town, person=pair[0], other=pair[1])
    live(stage, random, ask, people)
    rebuild_postings()
    return people


def want(stage: stages.Stage, random: Any, profiles: list[HelperProfile]) -> None:
    """What they help with, in which languages, and when."""
    other = Service.objects.of(stage.town.id).exclude(pk=stage.service.pk).first()
    HelperService.objects.bulk_create(
        HelperService(profile=each, service=stage.service if random.random() < 0.9 else other)
        for each in profiles
    )
    for each in profiles:
        for language in {"sv", random.choice(["ar", "fi", "sv"])} - (
            {"sv"} if random.random() < 0.3 else set()
        ):
            HelperLanguage.objects.create(profile=each, language=language)
        start = random.choice([8, 13])
        Availability.objects.create(
            profile=each, weekday=random.choice([4, 5]), from_minute=start * 60, to_minute=start * 60 + 300
        )


def live(stage: stages.Stage, random: Any, ask: Ask, people: list[Person]) -> None:
    """Errands before, at the time and in the week; notices answered or not."""
    for _each in range(4):
        past = stage.ask(
            random.choice(["asker", "rut"]), start=NOW + timedelta(hours=random.choice([-70, 40, 60]))
        )
        occasion = stage.occasion(past)
        for person in random.sample(people, 6):
            Told.objects.create(
                municipality=stage.town,
                ask=past,
                person=person,
                wave=1,
                told_at=NOW - timedelta(days=random.choice([1, 89, 91])),
                declined_at=random.choice([None, NOW]),
                yes_at=random.choice([None, None, NOW]),
            )
        for person in random.sample(people, 3):
            offer = Offer.objects.create(
                municipality=stage.town, occasion=occasion, person=person, responsibility_accepted_at=NOW
            )
            state = random.choice(["completed", "agreed", "cancelled_by_helper", "completed"])
            Errand.objects.create(
                municipality=stage.town, occasion=occasion, offer=offer, helper=person, asker=past.asker,
                state=state, door_code="1234", starts_at=occasion.starts_at, ends_at=occasion.ends_at,
            )  # fmt: skip
    for person in random.sample(people, 3):
        Told.objects.create(municipality=stage.town, ask=ask, person=person, wave=1)


def scan(stage: stages.Stage, ask: Ask, *, telling: bool) -> dict[Any, float]:
    """Everybody who may take the ask with their score, by reading everything, one helper at a time."""
    found = {}
    windows = [Window(row.starts_at, row.ends_at) for row in ask.occasions.all()]
    errands = list(Errand.objects.everywhere())
    for profile in HelperProfile.objects.of(stage.town.id).filter(services__service=ask.service_id):
        me = profile.person_id
        hours = [
            Weekly(*row) for row in profile.availability.values_list("weekday", "from_minute", "to_minute")
        ]
        speaks = set(profile.languages.values_list("language", flat=True))
        mine = [each for each in errands if each.helper_id == me]
        free = free_at(profile, windows, mine, hours if telling else None)
        told = Told.objects.of(stage.town.id).filter(person_id=me)
        km = float(
            best.score.kilometres(
                ask.longitude, ask.latitude, *map(array, (profile.longitude, profile.latitude))
            )[0]
        )
        weeks = {monday(each.start) for each in windows}
        had = [
            sum(each.state in IN_FORCE and monday(each.starts_at) == week for each in mine) for week in weeks
        ]
        demands = (
            profile.is_active,
            not profile.paused_until or profile.paused_until <= NOW,
            permitted(me, ask),
            not Block.objects.of(stage.town.id).filter(person_id=me, other_id=ask.asker_id).exists(),
            not Block.objects.of(stage.town.id).filter(other_id=me, person_id=ask.asker_id).exists(),
            me != ask.asker_id,
            bool(free),
            not ask.languages or bool(speaks & set(ask.languages)),
            km * 1000 <= profile.reach + ask.wider_by,
            not telling or not told.filter(ask=ask).exists(),
            not telling or profile.most_in_week is None or min(had) < profile.most_in_week,
        )
        if all(demands):
            found[me] = scored(ask, profile, speaks, hours, windows, mine, told, km)
    return found


def monday(moment: datetime) -> datetime:
    day = clock.local(moment).date()
    return clock.at(day - timedelta(day.weekday()), time())


def free_at(profile: Any, windows: list[Window], mine: list[Errand], hours: Any) -> list[Window]:
    """The dates at which they have nothing else, and which lie in their own hours where those are given."""
    booked = [each for each in mine if each.state in ("agreed", "started", "reported")]
    free = [
        each
        for each in windows
        if not any(one.starts_at < each.end and one.ends_at > each.start for one in booked)
    ]
    if hours is not None and not profile.any_time:
        free = [each for each in free if covers(hours, each)]
    return free


def array(number: float) -> Any:
    return best.np.array([number])


def permitted(person_id: Any, ask: Ask) -> bool:
    rows = Permit.objects.of(ask.municipality_id).filter(person_id=person_id, service_id=ask.service_id)
    return any(
        row.state == "granted"
        and row.side == "perform"
        and (not row.valid_until or row.valid_until >= NOW.date())
        for row in rows
    )


def scored(
    ask: Ask, profile: Any, speaks: Any, hours: Any, windows: Any, mine: Any, told: Any, km: float
) -> float:
    recent = [each for each in mine if each.state in IN_FORCE and each.ends_at >= NOW - timedelta(28)]
    rows = list(told.filter(told_at__gte=NOW - timedelta(90)))
    answered = [row for row in rows if row.declined_at or row.yes_at]
    idle = (
        min(max((NOW - max(each.ends_at for each in recent)).total_seconds() / 3600, 0), 168)
        if recent
        else 168
    )
    before = sum(each.state == "completed" and each.asker_id == ask.asker_id for each in mine)
    time_ = 1.0 if profile.any_time else sum(covers(hours, each) for each in windows) / len(windows)
    language = 1.0 if not ask.languages or ask.languages[0] in speaks else 0.5
    readiness = (
        0.25 * (len(answered) + 1) / (len(rows) + 2) + 0.12 * max(1 - len(recent) / 8, 0) + 0.08 * idle / 168
    )
    nearness = 0.4 * 2.718281828459045 ** (-km / 3)
    return nearness + 0.15 * language + readiness + 0.1 * (1 - 0.5**before) + 0.1 * time_


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(
    st.randoms(use_true_random=False),
    st.integers(1, 12),
    st.booleans(),
    st.sampled_from([1, 1, 3]),
    st.sampled_from([0, 0, 2_000, 20_000]),
)
def test_the_same_as_everybody_ranked(random, k, telling, dates, wider):
    with clock.travelling(NOW), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(best, "FIRST", random.choice([300.0, 800.0]))
        at_a_time = random.choice([1, 2, k + 8])
        patch.setattr(best.Search, "_wanted", lambda _search: at_a_time)
        stage = stages.build()
        languages = random.choice([[], ["sv"], ["ar", "sv"]])
        ask = stage.ask(start=NOW + timedelta(hours=42), dates=dates, languages=languages, wider_by=wider)
        crowd(stage, random, ask)
        sought = as_sought(stage.town.id, ask.id)
        assert sought is not None
        found = suggesting.suggestions(sought, k, telling=telling)
        expected = scan(stage, ask, telling=telling)
        ordered = sorted(expected, key=lambda each: (-round(expected[each], 9), each))
        assert [each.person_id for each in found] == ordered[:k]
        assert [each.score for each in found] == pytest.approx(
            [expected[each] for each in ordered[:k]], abs=2e-9
        )
        unranked = eligible.helpers(sought, telling=telling).values_list("person_id", flat=True)
        assert set(expected) <= set(unranked)
        assert max(Counter(unranked).values(), default=1) == 1
        transaction.set_rollback(True)


def test_far_away_is_not_looked_at_where_near_is_enough(monkeypatch):
    stage = stages.build()
    ask = stage.ask()
    for number in range(4):
        stage.helper(f"near{number}", km=0.1)
        stage.helper(f"far{number}", km=6, reach=10_000)
    looked: list[float] = []
    glance = best.glance

    def noting(*given: Any, **more: Any) -> Any:
        found = glance(*given, **more)
        looked.extend(found.km)
        return found

    monkeypatch.setattr(best, "glance", noting)
    sought = as_sought(stage.town.id, ask.id)
    assert {each.km < 1 for each in suggesting.suggestions(sought, 3)} == {True}
    assert len(looked) == 4
    assert len(suggesting.suggestions(sought, 6)) == 6


def test_who_came_before_is_found_from_far_away(monkeypatch):
    stage = stages.build()
    stage.helper("maja", km=3.6)
    errand = stage.errand(helper="maja")
    long_ago = clock.now() - timedelta(days=40)
    Errand.objects.everywhere().filter(id=errand.id).update(
        state="completed", starts_at=long_ago, ends_at=long_ago + timedelta(hours=1)
    )
    for number in range(3):
        stage.helper(f"near{number}", km=3.4)
    ask = stage.ask(start=clock.now() + timedelta(days=5))
    found = suggesting.suggestions(as_sought(stage.town.id, ask.id), 1)
    assert [each.person_id for each in found] == [stage.people["maja"].id]


def test_who_seemed_best_and_is_not_hides_nobody(monkeypatch):
    monkeypatch.setattr(best.Search, "_wanted", lambda _search: 1)
    stage = stages.build()
    stage.helper("busy", km=0.1)
    stage.helper("rested", km=0.7)
    stage.errand(helper="busy")
    sought = as_sought(stage.town.id, stage.ask(start=clock.now() + timedelta(days=5)).id)
    at = best.Moments.of(sought)
    seen = best.glance(sought, eligible.squares_of(sought), at, telling=True)
    assert seen.people[seen.most.argmax()] == stage.people["busy"].id
    found = suggesting.suggestions(sought, 1)
    assert [each.person_id for each in found] == [stage.people["rested"].id]
    assert found[0].score < seen.most.max()
