"""What one types about how one is told."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from handtag.notices.rules import channels

_FIRST = (
    (channels.EMAIL, _("E-mail")),
    (channels.SMS, _("Text message (SMS)")),
    (channels.LETTER, _("A letter")),
    (channels.PHONE, _("A call from us")),
)
_THEN = (("", _("Nothing more")), *_FIRST)
_FROM = tuple((hour, f"{hour}.00") for hour in range(17, 24))
_UNTIL = tuple((hour, f"{hour}.00") for hour in range(5, 12))


class ChannelsForm(forms.Form):
    """First one way, then another; and when the telephone shall be quiet."""

    first = forms.ChoiceField(
        choices=_FIRST,
        widget=forms.RadioSelect,
        label=_("How shall we tell you?"),
        error_messages={"required": _("Choose at least one way in which we may tell you.")},
    )
    then = forms.ChoiceField(
        choices=_THEN, required=False, widget=forms.RadioSelect, label=_("And if that does not get through?")
    )
    quiet_from = forms.TypedChoiceField(choices=_FROM, coerce=int, label=_("No text messages after"))
    quiet_until = forms.TypedChoiceField(choices=_UNTIL, coerce=int, label=_("and before"))

    @staticmethod
    def known(chosen: Any) -> dict[str, Any]:
        """What was chosen before, as the form shows it."""
        first, then = (*(chosen.channels or ()), "", "")[:2]
        return {
            "first": first or channels.EMAIL,
            "then": then,
            "quiet_from": chosen.quiet_from,
            "quiet_until": chosen.quiet_until,
        }

    def words(self) -> tuple[str, str, int, int]:
        """First, then, quiet from and until."""
        said = self.cleaned_data
        return said["first"], said["then"], said["quiet_from"], said["quiet_until"]
