"""The figures: true numbers by area and service, for who follows the whole, and nobody protected in them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client

from handtag.errands.actions.errand import complete
from handtag.errands.models import Ask
from handtag.insight.queries.figures import Period, figures, people
from handtag.insight.queries.public import front_figures
from handtag.insight.rules import Pair, Sum
from handtag.kernel import clock
from handtag.kernel.actor import Actor, Hat
from handtag.kernel.errors import NotAllowed
from handtag.kernel.rights import Role
from handtag.login.models import User
from handtag.municipalities.models import Area
from handtag.people.models import Person
from handtag.permits.models import Service
from tests.errands import stage
from tests.errands.stage import Stage

WEDNESDAY = datetime(2026, 11, 18, 12, tzinfo=clock.LOCAL)


@pytest.fixture
def town(db: None) -> Any:
    """A town on a Wednesday, with an evaluator."""
    with time_machine.travel(WEDNESDAY, tick=False):
        made = stage.build()
        made.person("evaluator", role=Role.EVALUATOR)
        yield made


def asked(
    town: Stage, count: int, *, filled: int = 0, days: float = 1, kind: str = "", **columns: Any
) -> None:
    """So many asks some days ago, of which so many were filled two hours later."""
    asker = town.people.get("asker") or town.person("asker")
    service = Service.objects.of(town.town.id).get(kind=kind) if kind else town.service
    opened = clock.now() - timedelta(days=days)
    given = {"asker": asker, "area": Area.objects.of(town.town.id).first(), **columns}
    for number in range(count):
        Ask.objects.create(
            municipality=town.town,
            service=service,
            agreement="first",
            longitude=stage.LON,
            latitude=stage.LAT,
            responsibility="",
            responsibility_accepted_at=opened,
            opened_at=opened,
            filled_at=opened + timedelta(hours=2) if number < filled else None,
            state="filled" if number < filled else "open",
            **given,
        )


def test_asked_filled_and_wait_by_area_and_service(town: Stage) -> None:
    asked(town, 12, filled=9)
    asked(town, 8, filled=2, kind="errand")
    found = figures(town.actor("evaluator"))
    (area,) = found.areas
    assert [service.id for service in found.services] == [
        Service.objects.of(town.town.id).get(kind=kind).id for kind in ("shopping", "errand")
    ]
    assert area.pairs == (Pair(12, 9), Pair(8, None))
    assert (area.asked, area.filled) == (Sum(20, True), Sum(9, False))
    assert (area.share, area.wait) == (75, timedelta(hours=2))
    assert found.asked == Sum(20, True)
    assert [part.wait for part in found.services] == [timedelta(hours=2), None]


def test_the_period_begins_on_a_monday(town: Stage) -> None:
    asked(town, 6, days=20)
    asked(town, 7, days=30)
    asked(town, 9, days=100)
    counted = {period: figures(town.actor("evaluator"), period).asked.value for period in Period}
    assert counted == {Period.FOUR_WEEKS: 6, Period.TWELVE_WEEKS: 13, Period.ALL: 22}
    assert str(figures(town.actor("evaluator")).since) == "2026-10-26"


def test_weeks_stand_in_order_with_the_empty_ones(town: Stage) -> None:
    asked(town, 6, days=1)
    asked(town, 8, days=15)
    weeks = figures(town.actor("evaluator")).weeks
    assert [(str(week.monday), week.asked) for week in weeks] == [
        ("2026-11-02", 8),
        ("2026-11-09", 0),
        ("2026-11-16", 6),
    ]


def test_an_ask_in_no_area_stands_outside_and_is_counted(town: Stage) -> None:
    asked(town, 6, area=None)
    assert [(area.name, area.asked.value) for area in figures(town.actor("evaluator")).areas][-1] == ("", 6)


def test_nobody_protected_is_in_any_cell(town: Stage) -> None:
    asked(town, 6, filled=6)
    hidden = town.person("hidden", protection="secrecy_mark")
    before = figures(town.actor("evaluator")), people(town.actor("evaluator"))
    asked(town, 9, filled=9, asker=hidden, area=None)
    assert (figures(town.actor("evaluator")), people(town.actor("evaluator"))) == before
    assert front_figures(town.town.id).wait is None


def test_marking_somebody_takes_them_out_at_once(town: Stage) -> None:
    asked(town, 20, filled=20)
    assert front_figures(town.town.id).wait == timedelta(hours=2)
    Person.objects.filter(pk=town.people["asker"].pk).update(protection="secrecy_mark")
    assert not figures(town.actor("evaluator"))
    caches["memory"].clear()  # a minute later
    assert front_figures(town.town.id).wait is None


def test_the_front_page_counts_nobody_protected_on_either_side(town: Stage) -> None:
    for number in range(6):
        helped = town.errand(helper=f"helper{number}", asker=f"asker{number}")
        complete(by=town.actor(f"helper{number}"), errand_id=helped.id)
    found = front_figures(town.town.id)
    assert (found.helped, found.approved) == (6, 6)
    for name in ("helper0", "asker1"):
        Person.objects.filter(pk=town.people[name].pk).update(protection="secrecy_mark")
    caches["memory"].clear()  # a minute later
    found = front_figures(town.town.id)
    assert (found.helped, found.approved) == (None, 5), "four times helped are too few to tell"


def test_signed_up_counts_residents_helpers_and_the_new(town: Stage) -> None:
    for number in range(6):
        town.helper(f"helper{number}")
    found = people(town.actor("evaluator"))
    assert (found.residents, found.new) == (Sum(6, True), 6)
    assert [(row.name, row.pair) for row in found.areas] == [("", Pair(6, 6))]


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.CASEWORKER, Role.PROTECTED_IDENTITY_OFFICER])
def test_only_who_follows_the_whole_sees_figures(town: Stage, role: Role) -> None:
    actor = Actor(town.person("somebody", role=role).id, town.town.id, (Hat(role),))
    for query in (figures, people):
        with pytest.raises(NotAllowed):
            query(actor)


def test_the_neighbours_asks_are_not_counted(town: Stage) -> None:
    asked(town, 6)
    neighbour = stage.build("1260")
    neighbour.person("evaluator2", role=Role.EVALUATOR)
    assert not figures(neighbour.actor("evaluator2"))


def client_of(town: Stage, name: str) -> Client:
    """A browser in which somebody is logged in."""
    person = town.people[name]
    user = User.objects.create(email=f"{name}@example.org", person=person)
    type(person).objects.filter(pk=person.pk).update(language="en")
    client = Client()
    client.force_login(user, backend="handtag.login.middleware.sessions.Backend")
    return client


@pytest.mark.parametrize("period", ["", "?tid=12", "?tid=alla", "?tid=nonsense"])
def test_the_page_shows_picture_and_table_alike(
    town: Stage, period: str, django_assert_max_num_queries
) -> None:
    asked(town, 12, filled=9)
    asked(town, 3, filled=1, kind="errand")
    client = client_of(town, "evaluator")
    with django_assert_max_num_queries(12):
        page = client.get(f"/{town.town.slug}/siffror/{period}")
    assert page.status_code == 200
    assert "12 / 9" in page.text
    assert "&lt;5" in page.text
    assert 'class="areas"' in page.text
    assert "at least 12" in page.text


def test_an_empty_town_says_what_will_come(town: Stage) -> None:
    client = client_of(town, "evaluator")
    page = client.get(f"/{town.town.slug}/siffror/")
    assert "Nobody has asked in this time" in page.text
