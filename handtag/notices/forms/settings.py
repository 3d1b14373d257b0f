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
