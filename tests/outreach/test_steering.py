"""A coordinator stops, hurries and widens the search, and sees each step: the ladder of each verb."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from handtag.errands.actions import meeting
from handtag.errands.models import Ask, Told
from handtag.history.models import Entry
from handtag.kernel import clock
from handtag.kernel.errors import NotAllowed, NotFound, Problem, TooLate
from handtag.kernel.ids import new
from handtag.kernel.rights import Role
from handtag.notices.models import Notice
from handtag.outreach.actions import steering, waves
from handtag.outreach.models import Wave
from handtag.outreach.queries.search import search
from handtag.people.models import Person
from tests.errands import stage as stages
from tests.errands.stage import Stage

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 19, 11, tzinfo=UTC)
VERBS: list[Callable[..., Any]] = [
    steering.stop,
    steering.hurry,
    lambda **named: steering.widen(metres=2_000, **named),
]


@pytest.fixture
def stage() -> Iterator[Stage]:
    with clock.travelling(NOON):
        stage = stages.build()
        stage.person("karin", role=Role.COORDINATOR)
        stage.person("gun")
        yield stage


def steps(ask: Ask) -> list[str]:
    waves = Wave.objects.of(ask.municipality_id).filter(ask=ask)
    return list(waves.order_by("number").values_list("step", flat=True))


def test_stopped_nobody_more_is_told_until_it_goes_on(stage: Stage) -> None:
    ask, by = stage.ask(), stage.actor("karin")
    stage.helper("leila")
    steering.stop(by=by, ask_id=ask.id)
    with clock.travelling(NOON + timedelta(hours=5)):
        assert waves.advance_due() == 0
        steering.go_on(by=by, ask_id=ask.id)
        assert waves.advance_due() == 1
    assert steps(ask)[:3] == ["stopped", "resumed", "wave"]
    verbs = set(Entry.objects.filter(object_id=ask.id, actor_id=by.person).values_list("verb", flat=True))
    assert {"search.stopped", "search.resumed"} <= verbs


def test_hurried_more_are_told_and_sooner(stage: Stage) -> None:
    for number in range(8):
        stage.helper(f"helper{number}")
    calm, hurried = stage.ask(), stage.ask("olle")
    steering.hurry(by=stage.actor("karin"), ask_id=hurried.id)
    waves.advance_due()
    calm.refresh_from_db()
    hurried.refresh_from_db()
    assert hurried.announce_at is not None
    assert calm.announce_at is None or hurried.announce_at <= calm.announce_at
    wave = Wave.objects.of(stage.town.id).get(ask=hurried, step="wave")
    assert wave.settings["step"] < Wave.objects.of(stage.town.id).get(ask=calm, step="wave").settings["step"]


def test_widened_by_hand_is_a_step_too(stage: Stage) -> None:
    ask = stage.ask()
    steering.widen(by=stage.actor("karin"), ask_id=ask.id, metres=5_000)
    assert Wave.objects.of(stage.town.id).get(ask=ask).metres == 5_000


@pytest.mark.parametrize("verb", VERBS)
def test_not_for_residents(stage: Stage, verb: Callable[..., Any]) -> None:
    ask = stage.ask()
    for name in ("gun", "asker"):
        with pytest.raises(NotAllowed):
            verb(by=stage.actor(name), ask_id=ask.id)
    assert steps(ask) == []


@pytest.mark.parametrize("verb", VERBS)
def test_not_next_door_nor_what_is_not_there(stage: Stage, verb: Callable[..., Any]) -> None:
    ask, other = stage.ask(), stages.build("1260")
    other.person("maria", role=Role.COORDINATOR)
    with pytest.raises(NotFound):
        verb(by=other.actor("maria"), ask_id=ask.id)
    with pytest.raises(NotFound):
        verb(by=stage.actor("karin"), ask_id=new())


@pytest.mark.parametrize("verb", VERBS)
def test_not_when_it_is_over_or_anothers_to_place(stage: Stage, verb: Callable[..., Any]) -> None:
    over = stage.ask(state="withdrawn")
    with pytest.raises(Problem):
        verb(by=stage.actor("karin"), ask_id=over.id)
    hidden = stage.ask("olle")
    Person.objects.filter(pk=hidden.asker_id).update(protection="secrecy_mark")
    with pytest.raises((NotFound, Problem)):
        verb(by=stage.actor("karin"), ask_id=hidden.id)


@pytest.mark.parametrize("verb", VERBS[:2])
def test_there_is_no_search_for_a_protected_person_even_for_the_officer(
    stage: Stage, verb: Callable[..., Any]
) -> None:
    stage.person("officer", role=Role.PROTECTED_IDENTITY_OFFICER)
    ask = stage.ask("olle")
    Person.objects.filter(pk=ask.asker_id).update(protection="secrecy_mark")
    with pytest.raises(TooLate):
        verb(by=stage.actor("officer"), ask_id=ask.id)
    with pytest.raises(NotFound):
        search(stage.actor("officer"), ask.id)
    assert steps(ask) == []


def test_twice_says_so(stage: Stage) -> None:
    ask, by = stage.ask(), stage.actor("karin")
    with pytest.raises(TooLate):
        steering.go_on(by=by, ask_id=ask.id)
    steering.stop(by=by, ask_id=ask.id)
    with pytest.raises(TooLate):
        steering.stop(by=by, ask_id=ask.id)
    assert steps(ask) == ["stopped"]


class TestPage:
    """The page of the search, and what it says."""

    def test_it_shows_each_step_and_who_was_asked(self, stage: Stage) -> None:
        ask = stage.ask()
        stage.helper("leila")
        waves.advance_due()
        found = search(stage.actor("karin"), ask.id)
        assert [len(step.told) for step in found.tried] == [1]
        said = stage.browser("karin").get(f"/helsingborg/oversikt/fraga/{ask.id}/sok/").content.decode()
        assert "Leila" in said
        assert "Det har prövats" in said

    def page(self, stage: Stage, ask: Ask) -> str:
        path = f"/helsingborg/oversikt/fraga/{ask.id}/sok/"
        return stage.browser("karin").get(path).content.decode()

    def test_it_says_why_nothing_has_been_tried(self, stage: Stage) -> None:
        """Not looked at yet; looked at, and nobody could be asked; the night; and stopped."""
        ask, words = stage.ask(announce_at=NOON), "Just nu passar ingen"
        assert "Vi börjar fråga inom en minut" in self.page(stage, ask)
        Ask.objects.of(stage.town.id).update(announce_at=NOON + timedelta(hours=1))
        said = self.page(stage, ask)
        assert words in said
        assert "Att skynda på är" in said
        with clock.travelling(datetime(2026, 11, 19, 22, tzinfo=UTC)):
            Ask.objects.of(stage.town.id).update(announce_at=datetime(2026, 11, 20, 7, tzinfo=UTC))
            assert words not in self.page(stage, ask)
        steering.stop(by=stage.actor("karin"), ask_id=ask.id)
        assert "Att skynda på är" not in self.page(stage, ask)

    def test_when_the_time_has_come_nothing_is_steered(self, stage: Stage) -> None:
        ask = stage.ask(start=NOON + timedelta(hours=1))
        with clock.travelling(NOON + timedelta(hours=2)):
            said = self.page(stage, ask)
        assert "Tiden är inne, och vi frågar inga fler." in said
        assert "/sok/fortsatt/" not in said

    def test_each_helper_stands_at_the_step_that_told_them(self, stage: Stage) -> None:
        ask = stage.ask()
        for name in ("leila", "hamid"):
            stage.helper(name)
        waves.advance_due()
        first = Told.objects.of(stage.town.id).get(ask=ask).person.given_name
        with clock.travelling(NOON + timedelta(minutes=4)):
            meeting.decline_ask(by=stage.actor(first.lower()), ask_id=ask.id)
            waves.advance_due()
        tried = search(stage.actor("karin"), ask.id).tried
        assert [len(step.told) for step in tried] == [1, 1]
        assert (tried[1].told[0].name.split()[0], tried[1].told[0].answer) == (first, "no")
        assert tried[0].told[0].answer == ""

    def test_a_button_stops_and_goes_on(self, stage: Stage) -> None:
        ask, browser = stage.ask(), stage.browser("karin")
        path = f"/helsingborg/oversikt/fraga/{ask.id}/sok/"
        for verb, is_stopped in (("stoppa", True), ("stoppa", True), ("fortsatt", False), ("skynda", False)):
            assert browser.post(f"{path}{verb}/", {"submission": str(new())}).status_code == 302
            assert search(stage.actor("karin"), ask.id).is_stopped is is_stopped

    def test_not_for_residents(self, stage: Stage) -> None:
        ask = stage.ask()
        assert stage.browser("gun").get(f"/helsingborg/oversikt/fraga/{ask.id}/sok/").status_code in (
            403,
            404,
        )


class TestListed:
    """The coordinators' list gets the ask with what was tried."""

    def test_at_once_when_nobody_can_be_asked(self, stage: Stage) -> None:
        ask = stage.ask()
        waves.advance_due()
        ask.refresh_from_db()
        assert ask.listed_at == NOON
        assert steps(ask) == ["time", "list"]
        assert not Notice.objects.of(stage.town.id).filter(kind="ask.urgent").exists()
        assert Notice.objects.of(stage.town.id).filter(kind="ask.other_time").count() == 1

    def test_an_urgent_one_is_brought_to_the_coordinator(self, stage: Stage) -> None:
        ask = stage.ask(start=NOON + timedelta(hours=3))
        waves.advance_due()
        assert steps(ask) == ["list"]
        notice = Notice.objects.of(stage.town.id).get(kind="ask.urgent")
        assert notice.person_id == stage.people["karin"].id
        assert notice.link.endswith(f"/helsingborg/oversikt/fraga/{ask.id}/")

    def test_further_away_before_that(self, stage: Stage) -> None:
        ask = stage.ask()
        stage.helper("far", km=6.5, reach=5000)
        waves.advance_due()
        ask.refresh_from_db()
        assert (ask.wider_by, ask.listed_at) == (2_000, None)
        with clock.travelling(NOON + timedelta(minutes=6)):
            assert waves.advance_due() == 1
