"""What is written to somebody who reported: that it was received, and that it is answered."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from handtag.cases.models import Case
from handtag.municipalities.queries import by_id
from handtag.notices import actions as notices
from handtag.notices.actions import Letter, Sample, answer
from handtag.notices.rules.heard import Word

RECEIVED = "case.received"
ANSWERED = "case.answered"
HANDED_ON = "case.handed_on"


def tell_received(case: Case) -> None:
    """It came in, and somebody will read it."""
    _tell(case, RECEIVED, received)


def received(link: str) -> Letter:
    """The letter that says so."""
    return Letter(
        _("We have received what you wrote"),
        _("Thank you for telling us. Somebody at the municipality reads it and comes back to you."),
        link,
    )


def handed_on(link: str) -> Letter:
    """To the colleague who gets it."""
    return Letter(
        _("Something is handed on to you"),
        _("The contact centre has handed something on to you. Log in to read it and take it."),
        link,
    )


def answer_to_text(word: Word) -> str:
    """What we say to who has texted something for a person to read: what happens, and the words we know."""
    if word == Word.STOP:
        return _("We text you no more, and ring if there is something you must know. START: texts again.")
    if word == Word.RING:
        return _("We ring you as soon as we can. Is there danger? Call 112.")
    return _(
        "Thank you. Somebody at the municipality reads what you wrote and gets back to you. "
        "HJÄLP: what you can write to us."
    )


def texts_again() -> str:
    """START where nothing was stopped, or was."""
    return _("You get texts from us. STOPP if you do not want them.")


def tell_answered(case: Case) -> None:
    """There is an answer: on a page for who logs in, in the letter itself for who only left an address."""
    body = "" if case.reported_by_id else case.answer
    _tell(case, ANSWERED, lambda link: answered(body, link))


def answered(body: str, link: str) -> Letter:
    """The letter with the answer, or the way to it."""
    there = _("We have looked into what you told us. Log in to read the answer.")
    return Letter(_("You have an answer from us"), body or there, link)


def _tell(case: Case, kind: str, write: Callable[[str], Letter]) -> None:
    if case.reported_by_id:
        notices.tell(
            municipality_id=case.municipality_id,
            person_id=case.reported_by_id,
            kind=kind,
            write=lambda: write(_link(case)),
            about_id=case.id,
        )
    elif case.answer_to:
        with translation.override(case.language):
            letter = write("")
        notices.enqueue(
            municipality_id=case.municipality_id,
            person_id=None,
            address=case.answer_to,
            language=case.language,
            kind=kind,
            letter=letter,
            about_id=case.id,
        )


def _link(case: Case) -> str:
    town = by_id(case.municipality_id)
    return f"{settings.BASE_URL}{reverse('my_report', args=[town.slug, case.id])}" if town else ""


def samples(_municipality_id: UUID, link: str) -> list[Sample]:
    """What this room says."""
    by_text = [answer(partial(answer_to_text, word)) for word in (Word.STOP, Word.RING, Word.OTHER)]
    letters = [Sample(RECEIVED, lambda: received(link)), Sample(ANSWERED, lambda: answered("", link))]
    return [*letters, Sample(HANDED_ON, lambda: handed_on(link)), *by_text, answer(texts_again)]
