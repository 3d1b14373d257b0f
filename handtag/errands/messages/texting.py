"""What is answered to who has texted about errands: never a name, a place or a need, only what to do next."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.errands.queries.texting import Question
from handtag.municipalities.queries import by_id
from handtag.notices.actions import Letter
from handtag.permits.queries import ServiceRow


def agreed(municipality_id: UUID, errand_id: UUID) -> str:
    """The two are agreed."""
    town = by_id(municipality_id)
    link = f"{settings.BASE_URL}{reverse('errand', args=[town.slug if town else '', errand_id])}"
    facts = {"link": link, "phone": town.phone if town else ""}
    return (
        _("Thank you, you are agreed. Who, where, when and the code: %(link)s Or ring us: %(phone)s") % facts
    )


def declined() -> str:
    """A no is fine."""
    return _("Thank you for telling us. We have noted your no.")


def nothing_open() -> str:
    """No question of ours waits."""
    return _(
        "No question of ours waits for your yes or no just now. "
        "Do you want to help with something? Open the link in the message, or ring us."
    )


def which(numbers: Iterable[int]) -> str:
    """Several questions wait; each has its number."""
    choices = ", ".join(f"JA {number}" for number in sorted(numbers))
    if not choices:
        return _("More than one question waits for you. Log in to answer, or ring us.")
    return _("More than one question waits for you. Write which one: %(choices)s.") % {"choices": choices}


def done() -> str:
    """The errand is done."""
    return _("Thank you! We have noted that it is done.")


def nothing_going_on() -> str:
    """No errand, or more than one, is going on."""
    return _("We cannot see which help you mean. Log in and press the one that is done, or ring us.")


def responsibility(question: Question, offered: ServiceRow, number: int) -> Letter:
    """Both sides read what applies before they agree: by text too, whole, and a yes after it counts.

    In the reader's language, and after it in the Swedish that holds.
    """
    text, said = question.responsibility, offered.words.responsibility
    if text == offered.binding_words and said != text:
        text = f"{said} {_('In Swedish, and this is what holds:')} {text}"
    words = _("Before you say yes, this applies: %(text)s Do you agree? Then answer %(answer)s once more.")
    answer = f"JA {number}" if number else "JA"
    return Letter("SMS", words % {"text": " ".join(text.split()), "answer": answer})
