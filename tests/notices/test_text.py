"""Text messages: who gets them, what they say, when, and what happens when they do not arrive."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import transaction

from handtag.kernel import clock
from handtag.kernel.errors import Problem
from handtag.municipalities.models import Municipality
from handtag.notices import actions, queries, rules
from handtag.notices.gateways import sms
from handtag.notices.gateways.faults import NeverSendable, NotSent, ServerAway
from handtag.notices.models import Notice
from handtag.notices.rules.channels import not_while_quiet, order
from handtag.notices.rules.short import fitted, parts
from handtag.people.models import Person
from tests.notices.conftest import NOON, Make, again, as_, tell
from tests.notices.elks import Elks, running

pytestmark = pytest.mark.django_db
CHANNELS = Callable[..., Person]


def choose(person: Person, town: Municipality, *channels: str, quiet: tuple[int, int] = (21, 8)) -> None:
    actions.choose_channels(by=as_(person, town), wish=actions.Wish(channels, *quiet))


# --- the provider as we know it ---------------------------------------------------------------------------


def test_the_shape_we_rely_on(elks: Elks) -> None:
    """Basic auth, a form of from, to, message and whendelivered; an id and the parts come back."""
    taken = sms.send(sms.Sms("+46701740605", "Hej åäö 👋", "key-1", "", "https://h.example/r/"))
    (message,) = elks.taken
    assert (message.sender, message.to, message.words) == ("Handtag", "+46701740605", "Hej åäö 👋")
    assert (message.report_to, message.key) == ("https://h.example/r/", "key-1")
    assert taken == (message.id, 1)


@pytest.mark.parametrize(
    ("mood", "fault"),
    [("down", ServerAway), ("broke", ServerAway), ("bad_number", NeverSendable), ("odd", NotSent)],
)
def test_each_refusal_has_its_meaning(elks: Elks, mood: str, fault: type[Exception]) -> None:
    elks.mood = mood
    with pytest.raises(fault) as raised:
        sms.send(sms.Sms("+46701740605", "Hej", "k"))
    assert raised.type is fault


def test_a_wrong_password_is_a_fault_for_all(elks: Elks, settings: Any) -> None:
    settings.SMS_URL = elks.url.replace("p%40ss", "wrong")
    with pytest.raises(ServerAway):
        sms.send(sms.Sms("+46701740605", "Hej", "k"))


def test_an_answer_that_cannot_be_read_was_a_yes(elks: Elks) -> None:
    elks.mood = "mute"
    assert sms.send(sms.Sms("+46701740605", "Hej", "k")).provider_id == ""


def test_a_slow_provider_is_not_waited_for(elks: Elks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sms, "TIMEOUT", 0.1)
    elks.mood = "slow"
    with pytest.raises(ServerAway):
        sms.send(sms.Sms("+46701740605", "Hej", "k"))


def test_nobody_at_the_address(settings: Any) -> None:
    with running() as elks:
        settings.SMS_URL = elks.url
    with pytest.raises(ServerAway):
        sms.send(sms.Sms("+46701740605", "Hej", "k"))


# --- which channel ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "possible", "protected", "comes"),
    [
        (None, ("email", "sms", "letter"), False, ("email", "sms", "letter")),
        (None, ("sms", "letter"), False, ("sms", "letter")),
        (None, ("email", "sms"), True, ()),
        (("sms",), ("email", "sms"), True, ("sms",)),
        (("letter",), ("email", "sms", "letter"), False, ("letter",)),
        (("sms", "email"), ("email",), False, ("email",)),
    ],
)
def test_the_order_of_channels(chosen: Any, possible: Any, protected: bool, comes: Any) -> None:
    assert order(chosen, possible=possible, is_protected=protected) == comes


def test_without_an_email_address_a_text_goes(elks: Elks, make: Make, town: Municipality) -> None:
    notice = tell(make(), town)
    assert actions.send_due() == 1
    assert actions.send_due() == 0
    assert (again(notice).state, again(notice).provider_id) == ("sent", elks.taken[0].id)
    assert elks.taken[0].key == str(notice.id)


def test_a_text_holds_the_subject_and_the_link_alone(elks: Elks, make: Make, town: Municipality) -> None:
    tell(make(), town)
    actions.send_due()
    assert elks.words == ["Något nytt\nhttps://x.example/a/"]


def test_with_an_email_address_an_email_goes(elks: Elks, make: Make, town: Municipality) -> None:
    tell(make(email="a@example.org"), town)
    actions.send_due()
    assert (elks.words, len(mail.outbox)) == ([], 1)


def test_who_chose_texts_gets_texts(elks: Elks, make: Make, town: Municipality) -> None:
    person = make(email="a@example.org")
    choose(person, town, "sms")
    tell(person, town)
    actions.send_due()
    assert (len(elks.words), mail.outbox) == (1, [])


def test_without_a_provider_nobody_is_promised_a_text(make: Make, town: Municipality) -> None:
    assert tell(make(), town).state == "unreachable"


def test_who_wants_letters_alone_gets_neither(elks: Elks, make: Make, town: Municipality) -> None:
    person = make(email="a@example.org", address="Storgatan 1", postcode="252 23", post_town="Råå")
    choose(person, town, "letter")
    notice = tell(person, town)
    assert (actions.send_due(), notice.channel) == (0, "letter")


@pytest.mark.parametrize("channels", [(), ("pigeon",), ("email",), ("letter", "sms")])
def test_what_does_not_lead_there_is_not_chosen(
    elks: Elks, make: Make, town: Municipality, channels: tuple[str, ...]
) -> None:
    person = make()
    with pytest.raises(Problem):
        choose(person, town, *channels)
    assert queries.chosen(person.id).channels is None


def test_choosing_twice_the_same_is_once_in_the_log(elks: Elks, make: Make, town: Municipality) -> None:
    from handtag.history.models import Entry

    person = make()
    choose(person, town, "sms")
    choose(person, town, "sms")
    assert Entry.objects.filter(verb="person.channels_set").count() == 1


# --- protected persons ------------------------------------------------------------------------------------


def test_a_protected_person_gets_only_what_they_chose(elks: Elks, make: Make, town: Municipality) -> None:
    person = make(email="a@example.org", protection="secrecy_mark")
    assert tell(person, town).state == "unreachable"
    choose(person, town, "email")
    tell(person, town)
    actions.send_due()
    assert (elks.words, len(mail.outbox)) == ([], 1)


def test_a_mark_set_while_a_text_waits_holds_it_back(elks: Elks, make: Make, town: Municipality) -> None:
    person = make()
    notice = tell(person, town)
    Person.objects.filter(pk=person.pk).update(protection="secrecy_mark")
    assert actions.send_due() == 0
    assert (again(notice).state, elks.words) == ("failed", [])


# --- quiet hours ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hour", "quiet", "comes"),
    [
        (time(12), (21, 8), (26, 12)),
        (time(20, 59), (21, 8), (26, 20)),
        (time(21), (21, 8), (27, 8)),
        (time(7, 59), (21, 8), (26, 8)),
        (time(8), (21, 8), (26, 8)),
        (time(3), (1, 5), (26, 5)),
        (time(3), (5, 5), (26, 3)),
    ],
)
def test_when_it_is_quiet(hour: time, quiet: tuple[int, int], comes: tuple[int, int]) -> None:
    moment = clock.local(not_while_quiet(clock.at(date(2026, 11, 26), hour), *quiet))
    assert (moment.day, moment.hour) == comes


def test_at_night_a_text_waits_for_the_morning(elks: Elks, make: Make, town: Municipality) -> None:
    with clock.travelling(clock.at(date(2026, 11, 26), time(22))):
        notice = tell(make(), town)
        assert actions.send_due() == 0
    assert (again(notice).state, again(notice).attempts) == ("waiting", 0)
    with clock.travelling(clock.at(date(2026, 11, 27), time(8))):
        assert actions.send_due() == 1


def test_who_is_on_their_way_is_told_at_night(elks: Elks, make: Make, town: Municipality) -> None:
    with clock.travelling(clock.at(date(2026, 11, 26), time(22))):
        tell(make(), town, kind="errand.cancelled_by_asker")
        assert actions.send_due() == 1


def test_ones_own_quiet_hours_count(elks: Elks, make: Make, town: Municipality) -> None:
    person = make()
    choose(person, town, "sms", quiet=(18, 10))
    with clock.travelling(clock.at(date(2026, 11, 26), time(9))):
        tell(person, town)
        assert actions.send_due() == 0


# --- what goes wrong --------------------------------------------------------------------------------------


def test_a_day_without_the_provider_loses_nothing(elks: Elks, make: Make, town: Municipality) -> None:
    notices = [tell(make(phone=f"+4670174060{n}"), town) for n in range(4)]
    elks.mood = "down"
    for minutes in range(0, 24 * 60, 20):
        with clock.travelling(NOON + timedelta(minutes=minutes)):
            actions.send_due()
    assert {again(notice).state for notice in notices} == {"waiting"}
    elks.mood = "well"
    for minutes in range(24 * 60, 26 * 60, 5):
        with clock.travelling(NOON + timedelta(minutes=minutes)):
            actions.send_due()
    assert sorted(message.key for message in elks.taken) == sorted(str(notice.id) for notice in notices)


def test_answers_come_in_the_order_of_what_they_answer(elks: Elks, make: Make, town: Municipality) -> None:
    person = make()
    first = tell(person, town, kind="sms.answer")
    elks.mood = "down"
    actions.send_due()  # the first was tried, and is due a little later than the second
    with clock.travelling(NOON + timedelta(seconds=1)):
        second = tell(person, town, kind="sms.answer")
        elks.mood = "well"
        actions.send_due()
    assert elks.taken == []
    with clock.travelling(NOON + timedelta(minutes=1)):
        actions.send_due()
        cancelled = tell(person, town, kind="errand.cancelled_by_asker")
        actions.send_due()
    assert [message.key for message in elks.taken[:1]] == [str(first.id)]
    assert {message.key for message in elks.taken} == {str(each.id) for each in (first, second, cancelled)}


def test_nothing_is_texted_when_the_deed_fails(elks: Elks, make: Make, town: Municipality) -> None:
    person = make()

    @transaction.atomic
    def fail() -> None:
        tell(person, town)
        raise RuntimeError("the deed failed")

    with pytest.raises(RuntimeError):
        fail()
    assert (actions.send_due(), elks.words) == (0, [])


def test_a_bad_number_falls_over_to_the_next_channel(elks: Elks, make: Make, town: Municipality) -> None:
    person = make(email="a@example.org")
    choose(person, town, "sms", "email")
    notice = tell(person, town)
    elks.mood = "bad_number"
    actions.send_due()
    with clock.travelling(NOON + timedelta(minutes=1)):
        actions.send_due()
    assert [again(notice).state, len(mail.outbox)] == ["failed", 1]
    assert "Hemligt om Elsa" in mail.outbox[0].body


def test_a_dead_mailbox_falls_over_to_a_text(
    elks: Elks, make: Make, town: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_self: EmailMessage) -> int:
        raise TimeoutError

    monkeypatch.setattr(EmailMessage, "send", away)
    tell(make(email="a@example.org"), town)
    for minutes in range(0, 120):
        with clock.travelling(NOON + timedelta(minutes=minutes)):
            actions.send_due()
    assert len(elks.words) == 1


def test_when_no_way_is_left_staff_see_it(elks: Elks, make: Make, town: Municipality) -> None:
    from handtag.kernel.actor import Actor, Hat
    from handtag.kernel.rights import Role

    reached, lost = make(email="a@example.org"), make(phone="+46701740606")
    choose(reached, town, "sms", "email")
    for person in (reached, lost):
        tell(person, town)
    elks.mood = "bad_number"
    actions.send_due()
    coordinator = Actor(None, town.id, (Hat(Role.COORDINATOR),))
    assert [row.person_id for row in queries.unreached(coordinator)] == [lost.id]


def test_one_channel_down_does_not_hold_up_the_other(elks: Elks, make: Make, town: Municipality) -> None:
    tell(make(), town)
    tell(make(phone="", email="a@example.org"), town)
    elks.mood = "down"
    assert (actions.send_due(), len(mail.outbox)) == (1, 1)


def test_a_worker_killed_in_the_middle_sends_under_the_same_key(
    elks: Elks, make: Make, town: Municipality
) -> None:
    notice = tell(make(), town)
    actions.send_due()
    Notice.objects.everywhere().filter(pk=notice.pk).update(state="claimed", claimed_until=NOON)
    with clock.travelling(NOON + rules.LEASE):
        actions.send_due()
    assert {message.key for message in elks.taken} == {str(notice.id)}


# --- length -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "count"),
    [("a" * 160, 1), ("a" * 161, 2), ("å€" * 53, 1), ("ж" * 70, 1), ("ж" * 71, 2), ("ж" * 135, 3)],
)
def test_parts_of_a_text(words: str, count: int) -> None:
    assert parts(words) == count


@pytest.mark.parametrize("words", ["Någon vill hjälpa dig " * 30, "Хтось хоче допомогти " * 30])
def test_too_long_a_subject_is_cut_and_the_link_is_whole(words: str) -> None:
    link = "https://handtag.helsingborg.se/helsingborg/fraga/0190"
    cut = fitted(words, "JA 7", link)
    assert parts(cut) == 2
    assert cut.endswith(f"...\nJA 7\n{link}")


# --- pages and races --------------------------------------------------------------------------------------


@pytest.mark.race
def test_two_workers_at_the_same_moment_text_once(settings: Any, at_once: Callable[..., list[Any]]) -> None:
    with running() as elks:
        settings.SMS_URL = elks.url
        person = Person.objects.create(given_name="Race", phone="+46701740605")
        with clock.travelling(NOON):
            notices = [tell(person) for _ in range(8)]

        def send() -> int:
            with clock.travelling(NOON):
                return actions.send_due()

        assert sum(at_once(*[send] * 4)) == len(notices)
        assert len({message.key for message in elks.taken}) == len(elks.taken) == len(notices)
