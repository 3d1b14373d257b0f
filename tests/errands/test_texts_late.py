"""Texts that come late, twice, in another order or after a day without the provider."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from handtag.errands.actions import errand as errands
from handtag.errands.actions import meeting
from handtag.errands.models import Errand, Feedback, Invitation
from handtag.kernel import clock
from handtag.kernel.actor import Actor, Hat, Via, system
from handtag.kernel.rights import Role
from handtag.notices import actions as notices
from handtag.notices import queries
from handtag.notices.models import Incoming, Notice
from tests.errands.stage import Stage
from tests.errands.test_by_text import NOON, PHONES, built
from tests.notices.elks import Elks, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def elks(settings: Any) -> Iterator[Elks]:
    with running() as server, clock.travelling(NOON):
        settings.SMS_URL = server.url
        yield server


@pytest.fixture
def stage(elks: Elks, db: None) -> Stage:
    return built()


def bring(stage: Stage, name: str, words: str, said_at: datetime, key: str = "") -> None:
    notices.receive(
        by=system(stage.town.id, Via.SMS),
        provider_id=key or f"{name} {words} {said_at}",
        sender=PHONES[name],
        text=words,
        said_at=said_at,
    )


def invited(stage: Stage, name: str = "leila", **columns: Any) -> Invitation:
    occasion = stage.occasion(stage.ask(agreement="coordinator", **columns))
    person_id = stage.people[name].id
    return meeting.invite(by=stage.actor("karin"), occasion_id=occasion.id, person_id=person_id)


# --- late -------------------------------------------------------------------------------------------------


def test_a_yes_written_before_the_question_does_not_answer_it(stage: Stage) -> None:
    stage.errand(helper="leila")
    with clock.travelling(NOON + timedelta(hours=2)):
        invitation = invited(stage, start=NOON + timedelta(days=3))
        bring(stage, "leila", "ja", NOON + timedelta(hours=1))
    invitation.refresh_from_db()
    assert invitation.state == "sent"


def test_a_yes_written_before_the_responsibility_was_read_is_no_yes_to_it(stage: Stage) -> None:
    invited(stage)
    with clock.travelling(NOON + timedelta(minutes=1)):
        bring(stage, "leila", "ja", clock.now())
    with clock.travelling(NOON + timedelta(minutes=3)):
        notices.send_due()
        bring(stage, "leila", "ja", NOON + timedelta(minutes=2), "a double press")
        assert Errand.objects.of(stage.town.id).count() == 0
        bring(stage, "leila", "ja", clock.now(), "having read")
    assert Errand.objects.of(stage.town.id).count() == 1


def test_what_was_written_more_than_a_day_ago_is_not_done(stage: Stage) -> None:
    invitation = invited(stage, start=NOON + timedelta(days=5))
    with clock.travelling(NOON + timedelta(hours=25)):
        bring(stage, "leila", "nej", NOON + timedelta(minutes=1))
    invitation.refresh_from_db()
    assert invitation.state == "sent"
    assert Notice.objects.of(stage.town.id).filter(kind="sms.answer").count() == 1


def test_a_time_to_come_is_now(stage: Stage) -> None:
    bring(stage, "leila", "hej", NOON + timedelta(days=3))
    assert Incoming.objects.of(stage.town.id).get().said_at == NOON


# --- in another order -------------------------------------------------------------------------------------


def test_yes_and_no_in_the_wrong_order_the_last_word_holds(stage: Stage) -> None:
    stage.errand(helper="leila")
    invitation = invited(stage, start=NOON + timedelta(days=3))
    with clock.travelling(NOON + timedelta(minutes=5)):
        bring(stage, "leila", "nej", NOON + timedelta(minutes=2))
        bring(stage, "leila", "ja", NOON + timedelta(minutes=1))
    invitation.refresh_from_db()
    assert (invitation.state, Errand.objects.of(stage.town.id).count()) == ("declined", 1)


def test_klar_before_har(stage: Stage) -> None:
    errand = stage.errand(helper="leila")
    with clock.travelling(errand.starts_at + timedelta(hours=1)):
        bring(stage, "leila", "klar", clock.now() - timedelta(minutes=1))
        bring(stage, "leila", "här", clock.now() - timedelta(minutes=50))
    errand.refresh_from_db()
    assert errand.state == "completed"


WORDS = ["ja", "nej", "ja 1", "nej 1", "ja 2", "nej 2", "klar", "här", "stopp", "start", "bra", "hej på dig"]
SAID = some.lists(some.tuples(some.sampled_from(["leila", "olle"]), some.sampled_from(WORDS)), max_size=7)


def played(said: list[tuple[int, str, str]], order: list[int]) -> tuple[Any, list[int]]:
    """How the world looks after these texts came in this order, and which of them were not done as late.

    Played in a transaction of its own, and taken back.
    """
    with transaction.atomic(), clock.travelling(NOON):
        stage = built()
        ask = stage.ask(agreement="coordinator", start=NOON + timedelta(hours=2))
        occasion = stage.occasion(ask)
        for name in ("leila", "olle"):
            for day in (5, 6):  # both have agreed to these very words before
                stage.errand(helper=name, start=NOON + timedelta(days=day, hours=len(name)))
            by = stage.actor("karin")
            meeting.invite(by=by, occasion_id=occasion.id, person_id=stage.people[name].id)
        with clock.travelling(NOON + timedelta(hours=3)):
            for place in order:
                minute, name, words = said[place]
                bring(stage, name, words, NOON + timedelta(minutes=minute), f"key {place}")
        world = _world(stage, occasion.id)
        late = {f"key {place}" for place in set(order)} - _done(stage)
        transaction.set_rollback(True)
    return world, [place for place in range(len(said)) if f"key {place}" not in late]


def _done(stage: Stage) -> set[str]:
    """Which came in before anything that the same person wrote later: by arrival, as the product sees it."""
    done: set[str] = set()
    latest: dict[str, datetime] = {}
    deeds = {"yes", "no", "done", "here", "cancel", "how", "stop", "start"}
    for row in Incoming.objects.of(stage.town.id).order_by("id"):
        if row.word not in deeds or row.said_at >= latest.get(row.sender, row.said_at):
            done.add(row.provider_id)
        if row.word in deeds:
            latest[row.sender] = max(latest.get(row.sender, row.said_at), row.said_at)
    return done


def _world(stage: Stage, occasion_id: Any) -> Any:
    names = {person.id: name for name, person in stage.people.items()}
    theirs = Errand.objects.of(stage.town.id)
    return (
        sorted((names[e.helper_id], e.state, e.starts_at) for e in theirs),
        sorted(
            (names[i.person_id], i.state)
            for i in Invitation.objects.of(stage.town.id).filter(occasion_id=occasion_id)
        ),
        sorted((f.side, f.how) for f in Feedback.objects.all()),
        [stage.profile(name).paused_until is not None for name in ("leila", "olle")],
        theirs.filter(occasion_id=occasion_id).exclude(state__startswith="cancelled").count(),
    )


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(texts=SAID, seed=some.integers(0, 2**16))
def test_in_any_order_and_doubled(elks: Elks, db: None, texts: list[tuple[str, str]], seed: int) -> None:
    """As if what was done had come in order, once each; what was not done was refused with a word.

    Each person's texts may come in any order among themselves; between persons the order is that of arrival.
    """
    said = [(minute + 1, name, words) for minute, (name, words) in enumerate(texts)]
    order = list(range(len(said))) * 2
    random.Random(seed).shuffle(order)
    mixed, done = played(said, order)
    arrived = [place for place in dict.fromkeys(order) if place in done]
    in_order, all_done = played(said, arrived)
    assert [place for place in done if place not in all_done] == []
    assert mixed == in_order
    assert mixed[-1] <= 1


# --- a day without the provider ---------------------------------------------------------------------------


def test_a_day_without_the_provider(stage: Stage, elks: Elks) -> None:
    """Nothing is lost, doubled, out of order or sent at night; what is over meanwhile is not sent."""
    lapsed = invited(stage, "olle", start=NOON + timedelta(hours=20))
    lasting = stage.errand(helper="leila", start=NOON + timedelta(days=5))
    elks.mood = "down"
    for hour in range(30):  # from noon to six in the evening of the day after
        with clock.travelling(NOON + timedelta(hours=hour)):
            if hour in (2, 9, 20):
                said_first = f"Meddelande {hour}"
                errands.write_message(by=stage.actor("leila"), errand_id=lasting.id, text=said_first)
            if hour == 5:
                meeting.answer_invitation(by=stage.actor("olle"), invitation_id=lapsed.id, yes=False)
            for minute in range(0, 60, 20):
                with clock.travelling(NOON + timedelta(hours=hour, minutes=minute)):
                    notices.send_due()
    assert elks.taken == []
    staff = Actor(None, stage.town.id, (Hat(Role.COORDINATOR),))
    with clock.travelling(NOON + timedelta(hours=30)):
        (still,) = queries.stuck(staff)
        assert (still.channel, still.since < NOON + timedelta(hours=1)) == ("sms", True)
    elks.mood = "well"
    taken_at: list[datetime] = []
    for minute in range(30 * 60 + 9 * 60, 30 * 60 + 18 * 60, 5):  # back at three in the night
        moment = NOON + timedelta(minutes=minute)
        with clock.travelling(moment):
            taken_at += [moment] * notices.send_due()
    assert min(clock.local(moment).hour for moment in taken_at) >= 8
    to_asker = [message.words for message in elks.taken if message.to == PHONES["asker"]]
    numbers = [words.rsplit(" ", 1)[1] for words in to_asker if "Meddelande" in words]
    assert numbers == ["2", "9", "20"]
    assert lasting.door_code in to_asker[0]
    assert PHONES["olle"] not in {message.to for message in elks.taken}
    assert len({message.key for message in elks.taken}) == len(elks.taken)
    with clock.travelling(NOON + timedelta(hours=48)):
        assert queries.stuck(staff) == []


def test_an_answer_of_yesterday_wakes_nobody(stage: Stage, elks: Elks) -> None:
    elks.mood = "down"
    bring(stage, "leila", "hjälp", NOON)
    notices.send_due()
    elks.mood = "well"
    night = clock.at(clock.local(NOON).date(), datetime(2026, 1, 1, 23).time())
    for hours, taken in ((0, 0), (9.1, 1)):
        with clock.travelling(night + timedelta(hours=hours)):
            notices.send_due()
        assert len(elks.taken) == taken


def test_one_text_that_is_refused_alone_does_not_hold_up_the_rest_for_days(stage: Stage, elks: Elks) -> None:
    errand = stage.errand(helper="leila")
    elks.mood = "odd"
    for minute in range(0, 60):
        with clock.travelling(NOON + timedelta(minutes=minute)):
            notices.send_due()
    elks.mood = "well"
    with clock.travelling(NOON + timedelta(hours=2)):
        errands.write_message(by=stage.actor("leila"), errand_id=errand.id, text="Kommer snart")
        notices.send_due()
    assert [message.to for message in elks.taken if "Kommer snart" in message.words] == [PHONES["asker"]]
