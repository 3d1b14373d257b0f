"""What people text to us: understood, taken once, whose it is, and what the provider's address is worth."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from handtag.cases.models import Case
from handtag.kernel import clock
from handtag.kernel.actor import Actor, Hat, Via, system
from handtag.kernel.errors import NotAllowed
from handtag.kernel.rights import Role
from handtag.municipalities.models import Municipality
from handtag.notices import actions
from handtag.notices.models import Incoming, Line, Notice
from handtag.notices.rules.heard import Word, understood
from handtag.people.models import Person, RoleHeld
from tests.ground import a_town
from tests.notices.conftest import NOON, Make, as_, tell
from tests.notices.elks import Elks, running

pytestmark = pytest.mark.django_db
STRANGER = "+46701740699"


@pytest.fixture
def address(elks: Elks, town: Municipality) -> str:
    """The secret address, as the provider has it."""
    keeper = Actor(None, town.id, (Hat(Role.ADMINISTRATOR),))
    return actions.open_line(by=keeper, number="+46766861004").texts.split("8000", 1)[1]


def text(client: Client, address: str, words: str, *, id: str = "s1", sender: str = "+46701740605") -> int:
    """The provider brings a message."""
    form = {"id": id, "from": sender, "to": "+46766861004", "message": words, "direction": "incoming"}
    return client.post(address, form).status_code


def answers() -> list[str]:
    """What is waiting to be answered by text."""
    return list(Notice.objects.everywhere().filter(kind="sms.answer").values_list("body", flat=True))


@pytest.mark.parametrize(
    ("words", "word", "number"),
    [
        ("ja", Word.YES, None),
        ("Ja!", Word.YES, None),
        ("japp", Word.YES, None),
        ("JA TACK", Word.YES, None),
        (" ja, gärna. ", Word.YES, None),
        ("JA 7", Word.YES, 7),
        ("ja7", Word.YES, 7),
        ("7 ja", Word.YES, 7),
        ("Nej", Word.NO, None),
        ("nej tack!", Word.NO, None),
        ("NEJ 12", Word.NO, 12),
        ("tyvärr nej", Word.NO, None),
        ("Klart", Word.DONE, None),
        ("KLAR!", Word.DONE, None),
        ("stopp", Word.STOP, None),
        ("STOP", Word.STOP, None),
        ("نعم", Word.YES, None),
        ("", Word.OTHER, None),
        ("7", Word.OTHER, None),
        ("ja nej", Word.OTHER, None),
        ("ja 7 8", Word.OTHER, None),
        ("Ja, men bara om hon är hemma", Word.OTHER, None),
        ("jag är klar med er", Word.OTHER, None),
        ("👍", Word.OTHER, None),
        ("ja 99999999999", Word.OTHER, None),
    ],
)
def test_what_is_understood(words: str, word: Word, number: int | None) -> None:
    assert understood(words) == (word, number)


def test_a_message_that_comes_twice_is_taken_once(
    address: str, make: Make, town: Municipality, client: Client
) -> None:
    make()
    assert [text(client, address, "Jag behöver prata med någon") for _ in range(3)] == [204] * 3
    assert (Incoming.objects.of(town.id).count(), Case.objects.of(town.id).count(), len(answers())) == (
        1,
        1,
        1,
    )


def test_what_is_not_understood_reaches_staff_in_one_case(
    address: str, make: Make, town: Municipality, client: Client
) -> None:
    person = make()
    text(client, address, "Jag hittar inte dit", id="s1")
    text(client, address, "Hallå?", id="s2")
    case = Case.objects.of(town.id).get()
    assert (case.kind, case.words, case.reported_by_id) == ("text", "Jag hittar inte dit", person.id)
    assert [note.text for note in case.notes.all()] == ["Hallå?"]


def test_the_answer_goes_to_the_number_at_any_hour(
    address: str, elks: Elks, make: Make, client: Client
) -> None:
    make(email="a@example.org")
    with clock.travelling(NOON + timedelta(hours=11)):
        text(client, address, "hej")
        assert actions.send_due() == 1
    assert (elks.taken[0].to, elks.taken[0].sender) == ("+46701740605", "+46766861004")


def test_a_stranger_gets_one_polite_answer_a_day(address: str, town: Municipality, client: Client) -> None:
    for n in range(4):
        text(client, address, "Sälj ditt guld", id=f"s{n}", sender=STRANGER)
    assert len(answers()) == 1
    assert set(Incoming.objects.of(town.id).values_list("text", "person")) == {("", None)}
    with clock.travelling(NOON + timedelta(days=1)):
        text(client, address, "Hallå", id="s9", sender=STRANGER)
    assert (len(answers()), Case.objects.of(town.id).count()) == (2, 0)


@pytest.mark.parametrize("sender", ["Reklam", "71000", ""])
def test_who_cannot_be_answered_is_not(address: str, client: Client, sender: str) -> None:
    assert text(client, address, "ja", sender=sender) == 204
    assert [each for each in answers() if each] == answers()
    assert Case.objects.everywhere().count() == 0


def test_who_lives_in_the_next_town_is_a_stranger_here(
    address: str, make: Make, town: Municipality, client: Client
) -> None:
    other = a_town("1260")
    make(phone=STRANGER, at=other)
    text(client, address, "Jag behöver hjälp", sender=STRANGER)
    assert Case.objects.everywhere().count() == 0


def test_of_two_with_one_telephone_it_is_the_one_texted_last(
    address: str, elks: Elks, make: Make, town: Municipality, client: Client
) -> None:
    make()
    second = make()
    text(client, address, "Vem är jag?", id="s1")
    assert Case.objects.of(town.id).count() == 0
    tell(second, town)
    actions.send_due()
    text(client, address, "Vem är jag?", id="s2")
    assert Case.objects.of(town.id).get().reported_by_id == second.id


def test_two_machines_that_answer_each_other_stop(address: str, make: Make, client: Client) -> None:
    make()
    for n in range(30):
        text(client, address, "Tack för ditt meddelande", id=f"s{n}")
    assert len(answers()) == 10


def test_staff_do_nothing_of_their_office_by_text(
    address: str, make: Make, town: Municipality, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who sends from a number is easily forged: by text one is a resident, whatever else one may be."""
    seen: list[Actor] = []
    RoleHeld.objects.create(person=make(), municipality=town, role="coordinator")

    def note(by: Actor, _heard: actions.Heard) -> str:
        seen.append(by)
        return ""

    monkeypatch.setattr("handtag.notices.actions.incoming.AFTER_INCOMING", [note])
    text(client, address, "ja")
    assert ([hat.role for hat in seen[0].hats], seen[0].via) == ([Role.RESIDENT], Via.SMS)


def test_nobody_gets_in_without_the_secret(
    address: str, make: Make, town: Municipality, client: Client
) -> None:
    make()
    other = a_town("1260")
    wrong = [
        "/helsingborg/sms/x/",
        address[:-2] + "/",
        address.replace("helsingborg", other.slug),
        "/x/sms/y/",
    ]
    assert [text(client, each, "ja") for each in wrong] == [404] * 4
    assert client.get(address).status_code == 405
    assert Incoming.objects.everywhere().count() == 0


def test_the_old_secret_opens_for_a_day_more(address: str, town: Municipality, client: Client) -> None:
    keeper = Actor(None, town.id, (Hat(Role.ADMINISTRATOR),))
    fresh = actions.open_line(by=keeper).texts.split("8000", 1)[1]
    assert [text(client, address, "ja"), text(client, fresh, "ja", id="s2")] == [204, 204]
    with clock.travelling(NOON + timedelta(hours=24)):
        assert [text(client, address, "ja"), text(client, fresh, "ja", id="s3")] == [404, 204]
    assert fresh.split("/")[3] not in Line.objects.of(town.id).get().secret_hash


def test_a_secret_that_has_leaked_closes_at_once(address: str, town: Municipality, client: Client) -> None:
    keeper = Actor(None, town.id, (Hat(Role.ADMINISTRATOR),))
    fresh = actions.open_line(by=keeper, has_leaked=True).texts.split("8000", 1)[1]
    assert [text(client, address, "ja"), text(client, fresh, "ja")] == [404, 204]


def test_who_may_not_open_the_line(make: Make, town: Municipality) -> None:
    with pytest.raises(NotAllowed):
        actions.open_line(by=as_(make(), town))


@pytest.mark.race
def test_the_same_message_at_the_same_moment(settings: Any, at_once: Callable[..., list[Any]]) -> None:
    with running() as elks:
        settings.SMS_URL = elks.url
        town = a_town("1283")
        person = Person.objects.create(given_name="Race", phone="+46701740605")
        RoleHeld.objects.create(person=person, municipality=town, role="resident")

        def bring() -> Any:
            return actions.receive(
                by=system(town.id, Via.SMS), provider_id="s1", sender=person.phone, text="Hej hej"
            )

        came = at_once(*[bring] * 4)
    assert len([each for each in came if isinstance(each, Incoming)]) == 1, came
    assert (Case.objects.of(town.id).count(), len(answers())) == (1, 1)
