"""What every notice says besides its own words: from whom it comes and how to ring."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from handtag.kernel import clock, spoken
from handtag.municipalities.queries import by_id
from handtag.notices.models import Notice
from handtag.notices.queries.letters import Sealed
from handtag.notices.rules.short import fitted
from handtag.papers.documents import Fact
from handtag.papers.documents import Letter as PaperLetter


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of a notice, already in the reader's language. No name, place or need in the subject.

    A question is one that yes or no answers: by text it says how.
    """

    subject: str
    body: str
    link: str = ""
    is_question: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """One text that we send, to be read beforehand by staff and by who speaks the language.

    `write` is the very function that writes it for people, with invented values, in the language in force.
    """

    kind: str
    write: Callable[[], Letter]


def answer(write: Callable[[], str], kind: str = "sms.answer") -> Sample:
    """A sample of what is answered to who has texted us."""
    return Sample(kind, lambda: Letter("SMS", write()))


def whole(letter: Letter, *, town: str, phone: str) -> str:
    """The body with its link and the municipality's signature."""
    parts = [letter.body.strip()]
    if letter.link:
        parts.append(letter.link)
    if phone:
        parts.append(_("Would you rather talk? Ring us on %(phone)s.") % {"phone": phone})
    parts.append(_("Kind regards,\nHandtag in %(town)s") % {"town": town} if town else "Handtag")
    return "\n\n".join(parts) + "\n"


def on_paper(notice: Notice, told: Sealed, *, name: str, lines: tuple[str, ...]) -> PaperLetter:
    """The notice as a letter to be put in an envelope: in large print, in the reader's language."""
    town = by_id(notice.municipality_id) if notice.municipality_id else None
    with translation.override(notice.language):
        closing = []
        if town and town.phone:
            closing.append(_("Would you rather talk? Ring us on %(phone)s.") % {"phone": town.phone})
        closing.append(_("Kind regards,\nHandtag in %(town)s") % {"town": town.name} if town else "Handtag")
        return PaperLetter(
            sender=tuple(filter(None, (town.name, "Handtag", town.phone, town.hours)))
            if town
            else ("Handtag",),
            recipient=(name, *lines),
            dated=capfirst(spoken.full_date(clock.today())),
            heading=notice.subject,
            paragraphs=told.paragraphs or tuple(notice.body.strip().split("\n\n")),
            facts=tuple(Fact(label, value) for label, value in told.facts),
            closing=tuple(closing),
            footer=f"{urlsplit(settings.BASE_URL).netloc}/{town.slug}" if town else "",
            language=notice.language,
            large=True,
            made_on=clock.today(),
        )


def not_possible() -> str:
    """What was texted cannot be done by text."""
    return _("We could not do that by text. Ring us, and we help you.")


def unknown_number(municipality_id: UUID) -> str:
    """The number belongs to nobody we know."""
    town = by_id(municipality_id)
    return _("We do not know this number. Ring us on %(phone)s, and we help you.") % {
        "phone": town.phone if town else ""
    }


def came_late() -> str:
    """It was written long ago, or before something else that was texted and done."""
    return _("Your text reached us late, so we did nothing. If you still mean it, write it once more.")


def what_can_be_texted() -> str:
    """The words that we understand, and whom to turn to."""
    return _(
        "Write JA or NEJ, HÄR (arrived), KLAR (done), VEM (who, where, when), AVBRYT, STOPP or START. "
        "RING: we ring you. Danger? 112."
    )


def not_put_through() -> str:
    """A call did not reach the other one."""
    return _("We could not put you through. Write an answer here, and we pass it on; or ring again later.")


def texted(letter: Letter, number: int | None = None) -> str:
    """A text message: the subject, how to answer if it is a question, and the link. Nothing of the body."""
    answer = (
        _("Answer JA %(number)s or NEJ %(number)s. VEM %(number)s: what it is about.") % {"number": number}
        if number
        else ""
    )
    return fitted(letter.subject, answer, letter.link)


def day(letters: Sequence[Letter], slug: str) -> Letter:
    """The letter of the day: what happened, line by line, each with its link; and one link to them all."""
    said = ["\n".join(filter(None, (each.subject, each.body.strip(), each.link))) for each in letters]
    link = f"{settings.BASE_URL}{reverse('news', args=[slug])}" if slug else ""
    return Letter(_("What is new since yesterday"), "\n\n".join(said), link)


def pushed(letter: Letter, tag: str) -> bytes:
    """A push message: the subject and the link. Nothing of the body: it stands on a locked screen."""
    said = {
        "title": letter.subject,
        "link": letter.link,
        "tag": tag,
        "lang": (get_language() or "sv").partition("-")[0],
        "dir": "rtl" if get_language_bidi() else "ltr",
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def samples(municipality_id: UUID, link: str) -> list[Sample]:
    """What this room says itself."""
    two = [Letter(_("You are approved"), "", link), Letter(_("You are in the group"), "", link)]
    town = by_id(municipality_id)
    return [
        Sample("digest.day", lambda: day(two, town.slug if town else "")),
        answer(not_possible),
        answer(lambda: unknown_number(municipality_id)),
        answer(came_late),
        answer(what_can_be_texted),
        answer(not_put_through),
    ]


# Rooms above add what they say, in their apps.ready(): a test finds whoever writes a notice and is not here.
EVERY_TEXT: list[Callable[[UUID, str], list[Sample]]] = [samples]
