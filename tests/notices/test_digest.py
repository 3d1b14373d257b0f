"""The letter of the day: what may wait for it, and that everything arrives exactly once, in it or alone."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handtag.kernel import clock, ids
from handtag.municipalities.models import Municipality
from handtag.notices import actions
from handtag.notices.actions import ringing
from handtag.notices.messages import Letter
from handtag.notices.models import Notice, Preference
from handtag.notices.queries import letters, outbox
from handtag.notices.rules import digest
from handtag.people.models import Person
from tests.ground import a_town
from tests.notices.conftest import NOON, Make, again, as_, turn_on
from tests.notices.elks import Elks
from tests.notices.pushes import Pushes

pytestmark = pytest.mark.django_db

FOUR = clock.at(date(2026, 11, 26), time(16))
PLAIN, TIMED, URGENT = "feedback.given", "ask.open", "errand.cancelled_by_asker"


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with clock.travelling(NOON):
        yield


LAPSES: dict[UUID, datetime] = {}


@pytest.fixture(autouse=True)
def _what_lapses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rooms above say when what a notice is about begins."""
    monkeypatch.setattr(letters, "UNTIL", [lambda _town, about: LAPSES.get(about)])
    monkeypatch.setattr(outbox, "POINTLESS", [])


@pytest.fixture
def elsa(make: Make, town: Municipality) -> Person:
    """Somebody who wants to be told once a day."""
    person = make(phone="", email="elsa@example.org")
    want(person, town, daily=True)
    return person


def want(person: Person, town: Municipality, *channels: str, daily: bool) -> None:
    wish = actions.Wish(channels or ("email",), daily=daily)
    actions.choose_channels(by=as_(person, town), wish=wish)


def say(person: Person, town_id: UUID | None, words: str, kind: str = PLAIN, **more: Any) -> Notice:
    question, lapses_at = more.pop("question", False), more.pop("lapses_at", None)
    if lapses_at is not None:
        more["about_id"] = ids.new()
        LAPSES[more["about_id"]] = lapses_at
    letter = Letter(f"Något om {words}", f"Mer om {words}", f"https://x.example/{words}/", question)
    return actions.tell(municipality_id=town_id, person_id=person.id, kind=kind, write=lambda: letter, **more)


def work(at: datetime) -> None:
    with clock.travelling(at):
        actions.gather_due()
        actions.send_due()


# --- the rule ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "hours_left", "waits"),
    [
        (PLAIN, None, True),
        (TIMED, None, False),
        (TIMED, 25, True),
        (TIMED, 24, False),
        (TIMED, -3, False),
        ("errand.agreed", 200, True),
        ("errand.agreed", 23, False),
        (URGENT, 200, False),
        ("errand.called_off", 200, False),
        ("errand.unconfirmed", None, False),
        ("login.code", None, False),
        ("login.passkey_added", None, False),
        ("mandate.made", None, False),
        ("permit.revoked", None, False),
        ("sms.answer", None, False),
        ("something.new", None, False),
    ],
)
def test_what_may_wait(kind: str, hours_left: int | None, waits: bool) -> None:
    lapses_at = None if hours_left is None else FOUR + timedelta(hours=hours_left)
    assert digest.may_wait(kind, until=FOUR, lapses_at=lapses_at) is waits


def test_nothing_that_is_told_at_any_hour_may_wait() -> None:
    from handtag.notices.rules.channels import AT_ANY_HOUR, ON_ONES_OWN
    from handtag.notices.rules.sending import SECRET_KINDS

    alone = AT_ANY_HOUR | SECRET_KINDS | {digest.DIGEST}
    # What goes only where nobody else can keep it from one is not put together with the rest.
    assert not digest.EITHER & (alone | ON_ONES_OWN)


@given(st.datetimes(datetime(2026, 3, 20), datetime(2026, 11, 5), timezones=st.just(UTC)))
def test_the_letter_comes_at_four_within_a_day_and_an_hour(moment: datetime) -> None:
    comes = digest.next_at(moment)
    assert clock.local(comes).time() == time(16)
    assert timedelta(0) < comes - moment <= timedelta(hours=25)


# --- the letter -------------------------------------------------------------------------------------------


def test_one_letter_holds_the_lines_of_the_others(elsa: Person, town: Municipality) -> None:
    for words in ("ett", "två", "tre"):
        say(elsa, town.id, words)
    work(NOON)
    assert mail.outbox == []
    work(FOUR)
    (letter,) = mail.outbox
    for words in ("ett", "två", "tre"):
        assert f"Något om {words}\nMer om {words}\nhttps://x.example/{words}/" in letter.body
    assert f"/{town.slug}/nytt/" in letter.body
    assert letter.body.index("ett") < letter.body.index("tre")
    work(FOUR + timedelta(days=2))
    assert len(mail.outbox) == 1


def test_one_alone_goes_as_it_is(elsa: Person, town: Municipality) -> None:
    notice = say(elsa, town.id, "ett")
    work(FOUR)
    assert [letter.subject for letter in mail.outbox] == ["Något om ett"]
    assert (again(notice).state, Notice.objects.everywhere().count()) == ("sent", 1)


def test_what_is_urgent_comes_at_once(elsa: Person, town: Municipality) -> None:
    say(elsa, town.id, "ett")
    say(elsa, town.id, "bråttom", URGENT)
    say(elsa, town.id, "snart", TIMED, lapses_at=NOON + timedelta(hours=20))
    say(elsa, None, "inloggning", "login.passkey_added")
    work(NOON)
    assert len(mail.outbox) == 3


def test_who_has_not_chosen_it_is_told_at_once(make: Make, town: Municipality) -> None:
    say(make(phone="", email="a@example.org"), town.id, "ett")
    work(NOON)
    assert len(mail.outbox) == 1


def test_a_question_by_text_keeps_its_number(elks: Elks, make: Make, town: Municipality) -> None:
    person = make()
    want(person, town, "sms", daily=True)
    far = NOON + timedelta(days=5)
    asked = say(person, town.id, "ett", "invitation.sent", question=True, lapses_at=far)
    told = say(person, town.id, "två", "invitation.sent", lapses_at=far)
    assert (asked.state, told.state) == ("waiting", "held")


def test_on_a_locked_screen_the_letter_says_nothing_but_that_it_is_there(
    pushes: Pushes, make: Make, town: Municipality
) -> None:
    person = make()
    turn_on(person, town, pushes.browser())
    want(person, town, "push", daily=True)
    say(person, town.id, "ett")
    say(person, town.id, "två")
    pushes.now = FOUR
    work(FOUR)
    (taken,) = pushes.taken
    assert (taken.said["title"], taken.said["link"].endswith(f"/{town.slug}/nytt/")) == (
        "Nytt sedan i går",
        True,
    )


def test_switched_off_what_waits_is_sent(elsa: Person, town: Municipality) -> None:
    for words in ("ett", "två"):
        say(elsa, town.id, words)
    want(elsa, town, daily=False)
    work(NOON)
    assert len(mail.outbox) == 2
    work(FOUR)
    assert len(mail.outbox) == 2


def test_who_is_rung_from_now_on_is_rung(elsa: Person, town: Municipality, monkeypatch: Any) -> None:
    brought: list[UUID] = []
    monkeypatch.setattr(ringing, "AFTER_BRING", [lambda notice: brought.append(notice.id)])
    notices = [say(elsa, town.id, words) for words in ("ett", "två")]
    Person.objects.filter(pk=elsa.pk).update(phone="+46701740605")
    Preference.objects.filter(person=elsa).update(channels=["phone"])
    work(FOUR)
    assert (sorted(brought), mail.outbox) == (sorted(notice.id for notice in notices), [])


def test_what_is_taken_back_is_not_in_the_letter(elsa: Person, town: Municipality) -> None:
    about = ids.new()
    say(elsa, town.id, "ett")
    say(elsa, town.id, "två")
    say(elsa, town.id, "tre", about_id=about)
    assert actions.cancel(about_id=about, kinds=frozenset({PLAIN})) == 1
    work(FOUR)
    assert "tre" not in mail.outbox[0].body


def test_what_is_over_when_the_letter_is_written_is_left_out(
    elsa: Person, town: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = ids.new()
    for words, about in (("ett", None), ("två", None), ("tre", gone)):
        say(elsa, town.id, words, about_id=about)
    monkeypatch.setattr(outbox, "POINTLESS", [lambda _kind, about: about == gone])
    work(FOUR)
    assert "tre" not in mail.outbox[0].body


def test_a_worker_that_slept_for_days_writes_one_letter(elsa: Person, town: Municipality) -> None:
    for day in range(3):
        with clock.travelling(NOON + timedelta(days=day)):
            say(elsa, town.id, f"dag{day}")
    work(NOON + timedelta(days=2, hours=1))
    work(FOUR + timedelta(days=2))
    assert [len(re.findall(r"Mer om dag\d", str(letter.body))) for letter in mail.outbox] == [2, 1]


def test_what_comes_while_the_letter_is_written_goes_into_the_next(elsa: Person, town: Municipality) -> None:
    say(elsa, town.id, "ett")
    say(elsa, town.id, "två")
    work(FOUR)
    # Written a moment before four by a deed that was slow to finish.
    late = say(elsa, town.id, "sen")
    Notice.objects.everywhere().filter(id=late.id).update(due_at=FOUR)
    work(FOUR + timedelta(minutes=1))
    assert (len(mail.outbox), again(late).due_at) == (1, FOUR + timedelta(days=1))
    work(FOUR + timedelta(days=1))
    assert ("sen" in mail.outbox[1].body, len(mail.outbox)) == (True, 2)


def test_two_towns_write_a_letter_each(elsa: Person, town: Municipality) -> None:
    other = a_town("1260")
    for place in (town, other):
        for words in ("ett", "två"):
            say(elsa, place.id, words)
    work(FOUR)
    assert len(mail.outbox) == 2


def test_a_letter_that_does_not_arrive_falls_over_once(
    pushes: Pushes, make: Make, town: Municipality
) -> None:
    person = make(email="a@example.org")
    pushes.mood(turn_on(person, town, pushes.browser()), "gone")
    want(person, town, "push", "email", daily=True)
    say(person, town.id, "ett")
    say(person, town.id, "två")
    pushes.now = FOUR
    work(FOUR)
    work(FOUR + timedelta(minutes=1))
    (letter,) = mail.outbox
    assert "Mer om ett" in letter.body


# --- always once ------------------------------------------------------------------------------------------

# Minutes until the next thing happens, and what that is.
STEP = st.tuples(
    st.integers(0, 30 * 60),
    st.sampled_from(["plain", "timed", "urgent", "work", "work", "on", "off"]),
)


@pytest.mark.parametrize(
    "begin", [datetime(2026, 3, 27, 6, tzinfo=UTC), datetime(2026, 10, 23, 6, tzinfo=UTC)]
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=4, max_size=16))
def test_every_notice_arrives_exactly_once(
    make: Make, town: Municipality, begin: datetime, steps: list[tuple[int, str]]
) -> None:
    """Over the days on which the clocks are changed, whatever is switched on and off meanwhile."""
    with transaction.atomic():
        mail.outbox.clear()
        person = make(phone="", email="elsa@example.org")
        told, now = lived(person, town, begin, steps)
        for day in range(1, 4):
            work(clock.at(clock.local(now).date() + timedelta(days=day), time(17)))
        bodies = "".join(str(letter.body) for letter in mail.outbox)
        assert {words: bodies.count(f"Mer om {words}\n") for words in told} == dict.fromkeys(told, 1)
        days = (
            Notice.objects.everywhere().filter(person=person).exclude(day=None).values_list("day", flat=True)
        )
        assert len(set(days)) == len(days)
        transaction.set_rollback(True)


def lived(
    person: Person, town: Municipality, begin: datetime, steps: list[tuple[int, str]]
) -> tuple[list[str], datetime]:
    told: list[str] = []
    now = begin
    for number, (minutes, what) in enumerate(steps):
        now += timedelta(minutes=minutes)
        with clock.travelling(now):
            if what == "work":
                work(now)
            elif what in ("on", "off"):
                want(person, town, daily=what == "on")
            else:
                told.append(f"nr{number}")
                kind, left = {"plain": (PLAIN, None), "urgent": (URGENT, None), "timed": (TIMED, 50)}[what]
                lapses_at = now + timedelta(hours=left) if left else None
                say(person, town.id, told[-1], kind, lapses_at=lapses_at)
    return told, now


@pytest.mark.race
def test_two_workers_at_the_same_moment_write_one_letter(at_once: Callable[..., list[Any]]) -> None:
    town = a_town("1283")
    people = [Person.objects.create(given_name="Race", email=f"r{n}@example.org") for n in range(4)]
    for person in people:
        Preference.objects.create(person=person, channels=["email"], daily=True)
        for words in ("ett", "två", "tre"):
            say(person, town.id, words)

    def gather() -> int:
        with clock.travelling(FOUR):
            return actions.gather_due()

    assert sum(at_once(*[gather] * 4)) == len(people)
    work(FOUR)
    assert sorted(letter.to[0] for letter in mail.outbox) == [person.email for person in people]
    assert all(str(letter.body).count("Mer om") == 3 for letter in mail.outbox)


@pytest.mark.race
def test_switched_off_at_the_moment_of_the_letter(at_once: Callable[..., list[Any]]) -> None:
    town = a_town("1283")
    person = Person.objects.create(given_name="Race", email="r@example.org")
    Preference.objects.create(person=person, channels=["email"], daily=True)
    for words in ("ett", "två", "tre"):
        say(person, town.id, words)

    def gather() -> int:
        with clock.travelling(FOUR):
            return actions.gather_due()

    def switch_off() -> None:
        with clock.travelling(FOUR):
            want(person, town, daily=False)

    assert [each for each in at_once(gather, switch_off) if isinstance(each, Exception)] == []
    work(FOUR + timedelta(minutes=1))
    bodies = "".join(str(letter.body) for letter in mail.outbox)
    assert [bodies.count(f"Mer om {words}\n") for words in ("ett", "två", "tre")] == [1, 1, 1]
