"""What a text message to us means: one of a few words, with a number where several questions are open."""

import re
from enum import StrEnum
from typing import Final, NamedTuple


class Word(StrEnum):
    """What was said."""

    YES = "yes"
    NO = "no"
    DONE = "done"
    STOP = "stop"
    OTHER = "other"


_SAID: Final[dict[Word, frozenset[str]]] = {
    Word.YES: frozenset(
        [
            "ja",
            "japp",
            "jajamän",
            "jadå",
            "jaa",
            "jo",
            "yes",
            "ok",
            "okej",
            "okay",
            "gärna",
            "absolut",
            "kyllä",
            "joo",
            "haa",
            "نعم",
            "так",
        ]
    ),
    Word.NO: frozenset(["nej", "nä", "nää", "nepp", "nix", "no", "tyvärr", "ei", "maya", "لا", "ні"]),
    Word.DONE: frozenset(["klar", "klart", "klara", "färdig", "färdigt", "done", "valmis", "готово", "تم"]),
    Word.STOP: frozenset(["stopp", "stop", "stoppa", "paus", "pausa", "pause"]),
}
# What may stand beside the word without changing it. Anything more is for a person to read.
_BESIDE: Final = frozenset(
    ["tack", "så", "mycket", "då", "det", "går", "bra", "fint", "hej", "thanks", "please", "nu", "är", "allt"]
)
_TOKENS: Final = re.compile(r"\d+|[^\W\d_]+")
MOST_LETTERS: Final = 1600


class Said(NamedTuple):
    """A word and the number of the question it answers."""

    word: Word
    number: int | None = None


def understood(text: str) -> Said:
    """`Ja!`, `japp`, `JA TACK`, `ja 7` and `7 ja` are a yes; a sentence or two words at odds is for staff."""
    tokens = _TOKENS.findall(text.casefold())
    numbers = [token for token in tokens if token.isdecimal()]
    spoken = [token for token in tokens if not token.isdecimal()]
    words = {word for token in spoken for word in _SAID if token in _SAID[word]}
    known = frozenset().union(*_SAID.values()) | _BESIDE
    if len(words) != 1 or set(spoken) - known or len(numbers) > 1 or any(len(each) > 6 for each in numbers):
        return Said(Word.OTHER)
    return Said(words.pop(), int(numbers[0]) if numbers else None)
