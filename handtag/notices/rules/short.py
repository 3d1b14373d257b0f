"""How much fits in a text message, and how words are made to fit."""

import re
from typing import Final

# The letters of GSM 03.38: a message of these alone holds 160 (153 where it is one of several parts).
_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWICE: Final = frozenset("^{}\\[~]|€")  # these take the room of two
# A phone number as people write it; not the digits inside an address of the web.
_NUMBER: Final = re.compile("(?<![\\w/.\N{LEFT-TO-RIGHT ISOLATE}-])\\+?\\d[\\d -]{4,}\\d(?![\\w/-])")
MOST_PARTS: Final = 2
ROOM, ROOM_IN_PARTS = 160, 153
WIDE_ROOM, WIDE_ROOM_IN_PARTS = 70, 67


# Typographic letters that would make a whole message wide, and what says the same.
_PLAIN: Final = str.maketrans(
    {"–": "-", "—": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "\u00a0": " "}
)


def plain(words: str) -> str:
    """The same words in letters that take least room; what has no such letter stays as it is."""
    return words.translate(_PLAIN)


def parts(words: str) -> int:
    """Into how many parts a text message falls."""
    plain = set(words) <= _BASIC | _TWICE
    if plain:
        length = sum(2 if letter in _TWICE else 1 for letter in words)
        alone, among = ROOM, ROOM_IN_PARTS
    else:
        length = len(words.encode("utf-16-be")) // 2
        alone, among = WIDE_ROOM, WIDE_ROOM_IN_PARTS
    return 1 if length <= alone else -(-length // among)


def isolated(words: str) -> str:
    """The same where one reads from right to left: the groups of a phone number keep their order."""
    return _NUMBER.sub("\N{LEFT-TO-RIGHT ISOLATE}\\g<0>\N{POP DIRECTIONAL ISOLATE}", words)


def fitted(words: str, *tail: str) -> str:
    """The words and what must follow whole (how to answer, the link), the words cut where it is too much."""
    end = "".join(f"\n{each}" for each in tail if each)
    said = plain(words.strip())
    whole = said + end
    while parts(whole) > MOST_PARTS and said:
        said = said[:-1].rstrip()
        # Three dots and not the one letter, which would make the whole message wide.
        whole = said + "..." + end
    return whole.strip()
