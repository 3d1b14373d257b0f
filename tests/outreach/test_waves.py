"""Waves: who is told and when; never at night, never twice, never too often; and what each turn leaves."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from handtag.errands.actions import meeting
from handtag.errands.models import Ask, Invitation, Occasion, Told
from handtag.kernel import clock
from handtag.kernel.rights import Role
from handtag.notices.models import Notice, Preference
from handtag.outreach.actions import waves
from handtag.outreach.models import Attention, Chosen, Wave
from handtag.outreach.queries.situations import NO, NONE, situation
from handtag.people.models import Block, Person
from tests.errands import stage as stages
from tests.errands.stage import Stage

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 19, 11, tzinfo=UTC)  # a Thursday, 12 in Sweden


@pytest.fixture
def stage() -> Iterator[Stage]:
    with clock.travelling(NOON):
        yield stages.build()


def told(ask: Ask) -> set[str]:
    rows = Told.objects.of(ask.municipality_id).filter(ask=ask)
    return set(rows.values_list("person__given_name", flat=True))


def at(moment: datetime) -> int:
    with clock.travelling(moment):
        return waves.advance_due()


def live(ask: Ask, until: datetime) -> dict[datetime, set[str]]:
    """Let the worker go on until then; who was told, by when."""
    found: dict[datetime, set[str]] = {}
    known = told(ask)
    for _turn in range(500):
        ask.refresh_from_db()
        if ask.announce_at is None or ask.announce_at > until:
            return found
        moment = max(ask.announce_at, clock.now())
        at(moment)
        new = told(ask) - known
        known |= new
        if new:
            found[moment] = new
    raise AssertionError("it never ends")


def test_the_nearest_first_few_at_a_time_and_more_as_nobody_answers(stage: Stage) -> None:
    ask = stage.ask()
    for number in range(13):
        stage.helper(f"helper{number:02}", km=0.2 + number * 0.3)
    first = waves.advance_due()
    assert 1 <= first <= 4
    assert told(ask) == {f"Helper{number:02}" for number in range(first)}
    assert at(NOON + timedelta(minutes=1)) == 0
    live(ask, NOON + timedelta(hours=40))
    assert len(told(ask)) > first
    count = Notice.objects.of(stage.town.id).filter(kind="ask.open").count()
    assert count == Told.objects.of(stage.town.id).count() == len(told(ask))


def test_a_wave_keeps_its_figures(stage: Stage) -> None:
    ask = stage.ask()
    stage.helper("leila")
    waves.advance_due()
    wave = Wave.objects.of(stage.town.id).get(ask=ask)
    assert (wave.step, wave.number, wave.told, wave.could) == ("wave", 1, 1, 1)
    assert wave.settings["weekly_budget"] == 3
    assert len(wave.state) == 64
    assert "paced-2" in wave.policy
    chosen = Chosen.objects.get(wave=wave)
    assert (chosen.person_id, chosen.place, chosen.propensity) == (stage.people["leila"].id, 1, 1.0)
    assert 0 < chosen.estimate < 0.15
    assert chosen.attention == 1.0
    assert Attention.objects.of(stage.town.id).get().price > 0


def test_who_sleeps_is_none_of_those_who_could_have_been_told(stage: Stage) -> None:
    stage.helper("leila")
    stage.helper("hamid")
    Preference.objects.create(person=stage.people["hamid"], quiet_from=8, quiet_until=16)
    ask = stage.ask()
    waves.advance_due()
    assert Wave.objects.of(stage.town.id).get(ask=ask).could == 1


def test_the_same_input_has_the_same_output(stage: Stage) -> None:
    for number in range(5):
        stage.helper(f"helper{number}", km=1)
    one, other = stage.ask("olle"), stage.ask("maja")
    waves.advance_due()
    first, second = Wave.objects.of(stage.town.id).filter(ask__in=[one, other]).order_by("at", "id")
    assert first.state != second.state  # whoever was told of the one has less attention for the other
    assert told(one).isdisjoint(told(other))


def test_the_notice_names_nobody_and_nothing(stage: Stage) -> None:
    stage.ask()
    stage.helper("leila")
    waves.advance_due()
    notice = Notice.objects.of(stage.town.id).get(kind="ask.open")
    said = f"{notice.subject} {notice.body}"
    assert not [word for word in ("Asker", "Leila", "kasse", "Ödåkra", "Exempelvägen") if word in said]
    assert notice.link.startswith("http://localhost:8000/helsingborg/hjalpa-till/")


def test_reasons_are_kept(stage: Stage) -> None:
    ask = stage.ask(languages=["ar", "sv"])
    stage.helper("leila", speaks=("ar",))
    waves.advance_due()
    assert Told.objects.of(stage.town.id).get(ask=ask).reasons == [
        ["language", "ar"],
        ["first", ""],
        ["near", ""],
    ]


@pytest.mark.parametrize(("hour", "day"), [(20, 19), (23, 19), (3, 20), (6, 20)])
def test_at_night_it_waits_until_eight(stage: Stage, hour: int, day: int) -> None:
    ask = stage.ask(start=NOON + timedelta(days=5))
    stage.helper("leila")
    assert at(datetime(2026, 11, day, hour, tzinfo=UTC)) == 0
    live(ask, datetime(2026, 11, 20, 6, 59, tzinfo=UTC))
    assert told(ask) == set()
    assert at(datetime(2026, 11, 20, 7, tzinfo=UTC)) == 1


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
def test_the_night_is_that_of_a_swedish_clock(moment: datetime, told_at: datetime) -> None:
    with clock.travelling(moment):
        stage = stages.build()
        ask = stage.ask(start=moment + timedelta(days=5))
        stage.helper("leila")
        assert list(live(ask, moment + timedelta(days=1))) == [told_at]


def test_who_keeps_quiet_longer_than_the_town_is_left_in_peace(stage: Stage) -> None:
    ask = stage.ask()
    stage.helper("leila")
    Preference.objects.create(person=stage.people["leila"], quiet_from=9, quiet_until=14)
    assert waves.advance_due() == 0
    assert list(live(ask, NOON + timedelta(hours=3))) == [NOON + timedelta(hours=2)]


def test_only_who_may_and_can(stage: Stage) -> None:
    ask = stage.ask(languages=["sv"])
    stage.helper("fits")
    stage.helper("far", km=9)
    stage.helper("mute", speaks=("fi",))
    stage.helper("paused", paused_until=NOON + timedelta(days=9))
    stage.helper("inactive", is_active=False)
    stage.helper("protected")
    Person.objects.filter(given_name="Protected").update(protection=Person.Protection.SECRECY_MARK)
    blocked = stage.helper("blocked")
    Block.objects.create(municipality=stage.town, person_id=blocked.person, other=ask.asker)
    stage.helper("busy-then", any_time=False)
    booked = stage.helper("booked")
    other = stage.ask("olle", announce_at=None)
    meeting.make_offer(by=booked, occasion_id=stage.occasion(other).id)
    stage.permit(stage.people["asker"])
    live(ask, NOON + timedelta(hours=1))
    assert told(ask) == {"Fits"}


def test_nothing_is_told_of_a_protected_persons_ask(stage: Stage) -> None:
    ask = stage.ask()
    stage.helper("leila")
    Person.objects.filter(id=ask.asker_id).update(protection=Person.Protection.SECRECY_MARK)
    assert waves.advance_due() == 0
    ask.refresh_from_db()
    assert ask.announce_at is None


def test_nothing_is_told_once_it_is_filled(stage: Stage) -> None:
    ask = stage.ask()
    meeting.make_offer(by=stage.helper("early"), occasion_id=stage.occasion(ask).id)
    stage.helper("leila")
    assert waves.advance_due() == 0
    assert Ask.objects.of(stage.town.id).get(id=ask.id).waves == 0


def test_nobody_more_is_told_while_the_asker_has_an_offer_to_answer(stage: Stage) -> None:
    ask = stage.ask(agreement="asker")
    offer = meeting.make_offer(by=stage.helper("early"), occasion_id=stage.occasion(ask).id)
    stage.helper("leila")
    assert waves.advance_due() == 0
    meeting.decline_offer(by=stage.actor("asker"), offer_id=offer.id)
    assert waves.advance_due() >= 1


def test_twice_is_once(stage: Stage) -> None:
    stage.ask()
    stage.helper("leila")
    assert [waves.advance_due(), waves.advance_due()] == [1, 0]


def test_enough_for_a_week_is_enough(stage: Stage) -> None:
    stage.helper("leila", most_in_week=1)
    done = stage.ask("olle", start=NOON + timedelta(days=1), announce_at=None)
    meeting.make_offer(by=stage.actor("leila"), occasion_id=stage.occasion(done).id)
    this_week = stage.ask(start=NOON + timedelta(days=2))
    next_week = stage.ask("maja", start=NOON + timedelta(days=5))
    waves.advance_due()
    assert (told(this_week), told(next_week)) == (set(), {"Leila"})


def test_three_questions_in_a_week_and_no_more(stage: Stage) -> None:
    stage.helper("leila")
    asks = [stage.ask(f"asker{number}", start=NOON + timedelta(days=6)) for number in range(5)]
    for days in range(6):
        for ask in asks:
            live(ask, NOON + timedelta(days=days))
    assert 2 <= Told.objects.of(stage.town.id).count() <= 3


def test_a_no_brings_the_next_at_once(stage: Stage) -> None:
    ask = stage.ask(start=NOON + timedelta(days=4))
    for name in ("leila", "hamid"):
        stage.helper(name)
    waves.advance_due()
    first = Told.objects.of(stage.town.id).get(ask=ask)
    person = next(name for name in ("leila", "hamid") if stage.people[name].id == first.person_id)
    with clock.travelling(NOON + timedelta(minutes=4)):
        assert waves.advance_due() == 0
        meeting.decline_ask(by=stage.actor(person), ask_id=ask.id)
        assert waves.advance_due() == 1


class TestInvited:
    """Who is invited in particular is not also told of the same ask."""

    @pytest.fixture
    def ask(self, stage: Stage) -> Ask:
        stage.person("karin", role=Role.COORDINATOR)
        stage.helper("leila")
        return stage.ask()

    def invite(self, stage: Stage, ask: Ask) -> Invitation:
        return meeting.invite(
            by=stage.actor("karin"),
            occasion_id=stage.occasion(ask).id,
            person_id=stage.people["leila"].id,
        )

    def test_nor_is_who_said_no_to_it(self, stage: Stage, ask: Ask) -> None:
        invitation = self.invite(stage, ask)
        live(ask, NOON + timedelta(hours=3))
        assert told(ask) == set()
        meeting.answer_invitation(by=stage.actor("leila"), invitation_id=invitation.id, yes=False)
        live(ask, NOON + timedelta(hours=5))
        assert told(ask) == set()
        assert Notice.objects.of(stage.town.id).filter(person=stage.people["leila"]).count() == 1

    def test_they_are_waited_for_like_who_was_told(self, stage: Stage, ask: Ask) -> None:
        """So nobody more is told than may be waited for at a time."""
        invitation = self.invite(stage, ask)
        who = stage.people["leila"].id
        assert [(one.person_id, one.answered) for one in situation(ask).before] == [(who, NONE)]
        meeting.answer_invitation(by=stage.actor("leila"), invitation_id=invitation.id, yes=False)
        assert [(one.person_id, one.answered) for one in situation(ask).before] == [(who, NO)]

    def test_a_notice_not_yet_sent_is_taken_back(self, stage: Stage, ask: Ask) -> None:
        waves.advance_due()
        self.invite(stage, ask)
        states = dict(Notice.objects.of(stage.town.id).values_list("kind", "state"))
        assert states == {"ask.open": "cancelled", "invitation.sent": "waiting"}


def test_an_invitation_counts_among_the_three(stage: Stage) -> None:
    stage.person("karin", role=Role.COORDINATOR)
    stage.helper("leila")
    for number in range(3):
        other = stage.ask(f"olle{number}", agreement="coordinator", announce_at=None)
        occasion = Occasion.objects.of(stage.town.id).get(ask=other)
        meeting.invite(by=stage.actor("karin"), occasion_id=occasion.id, person_id=stage.people["leila"].id)
    ask = stage.ask()
    live(ask, NOON + timedelta(hours=3))
    assert told(ask) == set()
