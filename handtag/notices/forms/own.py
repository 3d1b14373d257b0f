"""What one types about how one is told."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from handtag.notices.rules import channels

_ON_SCREEN = (channels.PUSH, _("A notice on the screen, where you have turned it on"))
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
    daily = forms.BooleanField(
        required=False,
        label=_("Tell me together, once a day"),
        help_text=_("In the afternoon. What is urgent comes at once all the same."),
    )
    quiet_from = forms.TypedChoiceField(choices=_FROM, coerce=int, label=_("The telephone is quiet after"))
    quiet_until = forms.TypedChoiceField(choices=_UNTIL, coerce=int, label=_("and before"))

    def __init__(self, *args: Any, on_screen: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, usual in (("first", _FIRST), ("then", _THEN)):
            field = self.fields[name]
            if on_screen and isinstance(field, forms.ChoiceField):
                field.choices = [*usual, _ON_SCREEN]

    @staticmethod
    def known(chosen: Any, *, on_screen: bool = False) -> dict[str, Any]:
        """What was chosen before, as the form shows it; what has been turned on comes first by itself."""
        usual = channels.PUSH if on_screen else channels.EMAIL
        first, then = (*(chosen.channels or ()), "", "")[:2]
        return {
            "first": first or usual,
            "then": then,
            "daily": chosen.daily,
            "quiet_from": chosen.quiet_from,
            "quiet_until": chosen.quiet_until,
        }

    def words(self) -> dict[str, Any]:
        """The channels in order, the quiet hours, and whether to put together what can wait."""
        said = self.cleaned_data
        wanted = tuple(each for each in (said["first"], said["then"]) if each)
        hours = {name: said[name] for name in ("quiet_from", "quiet_until")}
        return {"channels": wanted, **hours, "daily": said["daily"]}


class DeviceForm(forms.Form):
    """What a browser says of its subscription; its script fills it in."""

    endpoint = forms.CharField(max_length=1000, widget=forms.HiddenInput)
    p256dh = forms.CharField(max_length=100, widget=forms.HiddenInput)
    auth = forms.CharField(max_length=40, widget=forms.HiddenInput)
