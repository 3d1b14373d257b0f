"""Every text we send, as it will be read: for staff, and for somebody who speaks the language."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils import translation

from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Right
from handtag.municipalities.queries import by_id
from handtag.notices.messages import EVERY_TEXT, Letter, Sample, texted, whole
from handtag.notices.rules.short import parts

SMS_ONLY: Final = "sms."
NUMBER: Final = 7  # what a question by text is answered with


@dataclass(frozen=True, slots=True)
class Preview:
    """One text on each channel; a channel it is never sent on is empty."""

    kind: str
    subject: str
    mail: str
    text: str
    parts: int
    screen: str


def previews(*, by: Actor, language: str) -> list[Preview]:
    """All of them in one language, by kind."""
    by.must(Right.SET_UP)
    if language not in dict(settings.LANGUAGES):
        raise NotFound("language")
    town = by_id(by.tenant)
    link = f"{settings.BASE_URL}/{town.slug if town else ''}/exempel/"
    with translation.override(language):
        said = [(sample, sample.write()) for samples in EVERY_TEXT for sample in samples(by.tenant, link)]
        names = {"town": town.name if town else "", "phone": town.phone if town else ""}
        return [
            _shown(sample, letter, **names) for sample, letter in sorted(said, key=lambda row: row[0].kind)
        ]


def example(municipality_id: UUID, kind: str, language: str) -> Letter | None:
    """What such a text says in that language, with invented values; None where there is no sample of it."""
    with translation.override(language):
        every = (sample for samples in EVERY_TEXT for sample in samples(municipality_id, ""))
        return next((sample.write() for sample in every if sample.kind == kind), None)


def _shown(sample: Sample, letter: Letter, *, town: str, phone: str) -> Preview:
    if sample.kind.startswith(SMS_ONLY):
        return Preview(sample.kind, "", "", letter.body, parts(letter.body), "")
    text = texted(letter, NUMBER if letter.is_question else None)
    mail = whole(letter, town=town, phone=phone)
    return Preview(sample.kind, letter.subject, mail, text, parts(text), letter.subject)
