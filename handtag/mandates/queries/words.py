"""What is said of mandates: kinds, states and ends, and what is said yes to, in the reader's language."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

from handtag.mandates import rules
from handtag.mandates.models import Mandate

KINDS: Final[dict[str, Promise]] = {
    Mandate.Kind.RELATIVE: later("relative or friend"),
    Mandate.Kind.GUARDIAN: later("guardian or trustee"),
    Mandate.Kind.STAFF: later("staff"),
}
HOW: Final[dict[str, Promise]] = {
    Mandate.How.IN_PERSON: later("in person"),
    Mandate.How.BY_PHONE: later("by phone, read aloud"),
    Mandate.How.ON_PAPER: later("on paper"),
}
STATES: Final[dict[str, Promise]] = {
    rules.State.COMING: later("Begins later"),
    rules.State.IN_FORCE: later("Holds now"),
    rules.State.LAPSED: later("Has run out"),
    rules.State.ENDED: later("Has been ended"),
}
BECAUSE: Final[dict[str, Promise]] = {
    rules.Because.HELPED: later("the person who is helped wanted it"),
    rules.Because.PROXY: later("the one who helps wanted it"),
    rules.Because.MUNICIPALITY: later("the municipality decided it"),
    rules.Because.TIME: later("its last day had passed"),
    rules.Because.RENEWED: later("a new one took its place"),
    rules.Because.PROTECTED: later("an identity was marked as protected"),
    rules.Because.ERASED: later("one of the two has left"),
}
# What is read aloud or shown, in the language of who says yes; the Swedish of it is the wording that is kept.
CONSENTS: Final[dict[int, Promise]] = {
    1: later(
        "I say yes to this person doing this in my name in Handtag: ask for help for me, see how it goes "
        "with my questions, and answer and write to the one who comes. I am told that the person may do it, "
        "and it shows who has done what. I can say stop at any time, without saying why. Then it ends at "
        "once. It holds for a year at most."
    ),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said yes to, in one language; the Swedish stands beneath it."""

    language: str
    name: str
    words: str
    is_rtl: bool


def wording(version: int, language: str) -> Wording | None:
    """One of our wordings in a language other than Swedish; None where the Swedish is all there is."""
    if language == "sv" or version not in CONSENTS:
        return None
    with translation.override(language):
        return Wording(
            language,
            dict(settings.LANGUAGES)[language],
            str(CONSENTS[version]),
            translation.get_language_bidi(),
        )
