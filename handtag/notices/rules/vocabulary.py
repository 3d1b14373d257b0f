"""The words that are understood in a text message, in the languages that people here write."""

from enum import StrEnum
from typing import Final


class Word(StrEnum):
    """What was said."""

    YES = "yes"
    NO = "no"
    DONE = "done"
    HERE = "here"
    FACTS = "facts"
    CANCEL = "cancel"
    HOW = "how"
    RING = "ring"
    STAFF = "staff"
    HELP = "help"
    STOP = "stop"
    START = "start"
    OTHER = "other"


# These change something: of two of them the one that was written last holds, whichever comes in first.
DEEDS: Final = frozenset(
    {Word.YES, Word.NO, Word.DONE, Word.HERE, Word.CANCEL, Word.HOW, Word.STOP, Word.START}
)


def _of(*languages: str) -> frozenset[str]:
    return frozenset(word for language in languages for word in language.split())


# In each: Swedish, English, Finnish, Somali, Arabic, Ukrainian.
SAID: Final[dict[Word, frozenset[str]]] = {
    Word.YES: _of(
        "ja japp jajamän jadå jaa jo gärna absolut", "yes ok okej okay", "kyllä joo", "haa نعم так"
    ),
    Word.NO: _of("nej nä nää nepp nix tyvärr", "no", "ei", "maya", "لا", "ні"),
    Word.DONE: _of(
        "klar klart klara färdig färdigt", "done", "valmis", "dhammaaday dhammaatay dhammaad", "تم", "готово"
    ),
    Word.HERE: _of("här framme", "here", "täällä perillä", "halkan", "وصلت", "прийшов прийшла тут"),
    Word.FACTS: _of(
        *("vem var när kod koden info", "who where when code", "kuka missä milloin koodi"),
        *("yaa xagee goorma koodh", "من أين متى رمز", "хто де коли код"),
    ),
    Word.CANCEL: _of(
        *("avbryt avboka avbokar avbokat förhinder", "cancel", "peru peruuta"),
        *("baaji", "إلغاء", "скасувати скасуй"),
    ),
    Word.RING: _of("ring", "call", "soita", "wac", "اتصل", "подзвоніть"),
    Word.HELP: _of("hjälp hjalp", "help", "apua", "caawi caawimo caawimaad", "مساعدة", "допомога"),
    Word.STOP: _of(
        "stopp stoppa paus pausa", "stop pause", "seis lopeta tauko", "jooji", "توقف", "стоп пауза"
    ),
    Word.START: _of("start starta börja", "start", "aloita jatka", "bilow", "ابدأ", "старт почати"),
}
# How it was, in one word; a digit alone says the same.
HOW: Final[dict[str, int]] = {
    **dict.fromkeys(["1", *_of("bra jättebra", "good", "hyvin", "wanaagsan", "جيد", "добре")], 1),
    **dict.fromkeys(
        ["2", *_of("sådär sisådär", "soso", "kohtalaisesti", "dhexdhexaad", "متوسط", "нормально")], 2
    ),
    **dict.fromkeys(["3", *_of("dåligt dålig", "bad", "huonosti", "xun", "سيئ", "погано")], 3),
}
# A first word that says that the rest is for the municipality, not for the one whom one is to meet.
TO_STAFF: Final = _of(
    "kommun kommunen", "municipality", "kunta kunnalle", "degmada", "البلدية", "комуна муніципалітет"
)
# What may stand beside the word without changing it. Anything more is for a person to read.
BESIDE: Final = _of(
    *("tack så mycket då det går bra fint hej nu är allt mig", "thanks please me", "kiitos"),
    *("mahadsanid isoo", "شكرا", "дякую"),
)
