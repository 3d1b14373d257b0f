"""What a text message to us means: one of a few words, with a number where several questions are open."""

import re
from typing import Final, NamedTuple

from handtag.notices.rules.vocabulary import BESIDE, DEEDS, HOW, SAID, TO_STAFF, Word

__all__ = ["DEEDS", "MOST_LETTERS", "Said", "Word", "understood"]

_KNOWN: Final = frozenset().union(*SAID.values()) | BESIDE
_TOKENS: Final = re.compile(r"\d+|[^\W\d_]+")
MOST_LETTERS: Final = 1600


class Said(NamedTuple):
    """A word and the number of the question it answers, or what somebody thought on a scale of three."""

    word: Word
    number: int | None = None


def understood(text: str) -> Said:
    """`Ja!`, `japp`, `JA TACK`, `ja 7` and `7 ja` are a yes; a sentence or words at odds are for people."""
    tokens = _TOKENS.findall(text.casefold())
    numbers = [token for token in tokens if token.isdecimal()]
    spoken = [token for token in tokens if not token.isdecimal()]
    words = {word for token in spoken for word in SAID if token in SAID[word]}
    if spoken and spoken[0] in TO_STAFF:
        return Said(Word.STAFF)
    if len(tokens) == 1 and tokens[0] in HOW:
        return Said(Word.HOW, HOW[tokens[0]])
    if len(words) != 1 or set(spoken) - _KNOWN or len(numbers) > 1 or any(len(each) > 6 for each in numbers):
        return Said(Word.OTHER)
    return Said(words.pop(), int(numbers[0]) if numbers else None)
