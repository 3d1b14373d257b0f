"""What is texted about errands: the same deeds as on the pages, by who has the telephone."""

from collections.abc import Callable
from typing import Final

from handtag.errands.actions.errand import cancel, complete, start
from handtag.errands.actions.meeting import (
    accept_offer,
    answer_invitation,
    decline_ask,
    decline_offer,
    make_offer,
)
from handtag.errands.actions.taking_back import withdraw_ask
from handtag.errands.actions.words import give_feedback, write_message
from handtag.errands.messages import texting as words
from handtag.errands.queries import bridging
from handtag.errands.queries import texting as queries
from handtag.errands.queries.asked import about
from handtag.errands.queries.texting import RESPONSIBILITY, Kind, Question
from handtag.kernel.actor import Actor
from handtag.notices.actions import Heard, enqueue
from handtag.notices.rules.heard import Word
from handtag.people.models import Person
from handtag.permits.queries import service

HOW: Final = {1: "good", 2: "fair", 3: "bad"}


def from_text(by: Actor, heard: Heard) -> str | None:
    """What was done and is answered; None for what is not about errands, or not clear to whom."""
    deed = _DEEDS.get(heard.word)
    return deed(by, heard) if deed else None


def _answer(by: Actor, heard: Heard) -> str:
    """Alone while one question was open as it was written; else with the number that was said in it."""
    waiting = queries.questions(by, heard.said_at, dict(heard.numbers))
    if heard.number is not None:
        waiting = [each for each in waiting if each.id == heard.about_id]
    if not waiting:
        return words.nothing_open()
    numbers = dict(heard.numbers)
    if len(waiting) > 1:
        return words.which([numbers[each.id] for each in waiting if each.id in numbers])
    if heard.word == Word.NO:
        return _no(by, waiting[0])
    return _yes(by, waiting[0], heard)


def _yes(by: Actor, question: Question, heard: Heard) -> str:
    if question.kind == Kind.OFFERED:
        return words.agreed(by, accept_offer(by=by, offer_id=question.id).id)
    if not queries.has_accepted(by, question, heard.said_at):
        _send_responsibility(by, question, dict(heard.numbers).get(question.id, 0))
        return ""
    if question.kind == Kind.TOLD:
        return _take(by, question)
    errand = answer_invitation(by=by, invitation_id=question.id, yes=True)
    return words.agreed(by, errand.id) if errand else words.nothing_open()


def _send_responsibility(by: Actor, question: Question, number: int) -> None:
    person = Person.objects.only("phone", "language").get(pk=by.person)
    offered, text = service(by.tenant, question.service_id), question.responsibility
    # Asked with words that have been changed since, they have no translation: those words hold.
    said = offered.words.responsibility if text == offered.binding_words else text
    enqueue(
        municipality_id=by.tenant,
        person_id=person.id,
        address=person.phone,
        channel="sms",
        language=person.language,
        kind=RESPONSIBILITY,
        about_id=question.id,
        letter=words.responsibility(text, said, number),
    )


def _take(by: Actor, question: Question) -> str:
    """The first date that suits; of a weekly ask the page has the others."""
    occasion_id = queries.takeable(by, question.ask_id)
    if occasion_id is None:
        return words.nothing_open()
    offer = make_offer(by=by, occasion_id=occasion_id)
    return words.agreed(by, offer.errand.id) if offer.state == offer.State.ACCEPTED else words.offered()


def _no(by: Actor, question: Question) -> str:
    if question.kind == Kind.INVITED:
        answer_invitation(by=by, invitation_id=question.id, yes=False)
    elif question.kind == Kind.TOLD:
        decline_ask(by=by, ask_id=question.ask_id)
    else:
        decline_offer(by=by, offer_id=question.id)
    return words.declined()


def _arrived(by: Actor, heard: Heard) -> str | None:
    """HÄR: we have met. Said at another time it is a word like any other."""
    come = queries.arriving(by)
    if len(come) != 1:
        return _pass_on(by, heard)
    start(by=by, errand_id=come[0])
    return words.arrived()


def _done(by: Actor, _heard: Heard) -> str:
    begun = queries.going_on(by)
    if len(begun) != 1:
        return words.nothing_going_on()
    complete(by=by, errand_id=begun[0])
    return words.done()


def _rated(by: Actor, heard: Heard) -> str | None:
    """BRA, SÅDÄR or DÅLIGT, or 1 to 3, while there is something to say it of."""
    errand_id = queries.to_rate(by)
    if errand_id is None or heard.number is None:
        return _pass_on(by, heard)
    how = HOW[heard.number]
    give_feedback(by=by, errand_id=errand_id, how=how)
    return words.rated(how)


def _told(by: Actor, heard: Heard) -> str:
    """VEM: who, where, when and the code; before one has answered, what is asked. Never told unasked."""
    found = bridging.next_facts(by) if heard.number is None else None
    if found:
        return words.facts(found)
    waiting = [
        each
        for each in queries.questions(by, heard.said_at, dict(heard.numbers))
        if heard.number is None or each.id == heard.about_id
    ]
    if len(waiting) > 1:
        numbers = dict(heard.numbers)
        return words.which([numbers[each.id] for each in waiting if each.id in numbers], "VEM")
    found_about = [about(by, each) for each in waiting]
    asked = next((each for each in found_about if each), None)
    return words.about(asked) if asked else words.nothing_coming(by.tenant)


def _called_off(by: Actor, _heard: Heard) -> str:
    could_be = queries.ahead(by)
    if len(could_be) != 1:
        return words.nothing_to_call_off() if could_be else words.nothing_coming(by.tenant)
    found = could_be[0]
    if found.errand_id:
        cancel(by=by, errand_id=found.errand_id)
    elif found.ask_id:
        withdraw_ask(by=by, ask_id=found.ask_id)
    return words.called_off()


def _pass_on(by: Actor, heard: Heard) -> str | None:
    """Words for the one whom they are to meet, where it is clear who that is; else others read them."""
    found = bridging.meant(by)
    if found is None or not heard.text.strip():
        return None
    write_message(by=by, errand_id=found.errand_id, text=heard.text)
    return words.passed_on()


_DEEDS: Final[dict[Word, Callable[[Actor, Heard], str | None]]] = {
    Word.YES: _answer,
    Word.NO: _answer,
    Word.HERE: _arrived,
    Word.DONE: _done,
    Word.HOW: _rated,
    Word.FACTS: _told,
    Word.CANCEL: _called_off,
    Word.OTHER: _pass_on,
}
