"""JA, NEJ and KLAR by text: the same deeds as on the pages, by who has the telephone."""

from handtag.errands.actions.errand import complete
from handtag.errands.actions.meeting import accept_offer, answer_invitation, decline_offer
from handtag.errands.messages import texting as words
from handtag.errands.queries.texting import RESPONSIBILITY, Question, going_on, has_accepted, questions
from handtag.kernel.actor import Actor
from handtag.notices.actions import Heard, enqueue
from handtag.notices.rules.heard import Word
from handtag.people.models import Person
from handtag.permits.queries import service


def from_text(by: Actor, heard: Heard) -> str | None:
    """What was done and is answered; None for words that are not about errands."""
    if heard.word in (Word.YES, Word.NO):
        return _answer(by, heard)
    return _done(by) if heard.word == Word.DONE else None


def _answer(by: Actor, heard: Heard) -> str:
    """Alone while one question is open; else with the number that was said in the text that asked."""
    waiting = questions(by)
    if heard.number is not None:
        waiting = [each for each in waiting if each.id == heard.about_id]
    if not waiting:
        return words.nothing_open()
    numbers = dict(heard.numbers)
    if len(waiting) > 1:
        return words.which([numbers[each.id] for each in waiting if each.id in numbers])
    if heard.word == Word.NO:
        return _no(by, waiting[0])
    return _yes(by, waiting[0], numbers.get(waiting[0].id, 0))


def _yes(by: Actor, question: Question, number: int) -> str:
    if not question.is_invitation:
        return words.agreed(by.tenant, accept_offer(by=by, offer_id=question.id).id)
    if not has_accepted(by, question):
        _send_responsibility(by, question, number)
        return ""
    errand = answer_invitation(by=by, invitation_id=question.id, yes=True)
    return words.agreed(by.tenant, errand.id) if errand else words.nothing_open()


def _send_responsibility(by: Actor, question: Question, number: int) -> None:
    person = Person.objects.only("phone", "language").get(pk=by.person)
    enqueue(
        municipality_id=by.tenant,
        person_id=person.id,
        address=person.phone,
        channel="sms",
        language=person.language,
        kind=RESPONSIBILITY,
        about_id=question.id,
        letter=words.responsibility(question, service(by.tenant, question.service_id), number),
    )


def _no(by: Actor, question: Question) -> str:
    if question.is_invitation:
        answer_invitation(by=by, invitation_id=question.id, yes=False)
    else:
        decline_offer(by=by, offer_id=question.id)
    return words.declined()


def _done(by: Actor) -> str:
    begun = going_on(by)
    if len(begun) != 1:
        return words.nothing_going_on()
    complete(by=by, errand_id=begun[0])
    return words.done()
