"""The published list of words by which an ask for care, or a danger, is recognised (mission 1.3).

The list decides nothing: the resident is told where to turn and may send all the same. A star stands for
any letters: `insulin*` also finds insulinspruta, `*hygien` also finds intimhygien.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Topic(StrEnum):
    """What a word on the list is about, and so who should be asked instead."""

    DANGER = "danger"  # life and violence: 112
    ILLNESS = "illness"  # medical advice: 1177
    MEDICINE = "medicine"  # medicines and injections: 1177, and the municipality
    WOUNDS = "wounds"  # wounds and treatments: 1177, and the municipality
    HYGIENE = "hygiene"  # the body's care: the municipality


def _listed(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in " ".join(words.split()).split(","))


LIST: Final[dict[Topic, dict[str, tuple[str, ...]]]] = {
    Topic.DANGER: {
        "sv": _listed("""
            självmord*, suicid*, ta livet av mig, ta livet av sig, vill inte leva, vill inte längre leva,
            vill dö, skada mig själv, självskad*, överdos*, medvetslös*, andas inte, slår mig, slår oss,
            slagit mig, sparkar mig, misshand*, hotar mig, hotar oss, hotar att döda, hotad, våld, våldsam*,
            våldtäkt*, våldta*, övergrepp, stryper, kniv mot mig, vapen, rädd för min man, rädd för min fru,
            rädd för min son
        """),
        "en": _listed("""
            suicid*, kill myself, end my life, want to die, harm myself, hurt myself, self-harm*, overdos*,
            unconscious, not breathing, hits me, hit me, beats me, beat me, threatens me, threatened,
            violence, violent, abuse, abused, abuses, assault*, rape, raped, weapon*, afraid of my husband,
            afraid of my wife
        """),
    },
    Topic.ILLNESS: {
        "sv": _listed("""
            ont i bröstet, andnöd, svårt att andas, stroke, hjärtinfarkt*, svimma*, kramper, krampanfall*,
            blöder, brutit benet, brutit armen, hög feber
        """),
        "en": _listed("""
            chest pain*, short of breath, trouble breathing, stroke, heart attack, fainted, seizure*,
            bleeding, broken leg, broken arm, high fever
        """),
    },
    Topic.MEDICINE: {
        "sv": _listed("""
            *medicin, *medicinen, *mediciner, *medicinerna, medicinera*, läkemed*, tabletter*, piller,
            dosett*, dospåse*, ögondroppar, insulin*, injektion*, injicera*, spruta, sprutan, sprutor,
            sprutorna, morfin*, blodprov*, blodsocker*, dialys*
        """),
        "en": _listed("""
            medicine*, medication*, pills, pill box, eye drops, insulin*, injection*, inject, injecting,
            syringe*, morphine, blood test*, blood sugar, dialysis
        """),
    },
    Topic.WOUNDS: {
        "sv": _listed("""
            sår, såret, såren, sårvård*, såromläggning*, omläggning*, liggsår*, bensår*, förband*, stygn*,
            bandage*, kateter*, stomi*, sondmat*, syrgas*, respirator*, stödstrump*
        """),
        "en": _listed("""
            wound, wounds, bandage*, dressing change*, change the dressing, stitches, pressure sore*,
            catheter*, stoma, tube feed*, oxygen, ventilator, support stocking*
        """),
    },
    Topic.HYGIENE: {
        "sv": _listed("""
            duscha, duschar, duschning, *hygien, *hygienen, bada mig, tvätta mig, tvätta honom, tvätta
            henne, tvätta håret, blöjbyte*, byta blöj*, toalettbesök*, gå på toaletten, på toaletten, klä på
            mig, klä av mig, klä på honom, klä på henne, lyfta mig, lyfta honom, lyfta henne, mata mig, mata
            honom, mata henne
        """),
        "en": _listed("""
            shower me, showering, take a shower, hygiene, bathe me, bathe him, wash me, wash him, wash her,
            diaper change, change diaper*, to the toilet, dress me, undress me, lift me, lift him, lift her,
            feed me, feed him
        """),
    },
}

# To fetch or buy medicine for somebody is an errand like any other: shown on the same page.
FETCHING: Final[dict[str, tuple[str, ...]]] = {
    "sv": _listed("hämta*, köpa, köper, handla*, apotek*"),
    "en": _listed("fetch*, pick up, collect*, buy*, pharmacy, shop*"),
}
_MAY_BE_FETCHED: Final = frozenset(
    _listed("""
            *medicin, *medicinen, *mediciner, *medicinerna, läkemed*, tabletter*, piller, ögondroppar,
            dospåse*, medicine*, medication*, pills, eye drops, förband*, bandage*
        """)
)


@dataclass(frozen=True, slots=True)
class Found:
    """A word of the list that was found."""

    word: str
    topic: Topic


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    parts = (r"\s+".join(re.escape(part) for part in word.split()).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


_WORDS: Final = {
    Found(word, topic): _pattern([word])
    for topic, languages in LIST.items()
    for words in languages.values()
    for word in words
}
_FETCHING: Final = _pattern(word for words in FETCHING.values() for word in words)
_SENTENCE: Final = re.compile(r"[.!?;\n]+")


def found(*texts: str) -> list[Found]:
    """The words of the list that occur in the texts, each once, the most urgent topics first."""
    sentences = [part.casefold() for text in texts for part in _SENTENCE.split(text) if part.strip()]
    hits = {hit for sentence in sentences for hit in _in_sentence(sentence)}
    hits -= {hit for hit in hits if any(_says_less(hit, other) for other in hits)}
    order = list(Topic)
    return sorted(hits, key=lambda hit: (order.index(hit.topic), hit.word))


def _says_less(hit: Found, other: Found) -> bool:
    """Whether another word of the same topic holds this one: "medicine" is not said beside "mediciner"."""
    one, more = hit.word.strip("*"), other.word.strip("*")
    return hit.topic == other.topic and one != more and one in more


def _in_sentence(sentence: str) -> Iterable[Found]:
    fetched = _FETCHING.search(sentence) is not None
    for hit, pattern in _WORDS.items():
        if not (fetched and hit.word in _MAY_BE_FETCHED) and pattern.search(sentence):
            yield hit


def topics(words: Iterable[str]) -> list[Topic]:
    """The topics of words that were found earlier, the most urgent first."""
    wanted = set(words)
    seen = {hit.topic for hit in _WORDS if hit.word in wanted}
    return [topic for topic in Topic if topic in seen]
