"""A text message comes in: whose it is, what it means, what is done and what is answered; each once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils import translation

from handtag.kernel import clock, phones
from handtag.kernel.actor import Actor, Via
from handtag.kernel.errors import HandtagError, Problem
from handtag.kernel.rights import Right, Role
from handtag.notices import messages
from handtag.notices.actions.choosing import start_texts
from handtag.notices.models import Incoming, Notice
from handtag.notices.queries.callers import caller, has_written_since, numbers_of, question
from handtag.notices.rules import heard
from handtag.notices.rules.heard import Word
from handtag.people.models import Person
from handtag.people.queries import hats

ANSWER: Final = "sms.answer"
FEW: Final = timedelta(hours=1)
MOST_ANSWERS: Final = 10  # two machines that answer each other stop after this many in an hour
LATE: Final = timedelta(hours=24)  # what was written longer ago is not done: much may have happened


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody said to us by text, as the rooms above get it.

    `about_id` is what the numbered question was about, None without a number; `numbers` are the numbers of
    the questions put to them, by what they are about; `text` is whole, for a person to read; `said_at` is
    when it was written, which may be long before it came in.
    """

    word: Word
    text: str
    number: int | None = None
    about_id: UUID | None = None
    numbers: tuple[tuple[UUID, int], ...] = ()
    said_at: datetime = field(default_factory=clock.now)


# Rooms above answer in this order; the first that has an answer is the one that was meant.
AFTER_INCOMING: list[Callable[[Actor, Heard], str | None]] = []


@transaction.atomic
def receive(
    *, by: Actor, provider_id: str, sender: str, text: str, said_at: datetime | None = None
) -> Incoming | None:
    """Take in one message and do what it says, in the name of whose number it is. Twice changes nothing."""
    by.must(Right.TAKE_PART)
    try:
        number = phones.normal(sender)
    except Problem:
        return None  # an advertiser's name, a short number: nobody of ours
    said, person, now = heard.understood(text), caller(by.tenant, number), clock.now()
    try:
        with transaction.atomic():
            incoming = Incoming.objects.create(
                municipality_id=by.tenant,
                provider_id=provider_id[:64],
                sender=number,
                person=person,
                text=text[: heard.MOST_LETTERS] if person else "",
                word=said.word,
                said_at=min(said_at or now, now),
                at=now,
            )
    except IntegrityError:
        return None
    if person is None:
        _answer_a_stranger(by, number)
    else:
        with translation.override(person.language):
            _answer(by, number, person, _done(by, person, said, incoming))
    return incoming


def _done(by: Actor, person: Person, said: heard.Said, incoming: Incoming) -> str:
    """What we and the rooms above did and say; a refusal is an answer too, and leaves nothing half done."""
    if said.word in heard.DEEDS and _has_been_overtaken(by, person, incoming):
        return messages.came_late()
    if said.word == Word.HELP:
        return messages.what_can_be_texted()
    about = question(by.tenant, person.id, None if said.word == Word.HOW else said.number)
    numbers = numbers_of(by.tenant, person.id)
    told = Heard(said.word, incoming.text, said.number, about, numbers, incoming.said_at)
    worn = tuple(hat for hat in hats(person.id, by.tenant) if hat.role == Role.RESIDENT)
    actor = Actor(person.id, by.tenant, worn, via=Via.SMS)
    try:
        with transaction.atomic():
            if said.word == Word.START:
                start_texts(by=actor)
            return _first_answer(actor, told, AFTER_INCOMING)
    except Problem as refusal:
        return str(refusal)
    except HandtagError:
        return messages.not_possible()


def _has_been_overtaken(by: Actor, person: Person, incoming: Incoming) -> bool:
    """Written too long ago, or before something that we have done since: the last word holds."""
    if clock.now() - incoming.said_at > LATE:
        return True
    return has_written_since(by.tenant, person.id, incoming.said_at, heard.DEEDS)


def _first_answer(actor: Actor, told: Heard, rooms: Sequence[Callable[[Actor, Heard], str | None]]) -> str:
    for consequence in rooms:
        answer = consequence(actor, told)
        if answer is not None:
            return answer
    return messages.not_possible()


def _answer(by: Actor, number: str, person: Person, words: str) -> None:
    """At the number they wrote from, at any hour: they are awake. Unasked it says no name, place or need."""
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
