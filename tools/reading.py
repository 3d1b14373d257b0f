"""How hard a text is to read: LIX, as Björnsson defined it (Läsbarhet, 1968), over the words of each page.

Words to a sentence, plus the share of words with more than six letters, in per cent. 30 is easy, 40 is a
newspaper, 50 is an authority.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from tools import messages
from tools.audience import STAFF

LONG = 6  # letters: longer words count as long
RUNNING = 5  # words: a text with fewer is a label, not a sentence
_NOT_READ = re.compile(r"<[^>]*>|https?://\S+|%%")
_FILLED = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d[\d .:,]*")
_END = re.compile(r"[.!?:]+(?=\s|$)|\n+")


def lix(texts: Iterable[str]) -> float:
    """LIX of running texts together; 0 where there are none."""
    words, sentences = [], 0
    for text in texts:
        plain = _FILLED.sub("ord", _NOT_READ.sub("", text))
        found = _WORD.findall(plain)
        if len(found) >= RUNNING:
            words += found
            sentences += max(1, sum(1 for part in _END.split(plain) if _WORD.search(part)))
    long = sum(len(word) > LONG for word in words)
    return len(words) / sentences + 100 * long / len(words) if words else 0.0


def by_file(language: str) -> dict[str, float]:
    """LIX of what each file says to residents."""
    said: dict[str, list[str]] = defaultdict(list)
    for message in messages.read(language):
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        for file, _line in message.locations if message.id else ():
            if not STAFF.match(file):
                said[file].append(str(forms[-1]))
    return {file: lix(texts) for file, texts in said.items()}
