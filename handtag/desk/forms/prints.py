"""What is chosen of a poster: about what, how large, in which language."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from handtag.kernel.picks import offer

SHEETS: Final = (("a4", _("Poster, A4")), ("a3", _("Poster, A3")), ("a5", _("Leaflet, two on a sheet")))


class PosterForm(forms.Form):
    """Sent by address, so that a poster can be linked to: the names are those that people see there."""

    om = forms.ChoiceField(label=_("Area"))
    storlek = forms.ChoiceField(choices=SHEETS, label=_("Size"), initial="a4")
    sprak = forms.ChoiceField(label=_("Language"))

    def __init__(
        self,
        *args: Any,
        arounds: Sequence[tuple[str, str]],
        languages: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("om", arounds), ("sprak", languages)):
            offer(self, name, choices)
