"""The outbox: nothing lost when mail is down, nothing sent when the transaction fails, each once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import get_language

from handtag.kernel import clock
from handtag.notices import actions, rules
from handtag.notices.messages import Letter
from handtag.notices.models import Notice
from handtag.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return Person.objects.create(given_name="Test", email="test@example.org", language="sv")


def tell(person: Person, kind: str = "errand.agreed") -> Notice:
    return actions.tell(
        municipality_id=None,
        person_id=person.id,
        kind=kind,
        write=lambda: Letter("Something new", "Words", ""),
    )


def state_of(notice: Notice) -> str:
    return Notice.objects.everywhere().get(pk=notice.pk).state


def down(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    def fail(_self: EmailMessage, *_args: Any, **_kwargs: Any) -> int:
        raise fault

    monkeypatch.setattr(EmailMessage, "send", fail)


def test_a_notice_is_sent_once(person: Person) -> None:
    notice = tell(person)
    assert actions.send_due() == 1
    assert actions.send_due() == 0
    assert state_of(notice) == "sent"
    assert [message.to for message in mail.outbox] == [["test@example.org"]]
    assert str(notice.id) in mail.outbox[0].extra_headers["Message-ID"]


def test_nothing_is_sent_when_the_deed_fails(person: Person) -> None:
    @transaction.atomic
    def fail() -> None:
        tell(person)
        raise RuntimeError("the deed failed")

    with pytest.raises(RuntimeError):
        fail()
    assert actions.send_due() == 0
    assert mail.outbox == []


def test_nothing_is_lost_while_mail_is_down(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    notice = tell(person)
    with monkeypatch.context() as patch:
        down(patch, SMTPServerDisconnected("away"))
        assert actions.send_due() == 0
    assert state_of(notice) == "waiting"
    with clock.travelling(clock.now() + timedelta(hours=1)):
        assert actions.send_due() == 1


def test_a_mail_server_that_is_away_is_tried_once_a_round(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices = [tell(person) for _ in range(3)]
    with monkeypatch.context() as patch:
        down(patch, TimeoutError("no answer"))
        actions.send_due()
    tried = Notice.objects.everywhere().filter(pk__in=[notice.pk for notice in notices], attempts=1)
    assert tried.count() == 1
    assert actions.send_due() == 2


def test_a_slow_mail_server_does_not_hold_the_worker(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        tell(person)
    moment = clock.now()

    def slowly(_self: EmailMessage) -> int:
        nonlocal moment
        moment += rules.ROUND + timedelta(seconds=1)
        return 1

    monkeypatch.setattr(EmailMessage, "send", slowly)
    monkeypatch.setattr(clock, "now", lambda: moment)
    assert [actions.send_due() for _ in range(4)] == [1, 1, 1, 0]


def test_words_no_letter_can_be_made_of_do_not_hold_up_the_others(person: Person) -> None:
    broken, whole = tell(person), tell(person)
    Notice.objects.everywhere().filter(pk=broken.pk).update(subject="One line\nand another")
    assert actions.send_due() == 1
    assert (state_of(broken), state_of(whole)) == ("failed", "sent")


def test_a_day_without_mail_is_survived() -> None:
    waited = sum((rules.wait_after(n) for n in range(1, rules.MOST_ATTEMPTS)), timedelta())
    assert waited > timedelta(days=1)


def test_a_refused_address_is_not_tried_again(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    notice = tell(person)
    down(monkeypatch, SMTPRecipientsRefused({"test@example.org": (550, b"no such mailbox")}))
    actions.send_due()
    assert state_of(notice) == "failed"


def test_a_refusal_for_now_is_tried_again_and_holds_up_nobody_else(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices = [tell(person) for _ in range(2)]
    down(monkeypatch, SMTPRecipientsRefused({"test@example.org": (450, b"try later")}))
    actions.send_due()
    assert [state_of(notice) for notice in notices] == ["waiting", "waiting"]
    assert Notice.objects.everywhere().filter(attempts=1).count() == 2


def test_without_an_address_staff_see_it() -> None:
    nobody = Person.objects.create(given_name="Landline", language="sv")
    assert state_of(tell(nobody)) == "unreachable"
    assert actions.send_due() == 0


def test_a_worker_killed_in_the_middle_is_stood_in_for(person: Person) -> None:
    notice = tell(person)
    Notice.objects.everywhere().filter(pk=notice.pk).update(
        state="claimed", claimed_until=clock.now() + rules.LEASE
    )
    assert actions.send_due() == 0
    with clock.travelling(clock.now() + rules.LEASE + timedelta(seconds=1)):
        assert actions.send_due() == 1


def test_an_ask_that_mail_could_not_carry_in_the_evening_wakes_nobody(person: Person) -> None:
    evening = datetime(2026, 11, 19, 19, 59, 58, tzinfo=UTC)  # 20.59 in Sweden
    with clock.travelling(evening):
        asked, code = tell(person, kind="ask.open"), tell(person, kind="login.code")
    for hours, sent in ((1, "waiting"), (11, "waiting"), (12.01, "sent")):
        with clock.travelling(evening + timedelta(hours=hours)):
            actions.send_due()
        assert (state_of(asked), state_of(code)) == (sent, "sent")


def test_a_cancelled_notice_is_not_sent(person: Person) -> None:
    notice = tell(person)
    Notice.objects.everywhere().filter(pk=notice.pk).update(about_id=person.id)
    assert actions.cancel(about_id=person.id, kinds=frozenset({"errand.agreed"})) == 1
    assert actions.send_due() == 0


def test_a_sent_code_is_wiped(person: Person) -> None:
    notice = tell(person, kind="login.code")
    actions.send_due()
    assert Notice.objects.everywhere().get(pk=notice.pk).body == ""


def test_the_reader_gets_their_own_language() -> None:
    reader = Person.objects.create(given_name="A", email="a@example.org", language="en")
    heard: list[str] = []

    def write() -> Letter:
        heard.append(get_language() or "")
        return Letter("x", "y")

    actions.tell(municipality_id=None, person_id=reader.id, kind="x", write=write)
    assert heard == ["en"]


@pytest.mark.race
def test_two_workers_at_the_same_moment_send_once(at_once: Callable[..., list[Any]]) -> None:
    person = Person.objects.create(given_name="Race", email="race@example.org", language="sv")
    notices = [tell(person) for _ in range(10)]
    sent = at_once(*[actions.send_due] * 4)
    assert sum(sent) == len(notices)
