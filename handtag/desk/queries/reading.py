"""What is read aloud before somebody says yes, by version: in the caller's language and in Swedish."""

import hashlib
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from handtag.errands.rules.asks import Wish
from handtag.kernel.actor import Actor
from handtag.people.models import Person
from handtag.permits.queries import ServiceRow, service

VERSION: Final = "2026-11"
SWEDISH: Final = "sv"


@dataclass(frozen=True, slots=True)
class Spoken:
    """The same words in the caller's language and in Swedish."""

    language: str
    words: str
    in_swedish: str
    version: str = VERSION

    @property
    def is_swedish(self) -> bool:
        """Whether the Swedish need not stand beneath."""
        return self.words == self.in_swedish

    @property
    def digest(self) -> str:
        """A fingerprint of what was on the page, so that what is kept is what was read."""
        return hashlib.sha256(f"{self.version}|{self.words}|{self.in_swedish}".encode()).hexdigest()[:16]


def before_asking(language: str, service: ServiceRow) -> Spoken:
    """What becomes of an ask, and who is responsible for what."""
    with translation.override(language):
        words = f"{_asking()}\n\n{service.words.responsibility}"
    with translation.override(SWEDISH):
        in_swedish = f"{_asking()}\n\n{service.binding_words}"
    return Spoken(language, words, in_swedish)


def before_telling(language: str, name: str) -> Spoken:
    """That somebody else is told."""
    with translation.override(language):
        words = _telling(name)
    with translation.override(SWEDISH):
        return Spoken(language, words, _telling(name))


def to_read(by: Actor, wish: Wish, *, person_id: UUID | None = None, language: str = "") -> Spoken:
    """What is to be read before this ask is filed; of somebody known in their language."""
    if person_id is not None:
        language = Person.objects.values_list("language", flat=True).get(pk=person_id)
    return before_asking(language or SWEDISH, service(by.tenant, wish.service_id))


def _asking() -> str:
    return _(
        "You ask for help through the municipality. We write down your name and number, where you need help, "
        "and with what. Neighbours whom the municipality has approved see what it is about, and roughly "
        "where. Only the one who comes gets your name, number and address. You can take it back at any time: "
        "ring us. Is that all right?"
    )


def _telling(name: str) -> str:
    return _(
        "You let us tell %(name)s what happens with your questions. You can end that at any time: ring us. "
        "Is that all right?"
    ) % {"name": name}
