"""What is typed about the municipality's line."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LineForm(forms.Form):
    """The number that the municipality has at the provider."""

    number = forms.CharField(
        max_length=30,
        required=False,
        label=_("Your number at the provider"),
        help_text=_("Text messages come from it, and answers go to it. Empty: the sender set for all."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    voice_number = forms.CharField(
        max_length=30,
        required=False,
        label=_("Another number for calls"),
        help_text=_(
            "A mobile number can only be connected to mobile numbers: take a landline number for calls. "
            "Empty: the same number."
        ),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    has_leaked = forms.BooleanField(
        required=False, label=_("The old address has leaked: close it at once, and not in a day")
    )
