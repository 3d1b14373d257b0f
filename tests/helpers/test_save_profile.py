"""How somebody helps: saved in four steps, opened where the rules say so, rested from with one touch."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from handtag.geo.points import Point, metres, snap
from handtag.groups import queries as groups
from handtag.helpers import queries
from handtag.helpers.actions import (
    finish,
    pause,
    resume,
    save_profile,
    set_amount,
    set_availability,
    set_services,
    set_where,
)
from handtag.helpers.models import HelperProfile
from handtag.helpers.rules import Tick, Wish
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, NotFound, Problem
from handtag.municipalities.actions import set_committee_decision
from handtag.municipalities.models import Committee, Place
from handtag.people.actions import NewPerson, erase_person, register
from handtag.permits import queries as permits
from handtag.permits.actions import set_rule
from tests.login.conftest import Town

Enter = Callable[[Actor], Client]


def allow_automatic(town: Town) -> None:
    for committee in Committee.objects.of(town.id):
        set_committee_decision(
            by=town.product, committee_id=committee.id, on=date(2026, 1, 7), reference="§ 41"
        )


def services(town: Town) -> tuple[UUID, UUID]:
    """One service that is open to all, and one that demands something."""
    opened, demanding = (row.id for row in permits.services(town.id)[:2])
    set_rule(by=town.product, service_id=opened, side="perform", demands=[], automatic=True)
    assert permits.current_rule(demanding, "perform").demands
    return opened, demanding


def wish(town: Town, **more: Any) -> Wish:
    said = {"service_ids": (services(town)[0],), "place_id": places(town)[0].id}
    return Wish(**{**said, **more})


def places(town: Town) -> list[Place]:
    """Places that lie in squares of their own."""
    found: dict[Point, Place] = {}
    for place in Place.objects.of(town.id).order_by("sought"):
        found.setdefault(snap(Point(place.longitude, place.latitude)), place)
    return list(found.values())


def test_a_helper_is_ready_and_what_demands_nothing_is_open(town: Town) -> None:
    allow_automatic(town)
    nils = town.person("Nils")
    ticked = frozenset({Tick(1, "evening")})
    save_profile(
        by=nils, wish=wish(town, any_time=False, ticks=ticked, languages=("sv", "ar"), most_in_week=2)
    )
    mine = queries.profile(town.id, nils.person)
    assert mine is not None
    assert mine.is_ready
    assert (mine.any_time, mine.ticks, set(mine.languages), mine.most_in_week) == (
        False,
        ticked,
        {"sv", "ar"},
        2,
    )
    assert [row.id for row in permits.permitted_services(nils.person, town.id, "perform")][:1]
    assert permits.holds(person_id=nils.person, service_id=services(town)[0], side="perform")


def test_what_demands_something_is_applied_for_and_says_what_remains(town: Town) -> None:
    allow_automatic(town)
    nils, (_opened, demanding) = town.person("Nils"), services(town)
    save_profile(by=nils, wish=wish(town, service_ids=services(town)))
    stands = permits.standings(nils.person, town.id, "perform")[demanding]
    assert stands.state == "applied"
    assert stands.missing[0].what


def test_saving_twice_leaves_one_profile_and_one_application(town: Town) -> None:
    nils = town.person("Nils")
    for _turn in range(2):
        save_profile(by=nils, wish=wish(town, service_ids=services(town)))
    assert HelperProfile.objects.of(town.id).count() == 1
    finish(by=nils)
    assert permits.standings(nils.person, town.id, "perform")[services(town)[1]].state == "applied"


def test_a_service_added_later_is_applied_for_at_once(town: Town) -> None:
    nils, (opened, demanding) = town.person("Nils"), services(town)
    save_profile(by=nils, wish=wish(town))
    set_services(by=nils, service_ids=[opened, demanding])
    assert permits.standings(nils.person, town.id, "perform")[demanding].state == "applied"


def test_before_the_last_step_nobody_is_asked(town: Town) -> None:
    nils = town.person("Nils")
    set_services(by=nils, service_ids=[services(town)[0]])
    mine = queries.profile(town.id, nils.person)
    assert mine is not None
    assert not mine.is_ready
    assert permits.standings(nils.person, town.id, "perform")[services(town)[0]].state == "none"


def test_only_the_square_is_kept(town: Town) -> None:
    save_profile(by=town.person("Nils"), wish=wish(town))
    kept, place = HelperProfile.objects.of(town.id).get(), places(town)[0]
    here, point = Point(place.longitude, place.latitude), Point(kept.longitude, kept.latitude)
    assert point == snap(here)
    assert metres(point, here) < 354


def test_the_point_moves_twice_in_a_month_and_then_says_when(town: Town) -> None:
    nils, where = town.person("Nils"), places(town)
    save_profile(by=nils, wish=wish(town))
    now = clock.now()
    for days, place in ((1, where[1]), (5, where[2])):
        with time_machine.travel(now + timedelta(days=days)):
            set_where(by=nils, place_id=place.id, reach=2_000)
    with time_machine.travel(now + timedelta(days=6)):
        with pytest.raises(Problem) as refused:
            set_where(by=nils, place_id=where[3].id, reach=2_000)
        assert refused.value.field == "place"
        assert str(clock.local(now + timedelta(days=31)).year) in str(refused.value)
        set_where(by=nils, place_id=where[2].id, reach=5_000)  # the same square is no move
    with time_machine.travel(now + timedelta(days=31, minutes=1)):
        set_where(by=nils, place_id=where[3].id, reach=2_000)


def test_looking_around_before_one_is_ready_is_free(town: Town) -> None:
    nils = town.person("Nils")
    set_services(by=nils, service_ids=[services(town)[0]])
    for place in places(town)[:5]:
        set_where(by=nils, place_id=place.id, reach=2_000)
    assert HelperProfile.objects.of(town.id).get().moves == []


def test_groups_are_joined_and_left_with_the_place(town: Town) -> None:
    nils, group = town.person("Nils"), groups.open_groups(town.id)[0]
    save_profile(by=nils, wish=wish(town, group_ids=(group.id,)))
    assert groups.of_person(town.id, nils.person) == {group.id}
    set_where(by=nils, place_id=places(town)[0].id, reach=2_000, group_ids=[])
    assert groups.of_person(town.id, nils.person) == set()


def test_a_rest_begins_and_ends_with_one_touch(town: Town) -> None:
    nils = town.person("Nils")
    save_profile(by=nils, wish=wish(town))
    pause(by=nils)
    mine = queries.profile(town.id, nils.person)
    assert mine is not None
    assert mine.is_paused
    assert mine.rests_till_told
    resume(by=nils)
    resume(by=nils)
    again = queries.profile(town.id, nils.person)
    assert again is not None
    assert not again.is_paused


def test_a_rest_until_a_day_ends_by_itself(town: Town) -> None:
    nils = town.person("Nils")
    save_profile(by=nils, wish=wish(town))
    pause(by=nils, until=clock.now() + timedelta(days=3))
    mine = queries.profile(town.id, nils.person)
    assert mine is not None
    assert mine.is_paused
    with time_machine.travel(clock.now() + timedelta(days=3, seconds=1)):
        assert not mine.is_paused


def test_a_rest_does_not_end_before_it_begins(town: Town) -> None:
    nils = town.person("Nils")
    save_profile(by=nils, wish=wish(town))
    with pytest.raises(Problem):
        pause(by=nils, until=clock.now() - timedelta(days=1))


def test_what_is_left_out_is_said_where(town: Town) -> None:
    nils = town.person("Nils")
    save_profile(by=nils, wish=wish(town))
    refused: list[tuple[Callable[[], object], str]] = [
        (lambda: set_services(by=nils, service_ids=[]), "services"),
        (lambda: set_where(by=nils, place_id=places(town)[0].id, reach=3), "reach"),
        (lambda: set_availability(by=nils, any_time=False, ticks=[]), "any_time"),
        (lambda: set_amount(by=nils, languages=[], most_in_week=None), "languages"),
        (lambda: set_amount(by=nils, languages=["xx"], most_in_week=None), "languages"),
        (lambda: set_amount(by=nils, languages=["sv"], most_in_week=99), "most_in_week"),
    ]
    for deed, field in refused:
        with pytest.raises(Problem) as problem:
            deed()
        assert problem.value.field == field


def test_without_the_right_nobody_helps(town: Town) -> None:
    nobody = Actor(town.person("Nils").person_id, town.id)
    with pytest.raises(NotAllowed):
        save_profile(by=nobody, wish=wish(town))
    for deed in (pause, resume, finish):
        with pytest.raises(NotAllowed):
            deed(by=nobody)


def test_another_towns_service_and_place_do_not_exist(town: Town, neighbour: Town) -> None:
    nils = town.person("Nils")
    with pytest.raises(NotFound):
        set_services(by=nils, service_ids=[services(neighbour)[0]])
    save_profile(by=nils, wish=wish(town))
    with pytest.raises(NotFound):
        set_where(by=nils, place_id=places(neighbour)[0].id, reach=2_000)


def test_what_was_never_begun_does_not_exist(town: Town) -> None:
    for deed in (pause, resume):
        with pytest.raises(NotFound):
            deed(by=town.person("Nils" + deed.__name__))


def test_the_young_help_with_what_is_open_to_them(town: Town, client_of: Enter) -> None:
    new = NewPerson(given_name="Lo", email="lo@example.se", age="youth")
    lo = town.actor(register(by=town.product, new=new).id)
    closed = [row for row in permits.services(town.id) if not row.open_to_youth]
    page = client_of(lo).get(f"/{town.slug}/hjalpa-till/borja/").content.decode()
    assert not [row for row in closed if str(row.id) in page]
    save_profile(by=lo, wish=wish(town, service_ids=(closed[0].id,)))
    assert permits.standings(lo.person, town.id, "perform")[closed[0].id].state == "none"


def test_whoever_is_erased_helps_nobody(town: Town) -> None:
    nils = town.person("Nils")
    save_profile(by=nils, wish=wish(town))
    erase_person(by=town.product, person_id=nils.person)
    assert not HelperProfile.objects.of(town.id).exists()


@pytest.mark.race
def test_at_the_same_moment_the_point_still_moves_at_most_twice(
    town: Town, at_once: Callable[..., list[Any]]
) -> None:
    nils, where = town.person("Nils"), places(town)
    save_profile(by=nils, wish=wish(town))

    def move(place: Place) -> Callable[[], object]:
        return lambda: set_where(by=nils, place_id=place.id, reach=2_000)

    at_once(*[move(place) for place in where[1:7]])
    assert len(HelperProfile.objects.of(town.id).get().moves) == 2
