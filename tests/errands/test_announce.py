"""Telling: the ten best, two hours later the next ten, never at night, never the same person twice."""

from datetime import UTC, datetime, timedelta

import pytest

from handtag.errands.actions import announcing, meeting
from handtag.errands.models import Ask, Told
from handtag.kernel import clock
from handtag.notices.models import Notice
from handtag.people.models import Block, Person
from tests.errands import stage as stages

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 19, 11, tzinfo=UTC)  # a Thursday, 12 in Sweden


@pytest.fixture
def stage():
    with clock.travelling(NOON):
        yield stages.build()


def told(ask):
    return set(
        Told.objects.of(ask.municipality_id).filter(ask=ask).values_list("person__given_name", flat=True)
    )


def announce_at(moment):
    with clock.travelling(moment):
        return announcing.announce_due()


def test_the_ten_nearest_first_then_the_next(stage):
    ask = stage.ask()
    for number in range(13):
        stage.helper(f"helper{number:02}", km=0.2 + number * 0.3)
    assert announcing.announce_due() == 10
    assert told(ask) == {f"Helper{number:02}" for number in range(10)}
    assert announce_at(NOON + timedelta(minutes=119)) == 0
    assert announce_at(NOON + timedelta(hours=2)) == 3
    assert announce_at(NOON + timedelta(hours=4)) == 0
    assert Notice.objects.of(stage.town.id).filter(kind="ask.open").count() == 13
    assert len(told(ask)) == 13


def test_the_notice_names_nobody_and_nothing(stage):
    stage.ask()
    stage.helper("leila")
    announcing.announce_due()
    notice = Notice.objects.of(stage.town.id).get(kind="ask.open")
    said = f"{notice.subject} {notice.body}"
    assert not [word for word in ("Asker", "Leila", "kasse", "Ödåkra", "Exempelvägen") if word in said]
    assert notice.link.startswith("http://localhost:8000/helsingborg/hjalpa-till/")


def test_reasons_are_kept(stage):
    ask = stage.ask(languages=["ar", "sv"])
    stage.helper("leila", speaks=("ar",))
    announcing.announce_due()
    assert Told.objects.of(stage.town.id).get(ask=ask).reasons == [
        ["language", "ar"],
        ["near", ""],
        ["free", ""],
    ]


@pytest.mark.parametrize(
    ("moment", "told_at"),
    [
        (datetime(2026, 7, 1, 18, 59, tzinfo=UTC), datetime(2026, 7, 1, 18, 59, tzinfo=UTC)),
        (datetime(2026, 7, 1, 19, tzinfo=UTC), datetime(2026, 7, 2, 6, tzinfo=UTC)),
        (datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2026, 10, 25, 7, tzinfo=UTC)),
        (datetime(2027, 3, 27, 21, tzinfo=UTC), datetime(2027, 3, 28, 6, tzinfo=UTC)),
        (datetime(2026, 11, 20, 6, 59, tzinfo=UTC), datetime(2026, 11, 20, 7, tzinfo=UTC)),
    ],
    ids=["20:59 in summer", "21 in summer", "the clock falls back", "the clock leaps", "before eight"],
)
def test_the_night_is_that_of_a_swedish_clock(moment, told_at):
    assert clock.not_at_night(moment) == told_at


def test_the_evenings_next_wave_comes_in_the_morning(stage):
    ask = stage.ask(start=NOON + timedelta(days=5))
    stage.helper("leila")
    assert announce_at(datetime(2026, 11, 19, 19, 30, tzinfo=UTC)) == 1
    ask.refresh_from_db()
    assert ask.announce_at == datetime(2026, 11, 20, 7, tzinfo=UTC)


@pytest.mark.parametrize(("hour", "day"), [(20, 19), (23, 19), (3, 20), (6, 20)])
def test_at_night_it_waits_until_eight(stage, hour, day):
    ask = stage.ask(start=NOON + timedelta(days=5))
    stage.helper("leila")
    assert announce_at(datetime(2026, 11, day, hour, tzinfo=UTC)) == 0
    ask.refresh_from_db()
    assert ask.announce_at == datetime(2026, 11, 20, 7, tzinfo=UTC)
    assert announce_at(datetime(2026, 11, 20, 7, tzinfo=UTC)) == 1


def test_only_who_may_and_can(stage):
    ask = stage.ask(languages=["sv"])
    stage.helper("fits")
    stage.helper("far", km=9)
    stage.helper("mute", speaks=("fi",))
    stage.helper("paused", paused_until=NOON + timedelta(days=1))
    stage.helper("inactive", is_active=False)
    stage.helper("protected")
    Person.objects.filter(given_name="Protected").update(protection=Person.Protection.SECRECY_MARK)
    blocked = stage.helper("blocked")
    Block.objects.create(municipality=stage.town, person_id=blocked.person, other=ask.asker)
    stage.helper("busy-then", any_time=False)
    booked = stage.helper("booked")
    other = stage.ask("olle")
    meeting.make_offer(by=booked, occasion_id=stage.occasion(other).id)
    stage.permit(stage.people["asker"])
    announcing.announce_due()
    assert told(ask) == {"Fits"}


def test_nothing_is_told_of_a_protected_persons_ask(stage):
    ask = stage.ask()
    stage.helper("leila")
    Person.objects.filter(id=ask.asker_id).update(protection=Person.Protection.SECRECY_MARK)
    assert announcing.announce_due() == 0


def test_nothing_is_told_once_it_is_filled(stage):
    ask = stage.ask()
    meeting.make_offer(by=stage.helper("early"), occasion_id=stage.occasion(ask).id)
    stage.helper("leila")
    assert announcing.announce_due() == 0
    assert Ask.objects.of(stage.town.id).get(id=ask.id).waves == 0


def test_twice_is_once(stage):
    stage.ask()
    stage.helper("leila")
    assert [announcing.announce_due(), announcing.announce_due()] == [1, 0]


def test_enough_for_a_week_is_enough(stage):
    stage.helper("leila", most_in_week=1)
    done = stage.ask("olle", start=NOON + timedelta(days=1))
    meeting.make_offer(by=stage.actor("leila"), occasion_id=stage.occasion(done).id)
    ask = stage.ask(start=NOON + timedelta(days=2))
    announcing.announce_due()
    assert told(ask) == set()
