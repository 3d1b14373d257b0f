"""What if …: asked once, played by the worker, shown as sums alone; the simulated town is one's own."""

from datetime import timedelta
from uuid import uuid4

import numpy as np
import pytest
from django.test import Client

from handtag.errands.models import Offer, Told
from handtag.front.actions import what_if as actions
from handtag.front.models import WhatIf
from handtag.front.queries import own_town
from handtag.front.queries import what_if as queries
from handtag.front.rules import what_if as rules
from handtag.front.rules.what_if import Changes
from handtag.helpers.models import Availability, HelperProfile
from handtag.jobs.actions import RowsFailed
from handtag.kernel import clock
from handtag.kernel.errors import NotAllowed, Problem
from handtag.kernel.rights import Role
from handtag.login.models import User
from handtag.matching import policies
from handtag.matching.attention import unanswered
from handtag.outreach.queries.situations import situation
from handtag.outreach.rules import widening
from handtag.people.models import Person
from handtag.permits.models import Permit
from tests.errands import stage
from tests.errands.stage import Stage

CANARY = "Kanariefågel"
WIDER = Changes(km=5)


@pytest.fixture
def town(db: None) -> Stage:
    made = stage.build()
    made.person("coordinator", role=Role.COORDINATOR)
    made.person("caseworker", role=Role.CASEWORKER)
    return made


@pytest.fixture(autouse=True)
def _few_towns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three towns show what twelve do."""
    monkeypatch.setattr(rules, "SEEDS", 3)


@pytest.fixture
def lively(town: Stage) -> Stage:
    """Ten helpers, half of them too far away, and twenty asks."""
    for number in range(10):
        town.helper(f"helper{number}", km=0.5 if number < 5 else 7.0, reach=5000)
    for number in range(20):
        town.ask(f"asker{number}", opened_at=clock.now() - timedelta(days=2 * number, hours=3))
    return town


def browser(town: Stage, name: str = "coordinator") -> Client:
    person = town.people[name]
    user, _ = User.objects.get_or_create(email=f"{name}@example.org", person=person)
    Person.objects.filter(pk=person.pk).update(language="en")
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(user, backend="handtag.login.middleware.sessions.Backend")
    return client


def here(town: Stage, rest: str = "") -> str:
    return f"/{town.town.slug}/oversikt/tank-om/{rest}"


def form(town: Stage, **changed: object) -> dict[str, object]:
    return {"km": 0, "helpers": 0, "service": town.service.id, "budget": 3, **changed}


def played(town: Stage, changes: Changes = WIDER) -> WhatIf:
    """A question, played to the end."""
    asked = actions.ask(by=town.actor("coordinator"), changes=changes)
    for _town in range(rules.SEEDS):
        assert actions.play_due() == 1
    assert actions.play_due() == 0
    return WhatIf.objects.of(town.town.id).get(id=asked)


def test_a_change_is_tried_and_the_figures_stand_side_by_side(lively: Stage) -> None:
    client = browser(lively)
    assert "What if" in client.get(f"/{lively.town.slug}/oversikt/").text
    page = client.get(here(lively)).text
    assert "about 10 helpers" in page
    assert "about 20 asks" in page
    answer = client.post(here(lively), form(lively, km=5))
    row = WhatIf.objects.of(lively.town.id).get()
    assert answer.headers["Location"] == here(lively, f"{row.id}/")
    waiting = client.get(here(lively, f"{row.id}/")).text
    assert "0 of 3 rounds" in waiting
    assert "hx-get" in waiting
    actions.play_due()
    assert "1 of 3 rounds" in client.get(here(lively, f"{row.id}/nu/")).text
    for _town in range(rules.SEEDS - 1):
        actions.play_due()
    done = client.get(here(lively, f"{row.id}/")).text
    assert "What if helpers went 5" in done
    assert "between" in done
    assert "How people behave is assumed" in done
    assert done.count('<svg class="chart"') >= 3
    assert "hx-get" not in done
    assert "What if helpers went 5" in client.get(here(lively)).text


def test_a_wider_reach_brings_more_yeses_and_the_change_stands_out(lively: Stage) -> None:
    row = played(lively)
    fill = rules.compared(row.plays)[0]
    assert fill.changed.mean > fill.today.mean
    assert fill.today.low <= fill.today.mean <= fill.today.high


def test_what_is_kept_is_sums_and_tells_of_nobody(lively: Stage) -> None:
    Person.objects.filter(pk=lively.people["helper1"].pk).update(given_name=CANARY)
    row = played(lively)
    for play in row.plays:
        assert set(play) == {"today", "changed"}
        assert set(play["today"]) == set(rules.FIGURES)
        assert all(value is None or isinstance(value, int | float) for value in play["today"].values())
    page = browser(lively).get(here(lively, f"{row.id}/")).text
    assert CANARY not in page
    assert str(lively.people["helper1"].id) not in page


def test_the_same_question_runs_once(lively: Stage) -> None:
    by = lively.actor("coordinator")
    first = actions.ask(by=by, changes=WIDER)
    assert actions.ask(by=by, changes=WIDER) == first
    other = actions.ask(by=by, changes=Changes(km=1))
    assert other != first
    assert WhatIf.objects.of(lively.town.id).count() == 2


def test_twice_at_the_same_moment_is_once(lively: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    by = lively.actor("coordinator")
    first = actions.ask(by=by, changes=WIDER)
    looked, see = [False], actions._same

    def not_at_first(*args):
        """As if the other had pressed just after this one looked."""
        first_time, looked[0] = not looked[0], True
        return None if first_time else see(*args)

    monkeypatch.setattr(actions, "_same", not_at_first)
    assert actions.ask(by=by, changes=WIDER) == first
    assert WhatIf.objects.of(lively.town.id).count() == 1


def test_an_answer_is_fresh_for_an_hour_and_few_are_kept(
    lively: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = played(lively)
    by = lively.actor("coordinator")
    assert actions.ask(by=by, changes=WIDER) == row.id
    WhatIf.objects.of(lively.town.id).update(asked_at=clock.now() - rules.FRESH)
    assert actions.ask(by=by, changes=WIDER) != row.id
    monkeypatch.setattr(rules, "KEPT", 1)
    last = actions.ask(by=by, changes=Changes(budget=1))
    assert [each.id for each in WhatIf.objects.of(lively.town.id)] == [last]


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({}, "Choose something to change first"),
        ({"km": 3}, "Select a valid choice"),
        ({"helpers": 30, "service": uuid4()}, "Select a valid choice"),
        ({"helpers": 30, "service": ""}, "Choose what the new helpers help with"),
    ],
)
def test_what_cannot_be_asked_is_said_and_what_was_chosen_stays(lively: Stage, chosen, says) -> None:
    answer = browser(lively).post(here(lively), form(lively, **{"budget": 3, **chosen}))
    assert says in answer.text
    assert not WhatIf.objects.of(lively.town.id).exists()
    with pytest.raises(Problem):
        actions.ask(by=lively.actor("coordinator"), changes=Changes(km=3))


def test_a_town_with_too_little_is_told_so(town: Stage) -> None:
    assert "too little to go by" in browser(town).get(here(town)).text
    with pytest.raises(Problem, match="för få"):
        actions.ask(by=town.actor("coordinator"), changes=WIDER)


def test_only_those_who_steer_asks_may(lively: Stage) -> None:
    assert browser(lively, "caseworker").get(here(lively)).status_code in (403, 404)
    with pytest.raises(NotAllowed):
        actions.ask(by=lively.actor("caseworker"), changes=WIDER)


def test_another_towns_question_is_not_there(lively: Stage) -> None:
    neighbour = stage.build("1284")
    row = WhatIf.objects.create(municipality=neighbour.town, changes=WIDER.kept, key=WIDER.key)
    for page in (f"{row.id}/", f"{row.id}/nu/"):
        assert browser(lively).get(here(lively, page)).status_code == 404


def test_two_workers_never_play_the_same_town_and_a_dead_ones_is_played_anew(lively, monkeypatch) -> None:
    asked = actions.ask(by=lively.actor("coordinator"), changes=WIDER)
    row = WhatIf.objects.of(lively.town.id).filter(id=asked)
    row.update(claimed_until=clock.now() + rules.LEASE)
    assert actions.play_due() == 0
    row.update(claimed_until=clock.now() - timedelta(seconds=1))
    real = queries.play

    def slowly(*args):
        """While this one is at it the lease runs out, and another worker takes over."""
        row.update(claimed_until=clock.now() - timedelta(seconds=1))
        monkeypatch.setattr(queries, "play", real)
        assert actions.play_due() == 1
        return real(*args)

    monkeypatch.setattr(queries, "play", slowly)
    assert actions.play_due() == 0
    assert len(row.get().plays) == 1


def test_what_fails_again_and_again_is_given_up_and_stops_nobody_else(lively, monkeypatch) -> None:
    asked = actions.ask(by=lively.actor("coordinator"), changes=WIDER)
    monkeypatch.setattr(queries, "play", lambda *_args: 1 / 0)
    for _turn in range(rules.MOST_TURNS):
        with pytest.raises(RowsFailed):
            actions.play_due()
    assert actions.play_due() == 0
    row = WhatIf.objects.of(lively.town.id).get(id=asked)
    assert row.done_at is not None
    assert "could not be worked out" in browser(lively).get(here(lively, f"{asked}/")).text
    assert actions.ask(by=lively.actor("coordinator"), changes=WIDER) != asked


def test_the_town_is_ones_own(lively: Stage) -> None:
    profile = lively.profile("helper0")
    HelperProfile.objects.of(lively.town.id).filter(id=profile.id).update(any_time=False, most_in_week=2)
    Availability.objects.create(profile=profile, weekday=1, from_minute=13 * 60 + 30, to_minute=17 * 60)
    own = own_town.read(lively.town.id)
    assert len(own.helpers) == 10
    row = int(np.flatnonzero(own.helpers.most == 2)[0])
    assert np.flatnonzero(own.helpers.free[row]).tolist() == [24 + 14, 24 + 15, 24 + 16]
    assert set(own.helpers.reach.tolist()) == {5.0}
    km = np.hypot(own.helpers.x - own.asks.x[0], own.helpers.y - own.asks.y[0])
    assert np.sort(km) == pytest.approx([0.5] * 5 + [7.0] * 5, rel=0.01)
    assert len(own.asks) == 20
    wall = clock.local(lively.occasion(lively.ask("late", opened_at=clock.now())).starts_at)
    own = own_town.read(lively.town.id)
    assert own.asks.deadline[-1] % (7 * 1440) == wall.weekday() * 1440 + wall.hour * 60 + wall.minute


def test_the_paused_the_protected_and_those_without_a_permit_are_left_out(lively: Stage) -> None:
    lively.profile("helper0")
    HelperProfile.objects.of(lively.town.id).filter(person=lively.people["helper0"]).update(
        paused_until=clock.now() + timedelta(days=3)
    )
    Person.objects.filter(pk=lively.people["helper1"].pk).update(protection="secrecy_mark")
    Permit.objects.of(lively.town.id).filter(person=lively.people["helper2"]).update(state="revoked")
    Person.objects.filter(pk=lively.people["asker3"].pk).update(protection="secrecy_mark")
    own, size = own_town.read(lively.town.id), own_town.size(lively.town.id)
    assert (len(own.helpers), len(own.asks)) == (7, 19)
    assert (size.helpers, size.asks) == (7, 19)


def test_how_they_answered_before_is_how_willing_they_are(lively: Stage) -> None:
    """Two heard of twelve asks, ten days apart: one said yes twice, the other never."""
    rows = [lively.ask(f"other{number}", opened_at=clock.now() - timedelta(days=120)) for number in range(12)]
    for number, ask in enumerate(rows):
        for name in ("helper0", "helper1"):
            Told.objects.create(
                municipality=lively.town,
                ask=ask,
                person=lively.people[name],
                wave=1,
                told_at=clock.now() - timedelta(days=10 * (number + 1)),
            )
    by = lively.actor("helper0")
    Offer.objects.bulk_create(
        Offer(
            municipality=lively.town,
            occasion=lively.occasion(ask),
            person_id=by.person_id,
            responsibility_accepted_at=clock.now(),
        )
        for ask in rows[:2]
    )
    own = own_town.read(lively.town.id)
    told = np.flatnonzero(own.tried)
    assert own.tried[told] == pytest.approx([11, 11], abs=0.6)  # near by, but not quite at the door
    assert sorted(own.yes[told]) == [0, 2]
    drawn = np.mean([own_town.drawn(own, Changes(), seed).helpers.willing for seed in range(60)], axis=0)
    assert drawn[own.yes == 2] > drawn[own.tried == 0].mean() > drawn[(own.tried > 0) & (own.yes == 0)]


def test_who_had_no_time_to_answer_has_not_declined(lively: Stage) -> None:
    at = clock.now() - timedelta(days=3)
    for number, minutes in enumerate((1, 20, 2000)):
        ask = lively.ask(f"other{number}", opened_at=at, filled_at=at + timedelta(minutes=minutes))
        person = lively.people[f"helper{number}"]
        Told.objects.create(municipality=lively.town, ask=ask, person=person, wave=1, told_at=at)
    tried = np.sort(own_town.read(lively.town.id).tried)[-3:]
    near = tried[2] / (1 - unanswered(2000.0))
    assert tried / near == pytest.approx([1 - unanswered(each) for each in (1.0, 20.0, 2000.0)], abs=1e-6)


def test_the_same_seed_draws_the_same_town_whatever_the_change(lively: Stage) -> None:
    own = own_town.read(lively.town.id)
    change = Changes(km=2, helpers=30, service=str(lively.service.id))
    was, now = (own_town.drawn(own, each, 4) for each in (Changes(), change))
    for name in ("posted", "deadline", "x", "service"):
        assert np.array_equal(getattr(was.asks, name), getattr(now.asks, name))
    assert np.array_equal(was.helpers.willing, now.helpers.willing[:10])
    assert len(now.helpers) == 40
    assert (now.helpers.reach[:10] == was.helpers.reach + 2).all()
    assert now.helpers.services[10:].tolist() == [own.bits[str(lively.service.id)]] * 30


def test_a_large_town_is_played_for_fewer_weeks(lively: Stage) -> None:
    own = own_town.read(lively.town.id)
    assert own_town._days(own) == 56
    many = type(own.asks)(*(np.tile(getattr(own.asks, name), 200) for name in own.asks.__slots__))
    assert own_town._days(type(own)(own.helpers, own.tried, own.yes, many, own.bits)) == 7


def test_a_difference_is_clear_only_where_nearly_all_towns_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "SEEDS", 12)

    def plays(ups: int) -> list[dict[str, dict[str, float | None]]]:
        empty = dict.fromkeys(rules.FIGURES)
        return [
            {"today": {**empty, "fill": 0.5}, "changed": {**empty, "fill": 0.6 if number < ups else 0.4}}
            for number in range(rules.SEEDS)
        ]

    assert [rules.compared(plays(ups))[0].moves for ups in (12, 11, 10, 2, 1, 0)] == [1, 1, 0, 0, -1, -1]
    assert rules.compared(plays(12))[1].today is None


def test_the_pages_ask_the_database_little(lively: Stage, django_assert_max_num_queries) -> None:
    row = played(lively, Changes(helpers=10, service=str(lively.service.id)))
    client = browser(lively)
    for page in ("", f"{row.id}/", f"{row.id}/nu/"):
        client.get(here(lively, page))
        with django_assert_max_num_queries(12):
            assert client.get(here(lively, page)).status_code == 200


def test_today_is_what_is_gone_by_here(lively: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """How often helpers are asked stands in one place: the page, the play and the outreach go by it."""
    assert 'value="3" selected' in browser(lively).get(here(lively)).text
    monkeypatch.setattr(widening, "WEEKLY_BUDGET", 2)
    page = browser(lively).get(here(lively)).text
    assert '<option value="2" selected>As now: 2 times a week' in page
    assert '<option value="3">3 times a week' in page
    with pytest.raises(Problem, match="Välj något"):
        actions.ask(by=lively.actor("coordinator"), changes=Changes(budget=2))
    played, ours = [], policies.ours

    def noted(*each, **more):
        played.append((each, more))
        return ours(*each, **more)

    monkeypatch.setattr(policies, "ours", noted)
    queries.play(lively.town.id, Changes(budget=1), 0)
    (today, more), (changed, _more) = played
    assert [each.weekly_budget for each in (*today, more["spent"])] == [2, 2, 3]
    assert [each.weekly_budget for each in changed] == [1, 1]
    for start, settings in ((timedelta(days=3), today[0]), (timedelta(hours=3), today[1])):
        gone_by = situation(lively.ask("late", start=clock.now() + start)).settings
        for name in ("target", "step", "margin", "quiet_hours", "fairness"):
            assert getattr(settings, name) == getattr(gone_by, name), name
        assert set(np.asarray(gone_by.weekly_budget).tolist()) <= {0, 2}  # who sleeps has none just now


def test_a_question_kept_from_before_says_nothing_of_what_was_as_now(lively: Stage) -> None:
    row = WhatIf.objects.create(
        municipality=lively.town, changes={"km": 5, "helpers": 0, "service": "", "budget": 3}, key="old"
    )
    assert "more than" not in browser(lively).get(here(lively, f"{row.id}/")).text.partition("</h1>")[0]


def test_how_many_there_are_is_said_to_the_nearest_ten_and_some_are_never_none() -> None:
    assert [queries._about(count) for count in (0, 4, 5, 14, 15, 25, 104)] == [0, 10, 10, 10, 20, 30, 100]
