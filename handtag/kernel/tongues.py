"""The languages people speak with each other, by code (ISO 639), and which of them a text was written in."""

import re
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# In the order they are offered.
TONGUES: Final[dict[str, Promise]] = {
    "sv": _("Swedish"),
    "en": _("English"),
    "ar": _("Arabic"),
    "uk": _("Ukrainian"),
    "fi": _("Finnish"),
    "so": _("Somali"),
    "fa": _("Persian or Dari"),
    "ti": _("Tigrinya"),
    "ku": _("Kurdish"),
    "bs": _("Bosnian, Croatian or Serbian"),
    "sq": _("Albanian"),
    "pl": _("Polish"),
    "ro": _("Romanian"),
    "ru": _("Russian"),
    "tr": _("Turkish"),
    "es": _("Spanish"),
    "de": _("German"),
    "fr": _("French"),
    "da": _("Danish"),
    "swl": _("Swedish sign language"),
}

_ALPHABETS: Final = {
    "ar": re.compile("[\u0600-\u06ff\u0750-\u077f]"),
    "uk": re.compile("[\u0400-\u04ff]"),
    "": re.compile("[A-Za-z\u00c0-\u024f]"),
}
# Words that none of the other languages of the pages has: who writes them writes Swedish on any page.
_SWEDISH: Final = re.compile(r"\b(och|jag|är|att|det|inte|på|för|hej|tack|vill|också|mig|dig)\b", re.I)


def written_in(*texts: str) -> str:
    """The language the writer has chosen to read in, where the letters bear it out; empty where unknown.

    A neighbour who reads in Arabic may well write Swedish to a Swede: then we do not know, and say nothing.
    """
    return borne_out(" ".join(texts), get_language() or "")


def borne_out(text: str, language: str) -> str:
    """The language as a code of ours, if this text can be in it; else empty."""
    chosen = language[:2]
    mine = _ALPHABETS.get(chosen, _ALPHABETS[""])
    counts = {alphabet: len(alphabet.findall(text)) for alphabet in _ALPHABETS.values()}
    if chosen not in TONGUES or not counts[mine] or counts[mine] < max(counts.values()):
        return ""
    return "" if chosen != "sv" and _SWEDISH.search(text) else chosen
