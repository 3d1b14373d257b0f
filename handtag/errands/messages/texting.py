"""What is texted about errands. Unasked it names nobody, no place and no need; who asks is answered."""

from collections.abc import Iterable
from functools import partial
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from handtag.errands.queries import bridging
from handtag.errands.queries.asked import About
from handtag.errands.queries.bridging import Facts, Reader
from handtag.kernel import phones
from handtag.kernel.actor import Actor
from handtag.municipalities.queries import by_id
from handtag.notices.actions import Letter, Sample, answer, enqueue
from handtag.notices.rules.short import fitted

MESSAGE: Final = "sms.message"
FACTS: Final = "sms.facts"
_APPLIES: Final = "Ni hjälper varandra som grannar."
_INVENTED: Final = ("Kim Exempel", "26/11 14.00", "Exempelvägen 4", "4719")


def agreed(by: Actor, errand_id: UUID) -> str:
    """The two are agreed: a link for who can follow it, else when, and the code."""
    found = bridging.facts(by, errand_id) if bridging.reader_by_text(by.person) else None
    if found is not None:
        return _agreed(found)
    town = by_id(by.tenant)
    link = f"{settings.BASE_URL}{reverse('errand', args=[town.slug if town else '', errand_id])}"
    return _agreed_on_page(link)


def _agreed_on_page(link: str) -> str:
    return fitted(_("Thank you, you are agreed."), link)


def _agreed(found: Facts) -> str:
    """Without who and where: a telephone lies open on many a table."""
    if found.is_helper:
        words = _(
            "You are agreed: %(when)s. The code to say at the door: %(code)s. "
            "Answer VEM and we text who and where. AVBRYT if you cannot come."
        )
    else:
        words = _(
            "Somebody comes to help you: %(when)s. The code they say at the door: %(code)s. "
            "Answer VEM and we text who. AVBRYT if you need no help."
        )
    return words % {"when": found.when, "code": found.code}


def tell_agreed(municipality_id: UUID, person_id: UUID, errand_id: UUID) -> bool:
    """Tell by text who has no page to look at; False for who has one, or whose contact we arrange."""
    reader = bridging.reader_by_text(person_id)
    if reader is None:
        return False
    with translation.override(reader.language):
        found = bridging.facts(Actor(person_id, municipality_id), errand_id)
        if found is None:
            return False
        _send(municipality_id, reader, FACTS, errand_id, _agreed(found))
    return True


def tell_message(municipality_id: UUID, person_id: UUID, errand_id: UUID, text: str) -> bool:
    """The very words of the other side, whole, without name or number; False for who reads them on a page."""
    reader = bridging.reader_by_text(person_id)
    if reader is None:
        return False
    with translation.override(reader.language):
        _send(municipality_id, reader, MESSAGE, errand_id, _from_the_other(text))
    return True


def _from_the_other(text: str) -> str:
    return _("From the one you are to meet: %(text)s") % {"text": text}


def _send(municipality_id: UUID, reader: Reader, kind: str, about_id: UUID, words: str) -> None:
    enqueue(
        municipality_id=municipality_id,
        person_id=reader.person_id,
        address=reader.phone,
        channel="sms",
        language=reader.language,
        kind=kind,
        about_id=about_id,
        letter=Letter("SMS", words),
    )


def facts(found: Facts) -> str:
    """Who, where, when and the code, to who has asked for it."""
    told = {"who": found.who, "when": found.when, "code": found.code}
    if found.is_helper:
        words = _("%(who)s. %(when)s. The code to say at the door: %(code)s.") % told
        return fitted(f"{words} {found.where}")
    return fitted(_("%(who)s comes. %(when)s. The code they say at the door: %(code)s.") % told)


def offered() -> str:
    """The asker chooses among those who offer."""
    return _("Thank you! You will hear from us when the answer has come.")


def declined() -> str:
    """A no is fine."""
    return _("Thank you for telling us. We have noted your no.")


def nothing_open() -> str:
    """No question of ours waits."""
    return _(
        "No question of ours waits for your yes or no just now. "
        "Do you want to help with something? Open the link in the message, or ring us."
    )


def about(asked: About) -> str:
    """What a question is about, to who has asked for it."""
    return fitted(". ".join(part for part in asked if part) + ".")


def which(numbers: Iterable[int], word: str = "JA") -> str:
    """Several questions wait; each has its number."""
    choices = ", ".join(f"{word} {number}" for number in sorted(numbers))
    if not choices:
        return _("More than one question waits for you. Log in to answer, or ring us.")
    return _("More than one question waits for you. Write which one: %(choices)s.") % {"choices": choices}


def arrived() -> str:
    """They have met."""
    return _("Good, we have noted that you have met. Write KLAR when it is done.")


def done() -> str:
    """The errand is done."""
    return _("Thank you! We have noted that it is done. How was it? Answer BRA, SÅDÄR or DÅLIGT.")


def rated(how: str) -> str:
    """It was said how it was."""
    if how == "bad":
        return _("Thank you for telling us. Write RING, and we ring you and listen.")
    return _("Thank you for telling us how it was!")


def nothing_going_on() -> str:
    """No errand, or more than one, is going on."""
    return _("We cannot see which help you mean. Log in and press the one that is done, or ring us.")


def nothing_coming(municipality_id: UUID) -> str:
    """Nothing is agreed, or the municipality arranges the contact: those who know are on the telephone."""
    town = by_id(municipality_id)
    return _("We can tell you nothing about that by text. Ring us on %(phone)s.") % {
        "phone": phones.shown(town.phone) if town else ""
    }


def nothing_to_call_off() -> str:
    """More than one could be meant."""
    return _("We cannot see which one you want to call off. Write RING, and we ring you.")


def called_off() -> str:
    """It is called off."""
    return _("It is called off, and we have told those who need to know. A mistake? Write RING.")


def passed_on() -> str:
    """It went to the other side; how to reach us instead."""
    return _(
        "We have passed it on to the one you are to meet. "
        "To write to the municipality, begin with KOMMUN. Danger? 112."
    )


def responsibility(text: str, said: str, number: int) -> Letter:
    """Both sides read what applies before they agree: by text too, whole, and a yes after it counts.

    `said` is the same in the reader's language; after it stands the Swedish that holds.
    """
    if said != text:
        text = f"{said} {_('In Swedish, and this is what holds:')} {text}"
    words = _("Before you say yes, this applies: %(text)s Do you agree? Then answer %(answer)s once more.")
    answer = f"JA {number}" if number else "JA"
    return Letter("SMS", words % {"text": " ".join(text.split()), "answer": answer})


def samples(municipality_id: UUID, link: str) -> list[Sample]:
    """What is texted, with invented people and hours; whoever is named has asked who it is."""
    both = [Facts(is_helper, *_INVENTED) for is_helper in (True, False)]
    told = [answer(partial(_agreed, each), FACTS) for each in both]
    asked = [answer(partial(facts, each)) for each in both]
    rating = [answer(partial(rated, how)) for how in ("good", "bad")]
    plain = (
        declined,
        offered,
        nothing_open,
        arrived,
        done,
        nothing_going_on,
        nothing_to_call_off,
        called_off,
        passed_on,
    )
    return [
        *(*told, *asked, *rating, *(answer(write) for write in plain)),
        answer(lambda: _agreed_on_page(link)),
        answer(lambda: which([7, 8])),
        answer(lambda: which([])),
        answer(lambda: nothing_coming(municipality_id)),
        answer(lambda: _from_the_other("Jag kommer tio minuter senare."), MESSAGE),
        Sample("sms.responsibility", lambda: responsibility(_APPLIES, _APPLIES, 7)),
    ]
