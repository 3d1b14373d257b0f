"""The posting lists say what profiles and services say, whatever was done, and are made anew at will."""

import contextlib
import json
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handtag.geo.points import Point, snap
from handtag.geo.squares import square
from handtag.helpers import actions
from handtag.helpers.models import HelperProfile, HelperService, Posting
from handtag.helpers.queries import POSTED, wrong_postings
from handtag.helpers.rules import PARTS, REACHES, SIDES, Tick, hour_bits, tongue_bits
from handtag.kernel.actor import Actor
from handtag.kernel.errors import HandtagError
from handtag.kernel.tongues import TONGUES
from handtag.municipalities.models import Place
from handtag.operations.queries import verifying
from handtag.people.actions import erase_person
from handtag.permits import queries as permits
from tests.helpers.test_save_profile import places, services, wish
from tests.login.conftest import Town

NAMES = ("Nils", "Aisha", "Rut")
DEEDS = ("services", "where", "when", "amount", "finish", "pause", "resume", "erase")
deeds = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 2), st.integers(0, 40)), max_size=14)


def recount(town: Town) -> set[tuple[Any, ...]]:
    """What must be posted, told anew in the plainest way."""
    found = set()
    for profile in HelperProfile.objects.of(town.id).filter(is_active=True):
        kind = next(place for place, reach in enumerate(REACHES) if profile.reach <= reach)
        where = square(Point(profile.longitude, profile.latitude), kind, SIDES[kind])
        tongues = {int(row.language, 36) % 62 for row in profile.languages.all()}
        said = (profile.reach, hours(profile), sum(1 << each for each in tongues))
        point = (profile.longitude, profile.latitude)
        for row in HelperService.objects.filter(profile=profile):
            found.add((profile.id, row.service_id, profile.person_id, where, *said, *point))
    return found


def hours(profile: HelperProfile) -> int:
    """A bit for each night, morning, midday, afternoon and evening in which some of their hours lie."""
    if profile.any_time:
        return 2**36 - 1
    bits = set()
    for row in profile.availability.all():
        for place, (start, end) in enumerate(((0, 8), (8, 12), (12, 17), (17, 21), (21, 24))):
            if row.from_minute < end * 60 and row.to_minute > start * 60:
                bits.add(row.weekday * 5 + place)
    return sum(1 << each for each in bits)


def posted() -> set[tuple[Any, ...]]:
    return set(Posting.objects.values_list(*POSTED))


def deed(town: Town, by: Actor, what: str, number: int) -> Callable[[], object]:
    """One of a helper's deeds, with something chosen by a number."""
    kinds = [row.id for row in permits.services(town.id)]
    where = places(town)
    chosen = {
        "services": lambda: actions.set_services(
            by=by, service_ids=kinds[number % 3 : number % 3 + 1 + number % 4]
        ),
        "where": lambda: actions.set_where(
            by=by, place_id=where[number % len(where)].id, reach=REACHES[number % len(REACHES)]
        ),
        "when": lambda: actions.set_availability(
            by=by,
            any_time=number % 3 == 0,
            ticks=[Tick(number % 7, each) for each in list(PARTS)[number % 3 :]],
        ),
        "amount": lambda: actions.set_amount(
            by=by, languages=list(TONGUES)[number % 5 : number % 5 + 1 + number % 3], most_in_week=None
        ),
        "finish": lambda: actions.finish(by=by),
        "pause": lambda: actions.pause(by=by),
        "resume": lambda: actions.resume(by=by),
        "erase": lambda: erase_person(by=town.product, person_id=by.person),
    }
    return chosen[what]


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(deeds)
def test_postings_equal_a_recount_after_any_sequence(town: Town, done: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        helpers = [town.person(name) for name in NAMES]
        actions.save_profile(by=helpers[0], wish=wish(town))
        for what, who, number in done:
            with contextlib.suppress(HandtagError), transaction.atomic():
                deed(town, helpers[who], what, number)()
            assert posted() == recount(town)
            assert not wrong_postings()
        assert actions.rebuild_postings() == 0
        transaction.set_rollback(True)


def test_control_a_deed_that_forgets_the_postings_is_found(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    nils = town.person("Nils")
    actions.save_profile(by=nils, wish=wish(town))
    monkeypatch.setattr(actions, "_post", lambda _ids: 0)
    actions.set_where(by=nils, place_id=far_away(town).id, reach=5_000)
    assert posted() != recount(town)
    assert wrong_postings() == {"not what the profile says": 1}


def far_away(town: Town) -> Place:
    first = places(town)[0]
    return next(each for each in places(town) if snap_of(each) != snap_of(first))


def snap_of(place: Place) -> Point:
    return snap(Point(place.longitude, place.latitude))


def test_rebuilding_mends_all_that_verify_finds_and_twice_changes_nothing(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    opened, demanding = services(town)
    for name in NAMES:
        actions.save_profile(by=town.person(name), wish=wish(town, service_ids=(opened, demanding)))
    before = posted()
    assert before == recount(town)
    assert len(before) == 6
    assert verifying.verify()["postings"] == []
    lost, moved, *_rest = Posting.objects.order_by("id")
    Posting.objects.filter(id=lost.id).delete()
    Posting.objects.filter(id=moved.id).update(square=moved.square + 1)
    HelperProfile.objects.of(town.id).filter(id=Posting.objects.latest("id").profile_id).update(
        is_active=False
    )
    assert verifying.verify()["postings"] == [
        "1 postings are missing: postings rebuild mends it",
        "1 postings are not what the profile says: postings rebuild mends it",
        "2 postings are too many: postings rebuild mends it",
    ]
    call_command("postings", "rebuild", "--json")
    assert json.loads(capsys.readouterr().out) == {"differed": 4}
    assert posted() == recount(town)
    call_command("postings", "rebuild")
    assert capsys.readouterr().out == "0 postings differed.\n"


def test_the_migration_fills_the_lists_from_what_is_there(town: Town) -> None:
    for name in NAMES:
        actions.save_profile(by=town.person(name), wish=wish(town))
    Posting.objects.all().delete()
    fill = import_module("handtag.helpers.migrations.0003_postings_say_more").fill
    for _each in range(2):
        fill(apps, None)
        assert posted() == recount(town) != set()


def test_no_two_languages_of_the_product_share_a_bit() -> None:
    assert len({tongue_bits([code]) for code in TONGUES}) == len(TONGUES)
    assert all(tongue_bits([code]) < 2**63 for code in ("zzz", *TONGUES))


@given(
    st.integers(0, 6), st.integers(0, 1439), st.integers(1, 1440), st.integers(0, 1439), st.integers(1, 1440)
)
def test_hours_that_hold_a_window_have_its_bits(day: int, a: int, b: int, c: int, d: int) -> None:
    start, first, last, end = sorted((a, b, c, d))
    wanted = hour_bits([(day, first, last)]) if first < last else 0
    assert hour_bits([(day, start, end)]) & wanted == wanted if start < end else True


def test_the_hours_of_the_page_are_told_apart_exactly() -> None:
    for day in range(7):
        for start, end in PARTS.values():
            own = hour_bits([(day, start, end)])
            assert own & hour_bits([(day, start, end - 30)]) == hour_bits([(day, start + 30, end)])
            assert not own & hour_bits([(day, end, end + 30), (day, start - 30, start)])
