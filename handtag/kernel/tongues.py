"""The languages people speak with each other, by code (ISO 639), in the order they are offered."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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
