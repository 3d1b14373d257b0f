"""RING by text puts somebody on the list of those to ring; every other word goes where it went."""

from handtag.cases.models import Case
from handtag.desk.models import RingBack
from handtag.desk.queries.ringing import call_list
from handtag.kernel.actor import Via, system
from handtag.notices.actions import receive
from handtag.notices.models import Notice
from handtag.people.models import Person
from tests.desk.conftest import DeskTown


def texts(town: DeskTown, text: str, key: str) -> None:
    """Berta texts the town."""
    number = Person.objects.get(pk=town.berta.person).phone
    receive(by=system(town.id, Via.SMS), provider_id=key, sender=number, text=text)


def test_ring_is_a_call_to_be_made(town: DeskTown) -> None:
    texts(town, "Ring!", "1")
    row = call_list(town.agent)[0]
    assert (row.person_id, row.why) == (town.berta.person, "asked")
    assert RingBack.objects.of(town.id).get().words == "Ring!"
    assert not Case.objects.of(town.id).exists()
    assert Notice.objects.of(town.id).filter(kind="sms.answer").count() == 1


def test_twice_and_the_same_message_again_is_one_call(town: DeskTown) -> None:
    for key in ("1", "2", "2"):
        texts(town, "RING", key)
    assert RingBack.objects.of(town.id).count() == 1


def test_another_word_is_no_call(town: DeskTown) -> None:
    texts(town, "Var är min bok?", "1")
    assert not RingBack.objects.of(town.id).exists()
    assert Case.objects.of(town.id).count() == 1


def test_a_number_nobody_has_is_no_call(town: DeskTown) -> None:
    receive(by=system(town.id, Via.SMS), provider_id="1", sender="+46701740699", text="RING")
    assert not RingBack.objects.of(town.id).exists()
