"""A text message comes in: whose it is, what it means, what is done and what is answered; each once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils import translation

from handtag.kernel import clock, phones
from handtag.kernel.actor import Actor, Via
from handtag.kernel.errors import HandtagError, Problem
from handtag.kernel.rights import Right, Role
from handtag.notices import messages
from handtag.notices.models import Incoming, Notice
from handtag.notices.queries.callers import caller, numbers_of, question
from handtag.notices.rules import heard
from handtag.notices.rules.heard import Word
from handtag.people.models import Person
from handtag.people.queries import hats

ANSWER: Final = "sms.answer"
FEW: Final = timedelta(hours=1)
MOST_ANSWERS: Final = 10  # two machines that answer each other stop after this many in an hour


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody said to us by text, as the rooms above get it.

    `about_id` is what the numbered question was about, None without a number; `numbers` are the numbers of
    the questions put to them, by what they are about; `text` is whole, for a person to read.
    """

    word: Word
    text: str
    number: int | None = None
    about_id: UUID | None = None
    numbers: tuple[tuple[UUID, int], ...] = ()


# Rooms above answer in this order; the first that has an answer is the one that was meant.
AFTER_INCOMING: list[Callable[[Actor, Heard], str | None]] = []


@transaction.atomic
def receive(*, by: Actor, provider_id: str, sender: str, text: str) -> Incoming | None:
    """Take in one message and do what it says, in the name of whose number it is. Twice changes nothing."""
    by.must(Right.TAKE_PART)
    try:
        number = phones.normal(sender)
    except Problem:
        return None  # an advertiser's name, a short number: nobody of ours
    said, person = heard.understood(text), caller(by.tenant, number)
    kept = text[: heard.MOST_LETTERS] if person else ""
    try:
        with transaction.atomic():
            incoming = Incoming.objects.create(
                municipality_id=by.tenant,
                provider_id=provider_id[:64],
                sender=number,
                person=person,
                text=kept,
                word=said.word,
                at=clock.now(),
            )
    except IntegrityError:
        return None
    if person is None:
        _answer_a_stranger(by, number)
    else:
        with translation.override(person.language):
            _answer(by, number, person, _done(by, person, said, kept))
    return incoming


def _done(by: Actor, person: Person, said: heard.Said, text: str) -> str:
    """What the rooms above did and say; a refusal is an answer too, and leaves nothing half done."""
    about = question(by.tenant, person.id, said.number)
    told = Heard(said.word, text, said.number, about, numbers_of(by.tenant, person.id))
    worn = tuple(hat for hat in hats(person.id, by.tenant) if hat.role == Role.RESIDENT)
    actor = Actor(person.id, by.tenant, worn, via=Via.SMS)
    try:
        with transaction.atomic():
            return _first_answer(actor, told, AFTER_INCOMING)
    except Problem as refusal:
        return str(refusal)
    except HandtagError:
        return messages.not_possible()


def _first_answer(actor: Actor, told: Heard, rooms: Sequence[Callable[[Actor, Heard], str | None]]) -> str:
    for consequence in rooms:
        answer = consequence(actor, told)
        if answer is not None:
            return answer
    return messages.not_possible()


def _answer(by: Actor, number: str, person: Person, words: str) -> None:
    """At the number they wrote from, at any hour: they are awake. No name, place or need in it."""
    lately = Notice.objects.of(by.tenant).filter(person=person, kind=ANSWER, created_at__gt=clock.now() - FEW)
    if words and lately.count() < MOST_ANSWERS:
        Notice.objects.create(**_sms(by, number, person.language, words), person=person)


def _answer_a_stranger(by: Actor, number: str) -> None:
    """Politely, in Swedish, at most once a day: the day is in the row's identity."""
    day = clock.local(clock.now()).date()
    with translation.override("sv"):
        words = messages.unknown_number(by.tenant)
    once = uuid5(NAMESPACE_URL, f"{by.tenant} {number} {day}")
    row = Notice(**_sms(by, number, "sv", words), id=once)
    Notice.objects.bulk_create([row], ignore_conflicts=True)


def _sms(by: Actor, number: str, language: str, words: str) -> dict[str, object]:
    return {
        "municipality_id": by.tenant,
        "address": number,
        "channel": Notice.Channel.SMS,
        "language": language,
        "kind": ANSWER,
        "subject": "SMS",
        "body": words,
        "due_at": clock.now(),
    }
